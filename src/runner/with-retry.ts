import { CancelledError } from '../model/errors.ts';
import { type CompletionRequest, ProviderFault } from '../model/provider.ts';
import type { Layer } from './stack.ts';

export type RetryOptions = {
  /** At most so many retries after the first attempt. */
  readonly retries?: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Resolves after `waitMs`; may reject when the signal aborts. */
  readonly sleep: (waitMs: number, signal: AbortSignal) => Promise<void>;
  /** All waits of one call together are at most this long. */
  readonly maxWaitMs?: number;
  /** The time that one call may take with all its attempts, and the clock that measures it (ms). */
  readonly deadline?: { readonly limitMs: number; readonly now: () => number };
  /** Told before each wait; `provider` is a label, `attempt` the one that failed, from 1. */
  readonly onRetry?: (event: {
    readonly provider: string;
    readonly attempt: number;
    readonly waitMs: number;
    readonly message: string;
  }) => void;
};

const baseMs = 500;
const capMs = 8_000;
/** Five retries at the cap take 40 s; the rest is for servers that ask for more. */
const defaultMaxWaitMs = 120_000;

/**
 * Full jitter: a random wait below an exponentially growing ceiling (500 ms, 1 s, … 8 s), so that calls that
 * failed together do not come back together; never less than what the server asked for. After Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog 2015.
 */
export const waitBefore = (attempt: number, retryAfterMs: number | null, random: () => number): number =>
  Math.max(retryAfterMs ?? 0, random() * Math.min(capMs, baseMs * 2 ** (attempt - 1)));

/**
 * Repeats calls whose fault is `retryable`. A wait that would pass the deadline or the limit of waits is not
 * begun: the fault is thrown now. Every attempt goes through the layers below again, so each pays the limits
 * and the budget.
 */
export const withRetry =
  ({ retries = 5, random, sleep, maxWaitMs = defaultMaxWaitMs, deadline, onRetry }: RetryOptions): Layer =>
  (next) => ({
    ...next,
    complete: async (request) => {
      const endsAt = deadline === undefined ? Number.POSITIVE_INFINITY : deadline.now() + deadline.limitMs;
      let waitedMs = 0;
      for (let attempt = 1; ; attempt++) {
        try {
          return await next.complete(request);
        } catch (error) {
          if (!isRetryable(error, request) || attempt > retries) throw error;
          const waitMs = waitBefore(attempt, error.retryAfterMs, random);
          waitedMs += waitMs;
          if (waitedMs > maxWaitMs || (deadline?.now() ?? 0) + waitMs >= endsAt) throw error;
          onRetry?.({ provider: next.label, attempt, waitMs, message: error.message });
          await waitOrStop(waitMs, request.signal, sleep, error);
        }
      }
    },
  });

const isRetryable = (error: unknown, { signal }: CompletionRequest): error is ProviderFault =>
  error instanceof ProviderFault && error.kind === 'retryable' && !signal.aborted;

/** Ends with the signal even where `sleep` does not listen to it. A deadline keeps the fault; anything else cancels. */
const waitOrStop = async (
  waitMs: number,
  signal: AbortSignal,
  sleep: RetryOptions['sleep'],
  fault: ProviderFault,
): Promise<void> => {
  const aborted = Promise.withResolvers<void>();
  const stop = (): void => aborted.resolve();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([sleep(waitMs, signal), aborted.promise]);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
  if (!signal.aborted) return;
  const reason: unknown = signal.reason;
  if ((reason as Error | null)?.name === 'TimeoutError') throw fault;
  throw reason instanceof CancelledError ? reason : new CancelledError();
};
