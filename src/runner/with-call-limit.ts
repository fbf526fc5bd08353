import type { LimitFunction } from 'p-limit';
import type { Layer } from './stack.ts';

/** Calls wait for a free place in `limit`, which all providers of a run share. */
export const withCallLimit =
  (limit: LimitFunction): Layer =>
  (next) => ({
    ...next,
    complete: (request) =>
      limit(() => {
        // A run that was stopped while this call waited sends nothing more, and counts nothing.
        request.signal.throwIfAborted();
        return next.complete(request);
      }),
  });
