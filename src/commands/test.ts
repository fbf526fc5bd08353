import { join } from 'node:path';
import { createGrader } from '../assertions/grade.ts';
import { isJudged } from '../assertions/kinds.ts';
import { unsupportedAssertions } from '../assertions/validate.ts';
import { createBuiltinEmbedder } from '../embed/builtin.ts';
import { type Finding, UserError } from '../model/errors.ts';
import type { Store } from '../model/ports.ts';
import type { RunResult } from '../model/run.ts';
import { openRepository, type Repository } from '../repo/repository.ts';
import { runCells } from '../runner/run-cells.ts';
import { sprtDefaults } from '../stats/sprt.ts';
import { createLedger } from '../runner/with-budget.ts';
import { openMemoryStore, openSqliteStore } from '../store/sqlite-store.ts';
import { createProviders, type Providers } from './build-providers.ts';
import { type ChosenPolicy, choosePolicy } from './choose-policy.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { createProgress } from './progress.ts';
import { resolveSides } from './sides.ts';
import type { TestOptions } from './test-options.ts';
import { createTrustedJudges, votesOf } from './trusted-judges.ts';
import type { World } from './world.ts';

export type TestOutcome = {
  readonly result: RunResult;
  readonly repository: Repository;
  readonly cancelled: boolean;
};

/**
 * The main job: read → plan → run → grade → compare → decide. Reports and publishing are the doors'.
 * Throws a UserError with every finding before anything is called; anything later ends in a verdict.
 */
export const runTest = async (options: TestOptions, world: World): Promise<TestOutcome> => {
  const startedAt = world.now();
  const repository = await openRepository(world.cwd, world.env);
  const sides = options.sides ?? (await resolveSides(repository, options));
  const chosen = await choosePolicy(sides, options.config);
  const prepared = await prepareRun(sides, chosen, options);
  const budget = budgetOf(chosen, options);
  const ledger = createLedger(budget);
  const progress = createProgress(world, ledger.spentUsd);
  const store = await openStore(repository, options, world, progress.watch);
  try {
    const concurrency = options.concurrency ?? chosen.policy.concurrency;
    const deadline = AbortSignal.timeout(chosen.policy.budget.pullRequest.minutes * 60_000);
    let cached = 0;
    const onHit = (): void => {
      cached++;
    };
    const providers = createProviders({
      world,
      tree: sides.policy.tree,
      store,
      ledger,
      watch: progress.watch,
      withoutKeys: options.withoutKeys,
      concurrency,
      onHit,
    });
    await prepareProviders(prepared, providers, budget);
    const grader = createGrader();
    const embedder = createBuiltinEmbedder();
    const signal = AbortSignal.any([world.signal, deadline]);
    const judges = createTrustedJudges(prepared, providers, signal);
    const results = await runCells(
      prepared.plan.cells,
      {
        provider: providers.get,
        judge: judges.get,
        votes: votesOf(chosen.policy),
        embedder: async () => embedder,
        grade: grader.gradeCompletion,
        unsupported: unsupportedAssertions,
        signal,
        deadline,
      },
      // A cell that waits for a retry holds no place among the calls, so more cells than calls are under way.
      {
        concurrency: concurrency + 8,
        watch: progress.watch,
        trials: { max: trialsMax(chosen, options), sprt: chosen.policy.trials.sprt ?? sprtDefaults },
      },
    );
    progress.end();
    // Comparing and judging load their dictionaries now, not before the first call.
    const { buildResult } = await import('./build-result.ts');
    const result = await buildResult({
      startedAt,
      durationMs: world.now() - startedAt,
      toolVersion: world.toolVersion,
      sides,
      chosen,
      prepared,
      results,
      providers,
      knownAnswers: judges.reports(),
      budget,
      totals: {
        calls: ledger.calls(),
        cached,
        costUsd: judges.unpriced() && ledger.calls() > 0 ? null : ledger.spentUsd(),
      },
      cancelled: world.signal.aborted,
    });
    return { result, repository, cancelled: world.signal.aborted };
  } finally {
    progress.end();
    store.close();
  }
};

/** `--repeat N` asks for at least N; the policy's maximum holds where it is higher. */
const trialsMax = ({ policy }: ChosenPolicy, options: TestOptions): number =>
  Math.max(policy.trials.max, policy.trials.min, options.repeat ?? 1);

export type RunBudget = { readonly usd: number | null; readonly calls: number | null };

/** Flags and inputs can lower the policy's caps, never raise them. */
export const budgetOf = ({ policy }: ChosenPolicy, options: TestOptions): RunBudget => {
  const lower = (a: number | null | undefined, b: number | null): number | null =>
    a === null || a === undefined ? b : b === null ? a : Math.min(a, b);
  return {
    usd: lower(policy.budget.pullRequest.usd, options.maxUsd),
    calls: lower(policy.budget.pullRequest.calls, options.maxCalls),
  };
};

/** The answers' file lies in the repository's root; where it can't be written the run goes on without one. */
export const openStore = async (
  repository: Repository,
  options: TestOptions,
  world: World,
  watch: (event: { kind: 'note'; message: string }) => void,
): Promise<Store> => {
  if (!options.cache) return openMemoryStore();
  try {
    return await openSqliteStore(join(repository.root, '.assay', 'cache.sqlite'), world.now);
  } catch (error) {
    watch({ kind: 'note', message: `No cache for this run: ${(error as Error).message}` });
    return openMemoryStore();
  }
};

/** Builds every provider and judge of the plan, and refuses what the budget cannot bound, before any call. */
const prepareProviders = async (
  prepared: PreparedRun,
  providers: Providers,
  budget: RunBudget,
): Promise<void> => {
  const { plan } = prepared;
  const sides = plan.cells
    .flatMap(({ baseline, candidate }) => [baseline, candidate])
    .filter((side) => side !== null);
  const judges = plan.cells.flatMap((cell) =>
    cell.testCase.assertions
      .filter(({ type }) => isJudged(type))
      .map(({ provider }) => prepared.judge(cell, provider))
      .filter((spec) => spec !== null),
  );
  const specs = [...new Set([...sides.map(({ provider }) => provider), ...judges])];
  await providers.prepare(specs);
  const findings: Finding[] = [];
  const wanted = plan.cells.reduce((sum, cell) => sum + cell.trials, 0);
  if (budget.calls !== null && wanted > budget.calls) {
    findings.push({
      severity: 'error',
      code: 'plan-above-budget',
      place: null,
      message: `the plan needs at least ${wanted} calls, and the budget allows ${budget.calls}`,
      nextStep: 'Raise budget.calls in assay.yml, or run fewer cases (--suite, --case)',
    });
  }
  if (findings.length > 0) throw new UserError(findings);
};
