export { BudgetExceeded, createLedger, type Ledger } from './ledger.ts';
import { userError } from '../model/errors.ts';
import { type CompletionRequest, type Provider, ProviderFault } from '../model/provider.ts';
import type { Ledger } from './ledger.ts';
import type { Layer } from './stack.ts';

/** An answer without a stated limit is reserved at this many tokens. */
export const assumedOutputTokens = 4096;
const limitWords = ['max_tokens', 'max_completion_tokens', 'max_output_tokens', 'maxTokens'] as const;

const limitIn = (parameters: unknown): number | null => {
  const values = limitWords.map((word) => (parameters as Record<string, unknown> | undefined)?.[word]);
  const found = values.find((value) => typeof value === 'number' && value > 0);
  return typeof found === 'number' ? found : null;
};

/**
 * Tokens of a call: a token is at least three bytes of UTF-8 in the languages people write (four of English, three
 * of Chinese), and the whole output limit may be used.
 */
export const estimateTokens = (
  provider: Provider,
  request: CompletionRequest,
): { readonly input: number; readonly outputAtMost: number } => {
  const extra = [request.tools.length > 0 ? request.tools : null, request.responseFormat ?? null];
  const texts = [
    ...request.messages.map(({ content }) => content),
    ...extra.map((value) => value && JSON.stringify(value)),
  ];
  const bytes = texts.reduce<number>(
    (sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0),
    0,
  );
  const outputAtMost =
    limitIn(provider.fingerprint['parameters']) ?? limitIn(request.parameters) ?? assumedOutputTokens;
  return { input: bytes / 3, outputAtMost };
};

/** The most that a call is expected to cost, in USD. null: no price. */
export const estimateUsd = (provider: Provider, request: CompletionRequest): number | null => {
  if (provider.price === null) return null;
  const { input, outputAtMost } = estimateTokens(provider, request);
  return (input * provider.price.input + outputAtMost * provider.price.output) / 1_000_000;
};

/** An error status is not billed, nor is what never left; a cut or unreadable answer may well have been. */
const wasFree = (error: unknown): boolean => {
  if (!(error instanceof ProviderFault)) return false;
  if (error.status !== null) return error.status >= 400;
  for (let at: unknown = error.cause; typeof at === 'object' && at !== null; ) {
    const { code, cause } = at as { code?: unknown; cause?: unknown };
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') return true;
    at = cause;
  }
  return false;
};

/**
 * Reserves a call's estimate before it is sent and settles it by its usage. Over a cap, BudgetExceeded is
 * thrown and nothing is sent. A provider without a price under a USD cap is refused here, when the stack is
 * built, before any call of the run.
 */
export const withBudget =
  (ledger: Ledger): Layer =>
  (next) => {
    if (ledger.limits.usd !== null && next.price === null) {
      throw userError('unknown-price', `the budget is in USD, and the price of ${next.id} is not known`, {
        nextStep:
          "Give the provider's entry a price: {input, output} in USD per million tokens, or drop budget.usd",
      });
    }
    return {
      ...next,
      complete: async (request) => {
        const reservation = ledger.reserve(estimateUsd(next, request));
        try {
          const completion = await next.complete(request);
          ledger.settle(reservation, completion.costUsd);
          return completion;
        } catch (error) {
          ledger.settle(reservation, wasFree(error) ? 0 : null);
          throw error;
        }
      },
    };
  };
