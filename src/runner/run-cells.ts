import pLimit from 'p-limit';
import type { Watcher } from '../model/events.ts';
import type { Trial } from '../model/run.ts';
import type { PlannedCell } from '../plan/planned-cell.ts';
import { type Baseline, runTrial, type TrialContext } from './run-trial.ts';

export type CellResult = {
  readonly cell: PlannedCell;
  /** In the order of their trial numbers; null: the side does not exist. */
  readonly baseline: readonly Trial[] | null;
  readonly candidate: readonly Trial[] | null;
};

export type RunCellsOptions = { readonly concurrency: number; readonly watch: Watcher };

/**
 * Runs every cell on both sides. Baseline and candidate of a cell stand next to each other in the queue, so that
 * a slow minute of a vendor hits both. Every planned trial ends in exactly one state; a cancelled run still
 * returns what is known.
 */
export const runCells = async (
  cells: readonly PlannedCell[],
  context: TrialContext,
  options: RunCellsOptions,
): Promise<CellResult[]> => {
  const limit = pLimit(options.concurrency);
  const trials = cells.reduce(
    (sum, { trials: count, baseline, candidate }) =>
      sum + count * (Number(baseline !== null) + Number(candidate !== null)),
    0,
  );
  options.watch({ kind: 'run-planned', cells: cells.length, trials });

  const runSide = (
    cell: PlannedCell,
    name: 'baseline' | 'candidate',
    trial: number,
    before: Baseline,
  ): Promise<Trial> | null => {
    const side = cell[name];
    if (side === null) return null;
    return limit(async () => {
      const result = await runTrial(cell, side, trial, context, before);
      const cached = 'completion' in result && result.completion.cached;
      options.watch({
        kind: 'trial-finished',
        cell: cell.id,
        side: name,
        provider: cell.provider,
        status: result.status,
        cached,
      });
      return result;
    });
  };
  const runCell = async (cell: PlannedCell): Promise<CellResult> => {
    const baseline: Promise<Trial>[] = [];
    const candidate: Promise<Trial>[] = [];
    for (let trial = 0; trial < cell.trials; trial++) {
      const before = runSide(cell, 'baseline', trial, 'self');
      // The baseline stands before it in the queue, so that waiting for it ends.
      const now = runSide(cell, 'candidate', trial, before ?? 'none');
      if (before !== null) baseline.push(before);
      if (now !== null) candidate.push(now);
    }
    return {
      cell,
      baseline: cell.baseline === null ? null : await Promise.all(baseline),
      candidate: cell.candidate === null ? null : await Promise.all(candidate),
    };
  };
  return Promise.all(cells.map(runCell));
};
