import { isJudged } from '../assertions/judged.ts';
import type { Store } from '../model/ports.ts';
import type { Completion, CompletionRequest, Provider } from '../model/provider.ts';
import type { Assertion } from '../model/suite.ts';
import { type CallRole, createExpectations, type Expectations } from '../plan/expectation.ts';
import type { PlannedCall, PlannedCalls } from '../plan/forecast.ts';
import type { PlannedCell } from '../plan/planned-cell.ts';
import { runTrial, type TrialContext } from './run-trial.ts';
import { estimateTokens } from './with-budget.ts';
import { createCacheKey } from './with-cache.ts';

/** A dry run has no deadline: it waits for nobody. */
export type DryContext = Omit<TrialContext, 'deadline'>;

export type DryRun = { readonly planned: PlannedCalls; readonly expectations: Expectations };

type GradeInput = Parameters<TrialContext['grade']>[0];

/** An answer that a run would have to ask for. */
type Unknown = { readonly key: string; readonly provider: Provider; readonly tokensAtMost: number };

/** Its characters are estimated back to `tokens` (with-budget.ts); the key makes it unlike every other answer. */
const standIn = (key: string, tokens: number): string => {
  const length = Math.max(16, Math.round(tokens * 3));
  return key.repeat(Math.ceil(length / key.length)).slice(0, length);
};

/**
 * Walks the trials of a run without a call: every request is looked up in the store, and what is not there is
 * noted down. Judges are asked last and in the same way, about the known answers themselves and about stand-ins
 * of the expected length for the others. It goes the way of a real trial, so that it asks what a run asks: the
 * fewest trials of each cell, since nobody knows yet which of them will surprise.
 */
export const dryRun = async (
  cells: readonly PlannedCell[],
  context: DryContext,
  store: Store,
): Promise<DryRun> => {
  const book = createBook(store);
  const graded: GradeInput[] = [];
  const dry: TrialContext = {
    ...context,
    deadline: new AbortController().signal,
    provider: async (spec) => book.probe(await context.provider(spec), 'answer', 0, (key) => key),
    grade: async (input) => {
      if (input.testCase.assertions.some(isJudged)) graded.push(input);
      return { passed: true, score: 1, checks: [] };
    },
  };
  let trials = 0;
  for (const cell of cells) {
    for (let trial = 0; trial < cell.trials; trial++) {
      for (const side of [cell.baseline, cell.candidate]) {
        if (side === null) continue;
        trials++;
        await runTrial(cell, side, trial, dry);
      }
    }
  }
  for (const input of graded) await askJudges(input, context, book);
  return { planned: { trials, ...book.planned }, expectations: book.expectations };
};

/** Asks each judge of a trial by itself: one that has no answer must not hide the next. */
const askJudges = async (input: GradeInput, context: DryContext, book: Book): Promise<void> => {
  const unknown = book.unknown.get(input.completion.text);
  const tokens =
    unknown === undefined
      ? 0
      : book.expectations.outputTokens(unknown.provider, 'answer', unknown.tokensAtMost);
  const completion =
    unknown === undefined ? input.completion : { ...input.completion, text: standIn(unknown.key, tokens) };
  const slack = unknown === undefined ? 0 : unknown.tokensAtMost - tokens;
  for (const assertion of input.testCase.assertions.filter(isJudged)) {
    const judge = async (id: string | null): Promise<Provider> =>
      book.probe(await input.context.judge(id), 'judge', slack, () => judgementFor(assertion));
    try {
      await context.grade({
        testCase: { ...input.testCase, assertions: [assertion], threshold: null },
        completion,
        context: { ...input.context, judge },
      });
    } catch (error) {
      if (!noJudgement.has((error as Error).name)) throw error;
    }
  }
};

/** What makes a real trial errored or skipped makes no call either. */
const noJudgement = new Set(['AssertionError', 'JudgeError', 'NoCredentials', 'ProviderFault']);

/** A reply that the assertion can read, so that nothing is asked twice. */
const judgementFor = ({ type, value }: Assertion): string => {
  if (type !== 'llm-choices') return '{"reason": "not asked yet", "score": 1, "pass": true}';
  const { choices } = value as { choices?: readonly { choice?: unknown }[] };
  return String(choices?.[0]?.choice ?? '');
};

type Book = {
  readonly planned: Omit<PlannedCalls, 'trials'>;
  readonly expectations: Expectations;
  /** By the text that stands for the answer. */
  readonly unknown: ReadonlyMap<string, Unknown>;
  /** A provider that never calls. `slack`: tokens by which its input may grow; `reply`: what it says instead. */
  probe(provider: Provider, role: CallRole, slack: number, reply: (key: string) => string): Provider;
};

const createBook = (store: Store): Book => {
  const calls: PlannedCall[] = [];
  const fromStore = { answer: 0, judge: 0 };
  const shared = { answer: 0, judge: 0 };
  const unknown = new Map<string, Unknown>();
  const expectations = createExpectations();
  const keys = new Map<Provider, (request: CompletionRequest) => string>();
  const noted = new Map<Provider, Map<string, Completion>>();

  const note = (
    provider: Provider,
    role: CallRole,
    slack: number,
    request: CompletionRequest,
  ): PlannedCall => {
    const { input, outputAtMost } = estimateTokens(provider, request);
    const call: PlannedCall = {
      provider,
      role,
      inputTokens: input,
      inputTokensAtMost: input + slack,
      outputTokensAtMost: outputAtMost,
    };
    calls.push(call);
    return call;
  };
  const probe: Book['probe'] = (provider, role, slack, reply) => {
    const keyOf = keys.get(provider) ?? createCacheKey(provider.fingerprint);
    const own = noted.get(provider) ?? new Map<string, Completion>();
    keys.set(provider, keyOf);
    noted.set(provider, own);
    const complete = async (request: CompletionRequest): Promise<Completion> => {
      const key = keyOf(request);
      const same = own.get(key);
      if (same !== undefined) {
        shared[role]++;
        return same;
      }
      const known = store.get(key);
      if (known !== null) {
        fromStore[role]++;
        expectations.learn(provider, role, {
          outputTokens: known.usage?.output ?? null,
          latencyMs: known.latencyMs,
        });
        return { ...known, cached: true };
      }
      const { outputTokensAtMost } = note(provider, role, slack, request);
      if (role === 'answer') unknown.set(key, { key, provider, tokensAtMost: outputTokensAtMost });
      const text = reply(key);
      own.set(key, { ...unasked, text });
      return { ...unasked, text };
    };
    return { ...provider, complete };
  };
  return { planned: { calls, fromStore, shared }, expectations, unknown, probe };
};

const unasked: Completion = {
  text: '',
  toolCalls: [],
  finish: { reason: 'stop', raw: 'not asked' },
  usage: null,
  latencyMs: null,
  costUsd: null,
  model: null,
  cached: false,
};
