import { createLazyEmbedder } from '../embed/open-embedder.ts';
import { UserError } from '../model/errors.ts';
import type { RunResult } from '../model/run.ts';
import type { Repository } from '../repo/repository.ts';
import { runCells } from '../runner/run-cells.ts';
import { createLedger } from '../runner/with-budget.ts';
import { createProviders } from './build-providers.ts';
import { confirmCost } from './confirm-cost.ts';
import { budgetFindings, forecastRun, needsForecast, specsOf } from './forecast-run.ts';
import { createProgress } from './progress.ts';
import { openStore, readRun } from './read-run.ts';
import type { TestOptions } from './test-options.ts';
import { createTrialContext } from './trial-context.ts';
import { createNamedJudges, createTrustedJudges, votesOf } from './trusted-judges.ts';
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
  const run = await readRun(options, world);
  const { repository, sides, chosen, prepared, budget, concurrency } = run;
  const ledger = createLedger(budget);
  const progress = createProgress(world, ledger.spentUsd);
  const embedder = createLazyEmbedder(chosen.policy.semantic.embedder, (message) =>
    progress.watch({ kind: 'note', message }),
  );
  const store = await openStore(repository, options, world, progress.watch);
  try {
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
    await providers.prepare(specsOf(prepared));
    const named = createNamedJudges(prepared, providers);
    const context = createTrialContext(providers, named, votesOf(chosen.policy), world.signal, embedder.get);
    const ask = options.yes ? null : world.ask;
    if (needsForecast(run, ask)) {
      const forecast = await forecastRun(run, providers, named, context, store);
      const refusals = budgetFindings(forecast, budget);
      if (refusals.length > 0) throw new UserError(refusals);
      await confirmCost(forecast, ask);
    }
    const deadline = AbortSignal.timeout(chosen.policy.budget.pullRequest.minutes * 60_000);
    const signal = AbortSignal.any([world.signal, deadline]);
    const judges = createTrustedJudges(named, signal);
    const results = await runCells(
      prepared.plan.cells,
      { ...context, judge: judges.get, signal, deadline },
      // A cell that waits for a retry holds no place among the calls, so more cells than calls are under way.
      { concurrency: concurrency + 8, watch: progress.watch, trials: run.trials },
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
    await embedder.close();
  }
};
