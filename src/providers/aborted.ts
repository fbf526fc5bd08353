import { CancelledError } from '../model/errors.ts';
import { ProviderFault } from '../model/provider.ts';

/** What an aborted signal means: a deadline is a fault of this call, anything else is the end of the run. */
export const abortedError = (signal: AbortSignal): Error => {
  const reason: unknown = signal.reason;
  if (reason instanceof CancelledError || reason instanceof ProviderFault) return reason;
  if ((reason as Error | null)?.name === 'TimeoutError')
    return new ProviderFault('retryable', 'no complete answer before the deadline of this call');
  return new CancelledError();
};

export const throwIfAborted = (signal: AbortSignal): void => {
  if (signal.aborted) throw abortedError(signal);
};
