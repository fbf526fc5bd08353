import { gates } from '../../gate/gating.ts';
import type { CellRecord, Change } from '../../model/run.ts';
import { severityRank } from '../meaning-view.ts';

/** Of what became of a cell: 0 is the worst. */
export const changeRank = {
  broken: 0,
  undecided: 1,
  stillFailing: 2,
  flaky: 3,
  fixed: 4,
  added: 5,
  removed: 6,
  stillPassing: 7,
} as const satisfies Record<Change, number>;

/** Half a step down for what cannot block. */
const rankOf = (cell: CellRecord): number => changeRank[cell.change] + (gates(cell) ? 0 : 0.5);

const meaningOf = ({ semantic }: CellRecord): number => severityRank[semantic?.severity ?? 'none'];

/** Worst first: by what became of the cell, critical ones, then by its meaning; equals stay in the run's order. */
export const worstFirst = (cells: readonly CellRecord[]): CellRecord[] =>
  cells.toSorted(
    (a, b) =>
      Number(isQuiet(a)) - Number(isQuiet(b)) ||
      rankOf(a) - rankOf(b) ||
      Number(b.critical) - Number(a.critical) ||
      meaningOf(b) - meaningOf(a),
  );

/** Passes, and means what it meant before where there was a before: nothing to look at. */
export const isQuiet = (cell: CellRecord): boolean =>
  (cell.change === 'stillPassing' || cell.change === 'added') &&
  cell.expectFail === null &&
  meaningOf(cell) <= severityRank.reworded;
