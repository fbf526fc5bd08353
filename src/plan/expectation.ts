import type { Provider } from '../model/provider.ts';
import { quantile } from '../stats/quantile.ts';

/** Who is asked: the model of a column, or a judge. The two give answers of different lengths. */
export type CallRole = 'answer' | 'judge';

/** What an answer is taken for where none of that provider is known yet. Stated in every forecast that used it. */
export const assumed = {
  outputTokens: { answer: 300, judge: 120 },
  latencyMs: 4000,
} as const satisfies {
  readonly outputTokens: Readonly<Record<CallRole, number>>;
  readonly latencyMs: number;
};

/** How long answers of a provider are and how long they take: medians of what is known, else what is assumed. */
export type Expectations = {
  /** Learns from an answer that is known. A missing number teaches nothing. */
  learn(provider: Provider, role: CallRole, known: Known): void;
  /** `atMost` is the call's own limit. */
  outputTokens(provider: Provider, role: CallRole, atMost: number): number;
  latencyMs(provider: Provider, role: CallRole): number;
  isAssumed(provider: Provider, role: CallRole): boolean;
};

export type Known = { readonly outputTokens: number | null; readonly latencyMs: number | null };

type Samples = {
  tokens: number[];
  latencies: number[];
  medians: { tokens: number; latencyMs: number } | null;
};

/** Answers of these take no time worth planning: they are computed or read here. */
const isLocal = ({ languageModel, fingerprint }: Provider): boolean =>
  !languageModel || fingerprint['vendor'] === 'replay';

export const createExpectations = (): Expectations => {
  const samples = new Map<Provider, Record<CallRole, Samples>>();
  const fresh = (): Samples => ({ tokens: [], latencies: [], medians: null });
  const of = (provider: Provider, role: CallRole): Samples => {
    const both = samples.get(provider) ?? { answer: fresh(), judge: fresh() };
    samples.set(provider, both);
    return both[role];
  };
  const medians = (provider: Provider, role: CallRole): NonNullable<Samples['medians']> => {
    const entry = of(provider, role);
    entry.medians ??= {
      tokens: quantile(entry.tokens, 0.5) ?? assumed.outputTokens[role],
      latencyMs: quantile(entry.latencies, 0.5) ?? (isLocal(provider) ? 0 : assumed.latencyMs),
    };
    return entry.medians;
  };
  return {
    learn: (provider, role, { outputTokens, latencyMs }) => {
      const entry = of(provider, role);
      if (outputTokens !== null) entry.tokens.push(outputTokens);
      if (latencyMs !== null) entry.latencies.push(latencyMs);
      entry.medians = null;
    },
    outputTokens: (provider, role, atMost) => Math.min(atMost, medians(provider, role).tokens),
    latencyMs: (provider, role) => medians(provider, role).latencyMs,
    isAssumed: (provider, role) => of(provider, role).tokens.length === 0 && !isLocal(provider),
  };
};
