import pLimit from 'p-limit';
import type { Watcher } from '../model/events.ts';
import type { Trial } from '../model/run.ts';
import type { SideRule } from '../compare/judge-side.ts';
import type { PlannedCell, PlannedSide } from '../plan/planned-cell.ts';
import { nextTrials, type SideName } from './escalate.ts';
import { runTrial, type TrialContext } from './run-trial.ts';

export type CellResult = {
  readonly cell: PlannedCell;
  /** In the order of their trial numbers; null: the side does not exist. */
  readonly baseline: readonly Trial[] | null;
  readonly candidate: readonly Trial[] | null;
  /** Trials that a fixed number of them would have taken besides. */
  readonly saved: number;
};

export type RunCellsOptions = {
  readonly concurrency: number;
  readonly watch: Watcher;
  /** Trials of one side at most, and how they are read. */
  readonly trials: { readonly max: number; readonly sprt: SideRule['sprt'] };
};

type Growing = { baseline: Trial[] | null; candidate: Trial[] | null };

/**
 * Runs every cell on both sides, and again where a trial surprises. Baseline and candidate of a cell stand next to
 * each other in the queue, so that a slow minute of a vendor hits both. Every planned trial ends in exactly one
 * state; a cancelled run still returns what is known.
 */
export const runCells = async (
  cells: readonly PlannedCell[],
  context: TrialContext,
  options: RunCellsOptions,
): Promise<CellResult[]> => {
  const { watch } = options;
  const limit = pLimit(options.concurrency);
  const runOne = (cell: PlannedCell, name: SideName, side: PlannedSide, trial: number): Promise<Trial> =>
    limit(async () => {
      const result = await runTrial(cell, side, trial, context);
      const cached = 'completion' in result && result.completion.cached;
      watch({
        kind: 'trial-finished',
        cell: cell.id,
        side: name,
        provider: cell.provider,
        status: result.status,
        cached,
      });
      return result;
    });
  const runSides = async (cell: PlannedCell, trials: Growing, names: readonly SideName[]): Promise<void> => {
    const results = names.map(async (name) => {
      const side = cell[name];
      const known = trials[name];
      if (side !== null && known !== null) known.push(await runOne(cell, name, side, known.length));
    });
    await Promise.all(results);
  };
  const runCell = async (cell: PlannedCell): Promise<CellResult> => {
    const trials: Growing = { baseline: cell.baseline && [], candidate: cell.candidate && [] };
    await runFirst(cell, trials, runOne);
    const rule = { sprt: options.trials.sprt, critical: cell.testCase.critical };
    const max = (await isDeterministic(cell, context))
      ? cell.trials
      : Math.max(options.trials.max, cell.trials);
    for (let names = nextTrials(trials, max, rule); names.length > 0; names = nextTrials(trials, max, rule)) {
      watch({ kind: 'trials-added', trials: names.length });
      await runSides(cell, trials, names);
    }
    const sides = [trials.baseline, trials.candidate].filter((side) => side !== null);
    return { cell, ...trials, saved: sides.reduce((sum, side) => sum + max - side.length, 0) };
  };
  watch({ kind: 'run-planned', cells: cells.length, trials: firstTrials(cells) });
  return Promise.all(cells.map(runCell));
};

const firstTrials = (cells: readonly PlannedCell[]): number =>
  cells.reduce(
    (sum, { trials, baseline, candidate }) =>
      sum + trials * (Number(baseline !== null) + Number(candidate !== null)),
    0,
  );

/** The trials that a cell gets in any case, all under way at once. */
const runFirst = async (
  cell: PlannedCell,
  trials: Growing,
  runOne: (cell: PlannedCell, name: SideName, side: PlannedSide, trial: number) => Promise<Trial>,
): Promise<void> => {
  const pending: { baseline: Promise<Trial>[]; candidate: Promise<Trial>[] } = {
    baseline: [],
    candidate: [],
  };
  for (let trial = 0; trial < cell.trials; trial++) {
    for (const name of ['baseline', 'candidate'] as const) {
      const side = cell[name];
      if (side !== null) pending[name].push(runOne(cell, name, side, trial));
    }
  }
  trials.baseline?.push(...(await Promise.all(pending.baseline)));
  trials.candidate?.push(...(await Promise.all(pending.candidate)));
};

/** A responder that is no language model answers the same again: there is nothing to learn from a second trial. */
const isDeterministic = async (cell: PlannedCell, context: TrialContext): Promise<boolean> => {
  const side = cell.candidate ?? cell.baseline;
  if (side === null) return true;
  const provider = await context.provider(side.provider).catch(() => null);
  return provider?.languageModel === false;
};
