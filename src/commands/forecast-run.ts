import { isJudged } from '../assertions/judged.ts';
import type { Finding } from '../model/errors.ts';
import type { Store } from '../model/ports.ts';
import type { ProviderSpec } from '../model/provider.ts';
import { type Forecast, forecastOf } from '../plan/forecast.ts';
import { counted, dollars } from '../reports/amounts.ts';
import { type DryContext, dryRun } from '../runner/dry-run.ts';
import { NoCredentials, type Providers, unknownPrice } from './build-providers.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { ReadRun, RunBudget } from './read-run.ts';
import type { NamedJudges } from './trusted-judges.ts';
import type { World } from './world.ts';

export type RunForecast = Forecast & {
  /** Models of the plan without a price, called or not. */
  readonly unpriced: readonly ProviderSpec[];
};

/** Every provider and judge that a plan names, each once. */
export const specsOf = ({ plan, judge }: PreparedRun): ProviderSpec[] => {
  const sides = plan.cells.flatMap(({ baseline, candidate }) =>
    [baseline, candidate].filter((side) => side !== null),
  );
  const judges = plan.cells.flatMap((cell) =>
    cell.testCase.assertions
      .filter(isJudged)
      .map(({ provider }) => judge(cell, provider))
      .filter((spec) => spec !== null),
  );
  return [...new Set([...sides.map(({ provider }) => provider), ...judges])];
};

/** What a run would ask, cost and take, found out without a call. */
export const forecastRun = async (
  { prepared, concurrency, trials }: Pick<ReadRun, 'prepared' | 'concurrency' | 'trials'>,
  providers: Providers,
  { knownAnswers }: Pick<NamedJudges, 'knownAnswers'>,
  context: DryContext,
  store: Store,
): Promise<RunForecast> => {
  const options = { store, trials, knownAnswers };
  const { planned, expectations } = await dryRun(prepared.plan.cells, context, options);
  return {
    ...forecastOf(planned, expectations, concurrency),
    unpriced: await unpricedOf(specsOf(prepared), providers),
  };
};

const unpricedOf = async (specs: readonly ProviderSpec[], providers: Providers): Promise<ProviderSpec[]> => {
  const found = new Map<string, ProviderSpec>();
  for (const spec of specs) {
    const provider = await providers.get(spec).catch((error: unknown) => {
      if (error instanceof NoCredentials) return null;
      throw error;
    });
    if (provider !== null && provider.price === null && !found.has(spec.id)) found.set(spec.id, spec);
  }
  return [...found.values()];
};

const aboveBudget = (message: string, nextStep: string): Finding => ({
  severity: 'error',
  code: 'plan-above-budget',
  place: null,
  message,
  nextStep,
});

/** Sums of many small amounts differ in their last digits. */
const tolerance = 1e-9;

/** A forecast walks every cell once more; without a USD cap, a near cap on calls or a person to ask it changes nothing. */
export const needsForecast = (
  { budget, prepared }: Pick<ReadRun, 'budget' | 'prepared'>,
  ask: World['ask'],
): boolean => {
  const answers = prepared.plan.cells.reduce((sum, { trials }) => sum + 2 * trials, 0);
  return ask !== null || budget.usd !== null || (budget.calls !== null && answers > budget.calls);
};

/**
 * Why a plan does not fit its budget; nothing is called then. In USD the likely sum counts: an answer rarely needs
 * its limit, and the wall itself, which reserves by the limit, holds in the middle of a run whatever was forecast.
 */
export const budgetFindings = (forecast: RunForecast, budget: RunBudget): Finding[] => {
  const findings: Finding[] = [];
  const wanted = forecast.calls.answer + forecast.calls.judge;
  if (budget.calls !== null && wanted > budget.calls) {
    findings.push(
      aboveBudget(
        `the plan needs at least ${counted(wanted, 'call')}, and the budget allows ${budget.calls}`,
        'Raise budget.calls in assay.yml, or run fewer cases (--suite, --case)',
      ),
    );
  }
  const { usd } = budget;
  if (usd === null) return findings;
  const { costUsd, atMostUsd } = forecast.priced;
  if (costUsd > usd + tolerance) {
    findings.push(
      aboveBudget(
        `the plan costs about ${dollars(costUsd)} (at most ${dollars(atMostUsd)}), and the budget allows ${dollars(usd)}`,
        'Raise budget.usd in assay.yml, or run fewer cases (--suite, --case)',
      ),
    );
  }
  return [...findings, ...forecast.unpriced.flatMap((spec) => unknownPrice(spec, usd).findings)];
};
