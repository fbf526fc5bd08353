import type { CellRecord } from '../model/run.ts';

/** Whether a cell can block: warnings, quarantined cases and expected failures run and show, but don't gate. */
export const gates = (cell: CellRecord): boolean =>
  cell.severity === 'block' && cell.quarantined === null && cell.expectFail === null;
