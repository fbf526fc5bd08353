import picomatch from 'picomatch';
import { UserError } from '../model/errors.ts';
import type { Prompt } from '../model/prompt.ts';
import type { ProviderSpec } from '../model/provider.ts';
import type { Tampering } from '../model/run.ts';
import type { Case, Suite } from '../model/suite.ts';
import { contentHash } from './canonical.ts';
import { demand, type PairedCase, pairCases } from './pair-cases.ts';
import type { Plan, PlannedCell, PlannedSide, SuitePair } from './planned-cell.ts';

export type PlanOptions = {
  /** The policy's providers, for suites that name none; also what ids and labels of suites refer to. */
  readonly resolve: (named: ProviderSpec) => ProviderSpec;
  readonly policyProviders: readonly ProviderSpec[];
  /** Instead of the suites' own (`--provider`). */
  readonly providers: readonly ProviderSpec[] | null;
  /** Two models as the two sides (`--compare-providers`). */
  readonly compareProviders: readonly [ProviderSpec, ProviderSpec] | null;
  /** false: only suites that something changed for. */
  readonly all: boolean;
  /** false: the head alone; there is no baseline at all. */
  readonly hasBase: boolean;
  readonly keepCase: (testCase: Case) => boolean;
  readonly minTrials: number;
};

const named = (patterns: readonly string[] | null, names: readonly string[]): boolean =>
  patterns === null ||
  patterns.some((pattern) => names.some((name) => name === pattern || picomatch.isMatch(name, pattern)));

/** Pairs of suites → the cells to run. Pure and deterministic: the same input gives the same order and hash. */
export const planRun = (pairs: readonly SuitePair[], options: PlanOptions): Plan => {
  const cells: PlannedCell[] = [];
  const tampering: Tampering[] = [];
  const suites: { suite: Suite; run: boolean }[] = [];
  const prompts = new Map<string, { id: string; baseline: Prompt | null; candidate: Prompt | null }>();
  for (const pair of pairs) {
    const suite = pair.head ?? pair.base;
    if (suite === null) continue;
    const run = options.all || pair.changed;
    suites.push({ suite, run });
    if (!run) continue;
    const paired = pairCases(pair.base, pair.head);
    if (pair.base !== null && pair.head === null) tampering.push(suiteRemoved(pair.base));
    tampering.push(...paired.tampering);
    for (const prompt of promptPairs(pair)) {
      prompts.set(prompt.id, prompt);
      for (const entry of paired.cases) {
        if (options.keepCase(entry.testCase)) cells.push(...planCase(pair, prompt, entry, options));
      }
    }
  }
  return { hash: planHash(cells), cells, suites, prompts: [...prompts.values()], tampering };
};

const suiteRemoved = (suite: Suite): Tampering => ({
  kind: 'suite-removed',
  file: suite.path,
  line: null,
  message: `the suite ${suite.path} was removed; what it asked still runs`,
  weakening: true,
});

const promptPairs = (pair: SuitePair) => {
  const baseline = new Map((pair.base?.prompts ?? []).map((prompt) => [prompt.id, prompt]));
  const candidate = new Map(pair.headPrompts.map((prompt) => [prompt.id, prompt]));
  return [...new Set([...baseline.keys(), ...candidate.keys()])].map((id) => ({
    id,
    baseline: baseline.get(id) ?? null,
    candidate: candidate.get(id) ?? null,
  }));
};

/** The suite's own providers (the base's, which are policy), else the policy's, else the model that the prompt names. */
const providersFor = (pair: SuitePair, prompt: Prompt, options: PlanOptions): readonly ProviderSpec[] => {
  const own = (pair.base ?? pair.head)?.providers ?? [];
  if (options.providers !== null) return options.providers;
  if (own.length > 0) return own.map(options.resolve);
  if (options.policyProviders.length > 0) return options.policyProviders;
  if (prompt.model !== null) {
    return [
      options.resolve({
        id: prompt.model,
        label: prompt.model,
        config: {},
        price: null,
        place: prompt.place,
      }),
    ];
  }
  const suite = pair.head ?? pair.base;
  throw new UserError({
    severity: 'error',
    code: 'no-provider',
    place: { file: suite?.path ?? pair.path, line: 1, column: 1 },
    message: `no provider is named for the suite ${pair.path}`,
    expected: '`providers` in the suite or in assay.yml, such as openai:gpt-5-mini or builtin:extract',
    nextStep: 'Add `providers: [openai:gpt-5-mini]`, or pass --provider ID',
  });
};

type PromptPair = { id: string; baseline: Prompt | null; candidate: Prompt | null };

const planCase = (
  pair: SuitePair,
  prompt: PromptPair,
  entry: PairedCase,
  options: PlanOptions,
): PlannedCell[] => {
  const shown = prompt.candidate ?? prompt.baseline;
  // The suite's judge and repeats are policy, so that they are the base's for the head's own cases, too.
  const suite = pair.base ?? pair.head;
  if (shown === null || suite === null || !named(entry.testCase.prompts, [shown.id, shown.label, shown.path]))
    return [];
  const cell = (
    provider: string,
    baseline: PlannedSide | null,
    candidate: PlannedSide | null,
  ): PlannedCell => ({
    id: [pair.path, prompt.id, entry.id, provider].join('::'),
    suite,
    promptId: prompt.id,
    caseId: entry.id,
    testCase: entry.testCase,
    provider,
    origin: entry.origin,
    trials: Math.max(options.minTrials, suite.repeat, entry.testCase.repeat ?? 1),
    baseline,
    candidate,
  });
  if (options.compareProviders !== null) {
    const [a, b] = options.compareProviders;
    return [cell(`${a.label} → ${b.label}`, { prompt: shown, provider: a }, { prompt: shown, provider: b })];
  }
  const columns = providersFor(pair, shown, options);
  return columns
    .filter(({ id, label }) => named(entry.testCase.providers, [id, label]))
    .map((provider) => {
      const before = prompt.baseline === null ? provider : ownModel(pair, prompt.baseline, provider, options);
      return cell(
        provider.label,
        options.hasBase && prompt.baseline !== null ? { prompt: prompt.baseline, provider: before } : null,
        prompt.candidate === null ? null : { prompt: prompt.candidate, provider },
      );
    });
};

/** Where a prompt's own model answers, each side asks its own: a change of the model is a change of the prompt. */
const ownModel = (
  pair: SuitePair,
  prompt: Prompt,
  column: ProviderSpec,
  options: PlanOptions,
): ProviderSpec => {
  const own = (pair.base ?? pair.head)?.providers ?? [];
  if (options.providers !== null || own.length > 0 || options.policyProviders.length > 0) return column;
  return providersFor(pair, prompt, options)[0] ?? column;
};

/** What is asked of whom: changes with any prompt, case or provider that takes part. */
const planHash = (cells: readonly PlannedCell[]): string =>
  contentHash(
    cells.map(({ id, trials, testCase, baseline, candidate }) => [
      id,
      trials,
      demand(testCase),
      asked(baseline),
      asked(candidate),
    ]),
  );

const asked = (side: PlannedSide | null): unknown =>
  side === null ? null : [side.prompt.version, side.provider.id, side.provider.config];
