import { join } from 'node:path';
import type { Store } from '../model/ports.ts';
import type { Watcher } from '../model/events.ts';
import { openRepository, type Repository } from '../repo/repository.ts';
import type { RunCellsOptions } from '../runner/run-cells.ts';
import { sprtDefaults } from '../stats/sprt.ts';
import { openMemoryStore, openSqliteStore } from '../store/sqlite-store.ts';
import { type ChosenPolicy, choosePolicy } from './choose-policy.ts';
import { type PreparedRun, prepareRun } from './prepare-run.ts';
import { resolveSides, type Sides } from './sides.ts';
import type { TestOptions } from './test-options.ts';
import type { World } from './world.ts';

/** What a run may spend; null: no cap. */
export type RunBudget = { readonly usd: number | null; readonly calls: number | null };

/** What `test` and `plan` read before anything is asked. */
export type ReadRun = {
  readonly repository: Repository;
  readonly sides: Sides;
  readonly chosen: ChosenPolicy;
  readonly prepared: PreparedRun;
  readonly budget: RunBudget;
  /** Calls in flight at most. */
  readonly concurrency: number;
  readonly trials: RunCellsOptions['trials'];
};

/** The first steps of a run: read → plan. Throws a UserError with every finding. */
export const readRun = async (options: TestOptions, world: World): Promise<ReadRun> => {
  const repository = await openRepository(world.cwd, world.env);
  const sides = options.sides ?? (await resolveSides(repository, options));
  const chosen = await choosePolicy(sides, options.config);
  const prepared = await prepareRun(sides, chosen, options);
  return {
    repository,
    sides,
    chosen,
    prepared,
    budget: budgetOf(chosen, options),
    concurrency: options.concurrency ?? chosen.policy.concurrency,
    trials: { max: trialsMax(chosen, options), sprt: chosen.policy.trials.sprt ?? sprtDefaults },
  };
};

/** `--repeat N` asks for at least N; the policy's maximum holds where it is higher. */
const trialsMax = ({ policy }: ChosenPolicy, options: TestOptions): number =>
  Math.max(policy.trials.max, policy.trials.min, options.repeat ?? 1);

/** Flags and inputs can lower the policy's caps, never raise them. */
export const budgetOf = ({ policy }: ChosenPolicy, options: TestOptions): RunBudget => {
  const lower = (a: number | null | undefined, b: number | null): number | null =>
    a === null || a === undefined ? b : b === null ? a : Math.min(a, b);
  return {
    usd: lower(policy.budget.pullRequest.usd, options.maxUsd),
    calls: lower(policy.budget.pullRequest.calls, options.maxCalls),
  };
};

export const storePath = ({ root }: Repository): string => join(root, '.assay', 'cache.sqlite');

/** The answers' file lies in the repository's root; where it can't be written the run goes on without one. */
export const openStore = async (
  repository: Repository,
  options: TestOptions,
  world: World,
  watch: Watcher,
): Promise<Store> => {
  if (!options.cache) return openMemoryStore();
  try {
    if (await repository.tracks('.assay')) {
      throw new Error('.assay is tracked by git, and answers from a commit are nobody’s answers');
    }
    return await openSqliteStore(storePath(repository), world.now);
  } catch (error) {
    watch({ kind: 'note', message: `No cache for this run: ${(error as Error).message}` });
    return openMemoryStore();
  }
};
