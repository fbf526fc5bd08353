import { isJudged } from '../assertions/judged.ts';
import { askKnownAnswer, type KnownAnswer } from '../assertions/known-answers.ts';
import type { Store } from '../model/ports.ts';
import type { Completion, CompletionRequest, Provider } from '../model/provider.ts';
import type { Case } from '../model/suite.ts';
import { type CallRole, createExpectations, type Expectations } from '../plan/expectation.ts';
import type { PlannedCall, PlannedCalls } from '../plan/forecast.ts';
import type { PlannedCell } from '../plan/planned-cell.ts';
import { type RunCellsOptions, runCells } from './run-cells.ts';
import type { TrialContext } from './run-trial.ts';
import { estimateTokens } from './with-budget.ts';
import { createCacheKey } from './with-cache.ts';

/** A dry run has no deadline: it waits for nobody. */
export type DryContext = Omit<TrialContext, 'deadline'>;

export type DryOptions = {
  readonly store: Store;
  readonly trials: RunCellsOptions['trials'];
  /** What a judge is asked before its first judgement; nothing where it is missing. */
  readonly knownAnswers?: KnownAnswersOf;
};

type KnownAnswersOf = (judge: Provider) => readonly KnownAnswer[];

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
 * Runs the cells without a call: every request is looked up in the store, and what is not there is noted down and
 * taken for a good answer, since nobody knows which will surprise. Known answers are graded, so that a cell that
 * surprised before gets its further trials here as well. Judges are looked up in the same way; those of answers that
 * are not there yet are asked about stand-ins of the expected length. It goes the way of a real run, and so asks
 * what that asks.
 */
export const dryRun = async (
  cells: readonly PlannedCell[],
  context: DryContext,
  { store, trials, knownAnswers = () => [] }: DryOptions,
): Promise<DryRun> => {
  const book = createBook(store, knownAnswers);
  const ungraded: GradeInput[] = [];
  let planned = 0;
  const dry: TrialContext = {
    ...context,
    deadline: new AbortController().signal,
    provider: async (spec) => book.probe(await context.provider(spec), 'answer', 0, (key) => key),
    grade: async (input) => {
      if (!book.unknown.has(input.completion.text)) return context.grade(judgedBy(input, book, 0));
      ungraded.push(input);
      return { passed: true, score: 1, checks: [], judgeSplit: false };
    },
  };
  await runCells(cells, dry, {
    concurrency: 1,
    trials,
    watch: (event) => {
      if (event.kind === 'run-planned' || event.kind === 'trials-added') planned += event.trials;
    },
  });
  for (const input of ungraded) await askJudges(input, context, book);
  return { planned: { trials: planned, ...book.planned }, expectations: book.expectations };
};

/** The same question to a grader, whose judges never call. */
const judgedBy = (input: GradeInput, book: Book, slack: number): GradeInput => {
  const reply = judgementOf(input.testCase);
  const judge = async (id: string | null): Promise<Provider> => {
    const named = await input.context.judge(id);
    await book.rehearse(named);
    return book.probe(named, 'judge', slack, () => reply);
  };
  return { ...input, context: { ...input.context, judge } };
};

/** Each judge of an answer that is not there yet, by itself: one that can't be asked must not hide the next. */
const askJudges = async (input: GradeInput, context: DryContext, book: Book): Promise<void> => {
  const unknown = book.unknown.get(input.completion.text);
  if (unknown === undefined) return;
  const { key, provider, tokensAtMost } = unknown;
  const tokens = book.expectations.outputTokens(provider, 'answer', tokensAtMost);
  const completion = { ...input.completion, text: standIn(key, tokens) };
  for (const assertion of input.testCase.assertions.filter(isJudged)) {
    const testCase = { ...input.testCase, assertions: [assertion], threshold: null };
    try {
      await context.grade(judgedBy({ ...input, testCase, completion }, book, tokensAtMost - tokens));
    } catch (error) {
      if (!noJudgement.has((error as Error).name)) throw error;
    }
  }
};

/** What makes a real trial errored or skipped makes no call either. */
const noJudgement: ReadonlySet<string> = new Set([
  'AssertionError',
  'JudgeError',
  'NoCredentials',
  'ProviderFault',
]);

type Choice = { readonly choice?: unknown; readonly score?: unknown };

/** A good judgement that every kind of judge can read, so that nothing is asked twice: it names the best choices. */
const judgementOf = ({ assertions }: Case): string => {
  const best = assertions.filter(isJudged).flatMap(({ value }) => {
    const { choices } = (typeof value === 'object' && value !== null ? value : {}) as { choices?: unknown };
    const sorted = (Array.isArray(choices) ? (choices as Choice[]) : []).toSorted(
      (a, b) => Number(b.score) - Number(a.score),
    );
    return sorted.slice(0, 1).map(({ choice }) => String(choice));
  });
  const reason = ['not asked yet', ...best].join('; ');
  return JSON.stringify({ reason, score: 1, pass: true, better: 'neither' });
};

type Book = {
  readonly planned: Omit<PlannedCalls, 'trials'>;
  readonly expectations: Expectations;
  /** By the text that stands for the answer. */
  readonly unknown: ReadonlyMap<string, Unknown>;
  /** A provider that never calls. `slack`: tokens by which its input may grow; `reply`: what it says instead. */
  probe(provider: Provider, role: CallRole, slack: number, reply: (key: string) => string): Provider;
  /** Notes down the known answers of a judge, once. */
  rehearse(judge: Provider): Promise<void>;
};

const createBook = (store: Store, knownAnswers: KnownAnswersOf): Book => {
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
  const rehearsed = new Set<Provider>();
  const rehearse = async (judge: Provider): Promise<void> => {
    if (rehearsed.has(judge)) return;
    rehearsed.add(judge);
    const silent = probe(judge, 'judge', 0, () => '{"reason": "not asked yet", "score": 1, "pass": true}');
    const { signal } = new AbortController();
    for (const known of knownAnswers(judge)) await askKnownAnswer(silent, known, signal);
  };
  return { planned: { calls, fromStore, shared }, expectations, unknown, probe, rehearse };
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
