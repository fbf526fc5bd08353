import type { Place } from './place.ts';
import type { Message } from './prompt.ts';

/** A provider as a file or flag names it, before it is built. */
export type ProviderSpec = {
  /** `vendor:model`, e.g. `openai:gpt-5-mini`. */
  readonly id: string;
  /** The column's name in every report; the id where none is given. */
  readonly label: string;
  /** `baseUrl`, `apiKeyEnv`, `headers` and the vendor's own parameters, passed through. */
  readonly config: Readonly<Record<string, unknown>>;
  /** USD per million tokens, where the built-in table does not know the model. */
  readonly price: Price | null;
  readonly place: Place | null;
};

/** USD per million tokens. */
export type Price = { readonly input: number; readonly output: number };

/** One question to a model. Equal requests with equal `trial` have equal answers in the cache. */
export type CompletionRequest = {
  readonly messages: readonly Message[];
  /** Parameters of the prompt; the provider's own `config` wins over them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly tools: readonly unknown[];
  readonly responseFormat: unknown;
  /** Trials are independent answers: 0, 1, 2 … */
  readonly trial: number;
  readonly signal: AbortSignal;
};

/** Why the model stopped: our word, and the vendor's own. `blocked` is a content filter, `refusal` the model's own no. */
export type Finish = {
  readonly reason: 'stop' | 'length' | 'toolCalls' | 'refusal' | 'blocked';
  readonly raw: string;
};

export type ToolCall = { readonly id: string; readonly name: string; readonly arguments: string };

/** One normalised answer of a provider. A missing number is null, never 0. */
export type Completion = {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finish: Finish;
  readonly usage: { readonly input: number; readonly output: number } | null;
  readonly latencyMs: number | null;
  /** null: the price is not known. */
  readonly costUsd: number | null;
  /** The model that really answered, as the vendor says. */
  readonly model: string | null;
  readonly cached: boolean;
};

/**
 * A language model (a column of the matrix). `complete` answers or throws a ProviderFault; it never retries,
 * caches or waits by itself: that is stacked around it (runner/).
 */
export type Provider = {
  readonly id: string;
  readonly label: string;
  /** false for `builtin:extract`, `echo`: every report says so. */
  readonly languageModel: boolean;
  /** What makes answers differ besides the request: vendor, endpoint, model, parameters. Never a key. */
  readonly fingerprint: Readonly<Record<string, unknown>>;
  /** null: unknown, so that a USD budget refuses. `{0, 0}` for local responders. */
  readonly price: Price | null;
  complete(request: CompletionRequest): Promise<Completion>;
};

/** What a failed call means for the rest of the run. */
export type FaultKind =
  /** May succeed later: 408, 409, 429 (rate), 5xx, reset, a body that stalled. */
  | 'retryable'
  /** This request cannot succeed: 400, 413, 422, an answer of the wrong shape. */
  | 'fatalForCell'
  /** No request can succeed: authentication, money, quota, unknown model. The provider is stopped at once. */
  | 'fatalForProvider';

/** No answer. `errored` is not `failed`: a fault says nothing about the prompt. */
export class ProviderFault extends Error {
  readonly kind: FaultKind;
  readonly status: number | null;
  /** What the server asked us to wait (`retry-after`), in milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: FaultKind,
    message: string,
    details: { status?: number | null; retryAfterMs?: number | null; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ProviderFault';
    this.kind = kind;
    this.status = details.status ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }
}
