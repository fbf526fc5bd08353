import type { Provider } from '../model/provider.ts';
import { assumed, type CallRole, type Expectations } from './expectation.ts';

/** One request that nothing known answers. */
export type PlannedCall = {
  readonly provider: Provider;
  readonly role: CallRole;
  readonly inputTokens: number;
  /** More than `inputTokens` where a judge reads an answer that is not there yet: it may be as long as its limit. */
  readonly inputTokensAtMost: number;
  readonly outputTokensAtMost: number;
};

/** How often each role is asked, or need not be. */
export type Tally = Readonly<Record<CallRole, number>>;

/** What a run would ask. */
export type PlannedCalls = {
  /** Trials of both sides. */
  readonly trials: number;
  readonly calls: readonly PlannedCall[];
  /** Requests that the store answers. */
  readonly fromStore: Tally;
  /** Requests equal to another one of the run, such as both sides of an unchanged prompt: asked once. */
  readonly shared: Tally;
};

export type Forecast = {
  readonly trials: number;
  readonly calls: Tally;
  readonly fromStore: Tally;
  readonly shared: Tally;
  /** null: the price of a model that would be called is not known. A missing number is null, never 0. */
  readonly costUsd: number | null;
  /** Every answer as long as its limit; null as above. */
  readonly costAtMostUsd: number | null;
  /** The same sums over the calls whose price is known. */
  readonly priced: { readonly costUsd: number; readonly atMostUsd: number };
  readonly minutes: number;
  /** A model is asked that may answer otherwise next time, so that a cell may need more trials than these. */
  readonly mayRepeat: boolean;
  /** Columns and judges whose length is assumed, since no answer of theirs is known yet. */
  readonly assumptions: readonly { label: string; role: CallRole; outputTokens: number }[];
};

const usd = ({ price }: Provider, input: number, output: number): number =>
  price === null ? 0 : (input * price.input + output * price.output) / 1_000_000;

const sumOf = <Entry>(entries: readonly Entry[], amount: (entry: Entry) => number): number =>
  entries.reduce((sum, entry) => sum + amount(entry), 0);

/** Calls → money and time. `concurrency` calls are in flight at once; retries and further trials are not in it. */
export const forecastOf = (
  { trials, calls, fromStore, shared }: PlannedCalls,
  expectations: Expectations,
  concurrency: number,
): Forecast => {
  const costUsd = sumOf(calls, ({ provider, role, inputTokens, outputTokensAtMost }) =>
    usd(provider, inputTokens, expectations.outputTokens(provider, role, outputTokensAtMost)),
  );
  const atMostUsd = sumOf(calls, ({ provider, inputTokensAtMost, outputTokensAtMost }) =>
    usd(provider, inputTokensAtMost, outputTokensAtMost),
  );
  const unknown = calls.some(({ provider }) => provider.price === null);
  return {
    trials,
    calls: tallyOf(calls),
    fromStore,
    shared,
    costUsd: unknown ? null : costUsd,
    costAtMostUsd: unknown ? null : atMostUsd,
    priced: { costUsd, atMostUsd },
    minutes: minutesOf(calls, expectations, concurrency),
    mayRepeat: calls.some(({ provider, role }) => role === 'answer' && provider.languageModel),
    assumptions: assumptionsOf(calls, expectations),
  };
};

const tallyOf = (calls: readonly PlannedCall[]): Tally => {
  const judge = calls.filter(({ role }) => role === 'judge').length;
  return { answer: calls.length - judge, judge };
};

/** All calls spread over the places in flight, and never less than the slowest answer and its judge. */
const minutesOf = (
  calls: readonly PlannedCall[],
  expectations: Expectations,
  concurrency: number,
): number => {
  const slowest = { answer: 0, judge: 0 };
  const totalMs = sumOf(calls, ({ provider, role }) => {
    const latencyMs = expectations.latencyMs(provider, role);
    slowest[role] = Math.max(slowest[role], latencyMs);
    return latencyMs;
  });
  return Math.max(totalMs / concurrency, slowest.answer + slowest.judge) / 60_000;
};

const assumptionsOf = (
  calls: readonly PlannedCall[],
  expectations: Expectations,
): Forecast['assumptions'] => {
  const found = new Map<string, Forecast['assumptions'][number]>();
  for (const { provider, role, outputTokensAtMost } of calls) {
    if (!expectations.isAssumed(provider, role)) continue;
    const outputTokens = Math.min(assumed.outputTokens[role], outputTokensAtMost);
    found.set(JSON.stringify([role, provider.label, outputTokens]), {
      label: provider.label,
      role,
      outputTokens,
    });
  }
  return [...found.values()];
};
