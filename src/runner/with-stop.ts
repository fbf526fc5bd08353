import { ProviderFault } from '../model/provider.ts';
import type { Layer } from './stack.ts';

export type StopOptions = {
  /** Told once, when the provider is stopped; `provider` is its label. */
  readonly onStop?: (event: { readonly provider: string; readonly message: string }) => void;
};

/**
 * After a fault that no request to this provider can escape (authentication, money, unknown model), every
 * later call fails at once with the same fault: nobody pays for learning it twice.
 */
export const withStop =
  ({ onStop }: StopOptions = {}): Layer =>
  (next) => {
    let stopped: ProviderFault | null = null;
    return {
      ...next,
      complete: async (request) => {
        if (stopped !== null) throw stopped;
        try {
          return await next.complete(request);
        } catch (error) {
          if (error instanceof ProviderFault && error.kind === 'fatalForProvider' && stopped === null) {
            stopped = error;
            onStop?.({ provider: next.label, message: error.message });
          }
          throw error;
        }
      },
    };
  };
