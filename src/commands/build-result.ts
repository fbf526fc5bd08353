import type { KnownAnswersReport } from '../assertions/known-answers.ts';
import { cellRecord } from '../compare/cell-record.ts';
import { columnsOf } from '../compare/columns.ts';
import { expectedFailureOf, quarantineOf } from '../compare/gating-state.ts';
import { createComparer } from '../compare/comparer.ts';
import { judgesOf } from '../compare/judges.ts';
import { judgeRun, type Ruling } from '../gate/judge-run.ts';
import { findingText } from '../model/errors.ts';
import type { CellRecord, ColumnRecord, RunResult, Warning } from '../model/run.ts';
import type { PlannedCell } from '../plan/planned-cell.ts';
import { diffPrompts } from '../prompts/prompt-diff.ts';
import { renderPrompt } from '../prompts/render.ts';
import { sprtDefaults } from '../stats/sprt.ts';
import type { CellResult } from '../runner/run-cells.ts';
import type { Providers } from './build-providers.ts';
import type { ChosenPolicy } from './choose-policy.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { RunBudget } from './read-run.ts';
import type { Sides } from './sides.ts';

export type ResultInput = {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly toolVersion: string;
  readonly sides: Sides;
  readonly chosen: ChosenPolicy;
  readonly prepared: PreparedRun;
  readonly results: readonly CellResult[];
  readonly providers: Providers;
  readonly knownAnswers: readonly KnownAnswersReport[];
  readonly budget: RunBudget;
  readonly totals: { readonly calls: number; readonly cached: number; readonly costUsd: number | null };
  readonly cancelled: boolean;
};

/** Everything a run learnt → the one document, verdict included. */
export const buildResult = async (input: ResultInput): Promise<RunResult> => {
  const { sides, chosen, prepared } = input;
  const cells = recordsOf(input);
  const matrix = columnsOf(cells);
  const judges = judgesOf(cells, input.knownAnswers);
  const verdict = judgeRun({
    cells,
    matrix,
    demanded: demandedOf(cells),
    tampering: prepared.plan.tampering,
    rules: chosen.policy.gate,
    circumstances: circumstances(input),
  });
  return {
    schema: 1,
    tool: { name: 'assay', version: input.toolVersion },
    startedAt: new Date(input.startedAt).toISOString(),
    base: sides.base === null ? null : { ref: sides.base.ref, sha: sides.base.sha },
    head: { ref: sides.head.ref, sha: sides.head.sha },
    plan: { hash: prepared.plan.hash, cells: prepared.plan.cells.length, shard: null },
    suites: prepared.plan.suites.map(({ suite, run }) => ({
      path: suite.path,
      name: suite.name,
      description: suite.description,
      cases: suite.cases.length,
      run,
    })),
    prompts: prepared.plan.prompts.map(({ id, baseline, candidate }) => ({
      id,
      path: (candidate ?? baseline)?.path ?? id,
      label: (candidate ?? baseline)?.label ?? id,
      baselineVersion: baseline?.version ?? null,
      candidateVersion: candidate?.version ?? null,
      diff:
        sides.base === null
          ? []
          : diffPrompts(baseline, candidate).map((diff) => ({ ...diff, parts: [...diff.parts] })),
    })),
    providers: await providerRecords(input),
    ...(judges.length === 0 ? {} : { judges }),
    cells,
    matrix,
    tampering: [...prepared.plan.tampering],
    warnings: warningsOf(input),
    firstRun: chosen.firstRun,
    budget: { ...input.budget },
    totals: {
      ...input.totals,
      savedTrials: input.results.reduce((sum, { saved }) => sum + saved, 0),
      costUsd: spentUsd(input),
      durationMs: input.durationMs,
    },
    verdict,
  };
};

/** The base's own cases, where the head has added some to them. */
const demandedOf = (
  cells: readonly CellRecord[],
): { cells: readonly CellRecord[]; matrix: ColumnRecord[] } | null => {
  const own = cells.filter(({ origin }) => origin === 'base');
  return own.length === 0 || own.length === cells.length ? null : { cells: own, matrix: columnsOf(own) };
};

const recordsOf = ({ results, chosen, startedAt }: ResultInput): CellRecord[] => {
  const compareTexts = createComparer();
  return results.map(({ cell, baseline, candidate }) =>
    cellRecord(
      {
        id: cell.id,
        suite: cell.suite.path,
        prompt: cell.promptId,
        caseId: cell.caseId,
        provider: cell.provider,
        origin: cell.origin,
        testCase: cell.testCase,
        planned: cell.testCase.critical
          ? Math.max(baseline?.length ?? 0, candidate?.length ?? 0)
          : cell.trials,
        asked: askedOf(cell),
        quarantined: quarantineOf(chosen.policy, cell.suite.name, cell.caseId, startedAt),
        expectFail: expectedFailureOf(cell.testCase, startedAt),
        rule: { sprt: chosen.policy.trials.sprt ?? sprtDefaults, critical: cell.testCase.critical },
        baseline,
        candidate,
      },
      compareTexts,
    ),
  );
};

/** The last user message as it was sent, for the reader of a report. */
const askedOf = ({ candidate, baseline, testCase }: PlannedCell): string => {
  const side = candidate ?? baseline;
  if (side === null) return '';
  const { messages } = renderPrompt(side.prompt, testCase.vars);
  return (messages.findLast(({ role }) => role === 'user') ?? messages.at(-1))?.content ?? '';
};

const circumstances = ({ prepared, chosen, cancelled, results }: ResultInput): Ruling[] => {
  const unreadable = [...(chosen.baseUnreadable ? [chosen.file] : []), ...prepared.suites.baseUnreadable];
  const withoutKeys = results.filter(({ candidate }) =>
    candidate?.some((trial) => trial.status === 'skipped' && trial.reason === 'no-credentials'),
  );
  const rulings: (Ruling | false)[] = [
    unreadable.length > 0 && {
      outcome: 'needsApproval',
      reason: {
        code: 'base-unreadable',
        message: `${unreadable.join(', ')} does not parse on the base, so that the head's version was used`,
        cells: [],
      },
    },
    withoutKeys.length > 0 && {
      outcome: 'undecided',
      reason: {
        code: 'no-credentials',
        message: 'this run has no keys (a pull request from a fork has none); a maintainer has to run it',
        cells: withoutKeys.map(({ cell }) => cell.id),
      },
    },
    cancelled && {
      outcome: 'undecided',
      reason: { code: 'cancelled', message: 'the run was cancelled before it was finished', cells: [] },
    },
  ];
  return rulings.filter((ruling) => ruling !== false);
};

const providerRecords = async ({ results, providers }: ResultInput): Promise<RunResult['providers']> => {
  const models = new Map<
    string,
    { id: string; label: string; models: Set<string>; languageModel: boolean }
  >();
  for (const { cell, baseline, candidate } of results) {
    for (const [side, trials] of [
      [cell.baseline, baseline],
      [cell.candidate, candidate],
    ] as const) {
      if (side === null) continue;
      const { id, label } = side.provider;
      let record = models.get(label);
      if (record === undefined) {
        const provider = await providers.get(side.provider).catch(() => null);
        record = { id, label, models: new Set(), languageModel: provider?.languageModel ?? true };
        models.set(label, record);
      }
      for (const trial of trials ?? [])
        if ('completion' in trial && trial.completion.model !== null)
          record.models.add(trial.completion.model);
    }
  }
  return [...models.values()].map(({ models: names, ...rest }) => ({
    ...rest,
    resolvedModels: [...names].toSorted(),
  }));
};

/** One call whose price is not known makes the sum unknown: a missing number is null, never 0. */
const spentUsd = ({ results, totals }: ResultInput): number | null => {
  const unknown = results.some(({ baseline, candidate }) =>
    [...(baseline ?? []), ...(candidate ?? [])].some(
      (trial) => 'completion' in trial && !trial.completion.cached && trial.completion.costUsd === null,
    ),
  );
  return unknown ? null : totals.costUsd;
};

const warningsOf = ({ prepared }: ResultInput): Warning[] =>
  prepared.warnings.map((finding) => ({
    file: finding.place?.file ?? null,
    line: finding.place?.line ?? null,
    column: finding.place?.column ?? null,
    message: findingText(finding),
  }));
