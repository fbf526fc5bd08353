import { existsSync } from 'node:fs';
import { createLazyEmbedder } from '../embed/open-embedder.ts';
import { type Finding, formatFinding } from '../model/errors.ts';
import { planDocument } from '../plan/plan-document.ts';
import { pricesAsOf } from '../providers/price.ts';
import { renderPlan } from '../reports/terminal-plan.ts';
import { createLedger } from '../runner/with-budget.ts';
import { createProviders } from './build-providers.ts';
import { budgetFindings, forecastRun, type RunForecast, specsOf } from './forecast-run.ts';
import { openStore, type ReadRun, readRun, storePath } from './read-run.ts';
import type { TestOptions } from './test-options.ts';
import { createTrialContext } from './trial-context.ts';
import { createNamedJudges, votesOf } from './trusted-judges.ts';
import type { World } from './world.ts';

export type PlanCommand = {
  readonly options: TestOptions;
  /** null: as `auto`, and only JSON shows them. */
  readonly shards: 'auto' | number | null;
  readonly format: 'pretty' | 'json';
};

/**
 * `assay plan`: what `assay test` with the same flags would ask, cost and take. Nothing is called and nothing is
 * written. What would end a test with exit 3 ends this with 3, too, after the numbers; only a missing key is a mere
 * warning here, since planning needs none. Resolves to the exit code.
 */
export const planInTerminal = async (
  { options, shards, format }: PlanCommand,
  world: World,
): Promise<number> => {
  const run = await readRun(options, world);
  const missingKeys = new Map<string, Finding>();
  const forecast = await forecastOnly(run, options, world, (finding) =>
    missingKeys.set(finding.message, finding),
  );
  const { policy } = run.chosen;
  const document = planDocument({
    cells: run.prepared.plan.cells,
    forecast,
    unknownPrices: forecast.unpriced.map(({ id }) => id),
    alpha: policy.gate.regression.alpha,
    shards: shards ?? 'auto',
  });
  world.stdout(
    format === 'json'
      ? `${JSON.stringify(document, null, 2)}\n`
      : renderPlan({
          document,
          forecast,
          pricesAsOf,
          concurrency: run.concurrency,
          alpha: policy.gate.regression.alpha,
          minutesAllowed: policy.budget.pullRequest.minutes,
          mostTrials: run.trials.max,
          showShards: shards !== null,
          color: world.color,
          width: world.width,
        }),
  );
  const warnings = [...missingKeys.values()].map((finding) => ({ ...finding, severity: 'warning' as const }));
  const refusals = budgetFindings(forecast, run.budget);
  say(world, 'warning: ', [...run.prepared.warnings, ...warnings]);
  say(world, '', refusals);
  return refusals.length > 0 ? 3 : 0;
};

const say = (world: World, prefix: string, findings: readonly Finding[]): void => {
  for (const finding of findings) world.stderr(`${prefix}${formatFinding(finding)}\n`);
};

const forecastOnly = async (
  run: ReadRun,
  options: TestOptions,
  world: World,
  onMissingKey: (finding: Finding) => void,
): Promise<RunForecast> => {
  const watch = (event: { readonly kind: string; readonly message?: string }): void => {
    if (event.kind === 'note') world.stderr(`${event.message}\n`);
  };
  // Cached answers are graded to see which cells are decided.
  const embedder = createLazyEmbedder(run.chosen.policy.semantic.embedder, (message) =>
    watch({ kind: 'note', message }),
  );
  // A store that is not there yet answers nothing, and a plan makes none.
  const cache = options.cache && existsSync(storePath(run.repository));
  const store = await openStore(run.repository, { ...options, cache }, world, watch);
  try {
    const providers = createProviders({
      world,
      tree: run.sides.policy.tree,
      store,
      // No cap of its own: what the budget refuses is said after the numbers.
      ledger: createLedger({}),
      watch,
      withoutKeys: false,
      onMissingKey,
      concurrency: run.concurrency,
      onHit: () => {},
    });
    await providers.prepare(specsOf(run.prepared));
    const judges = createNamedJudges(run.prepared, providers);
    const context = createTrialContext(
      providers,
      judges,
      votesOf(run.chosen.policy),
      world.signal,
      embedder.get,
    );
    return await forecastRun(run, providers, judges, context, store);
  } finally {
    store.close();
    await embedder.close();
  }
};
