import { gates } from '../gate/gating.ts';
import { type CellRecord, signs } from '../model/run.ts';
import { signed } from './amounts.ts';

/** One square of the matrix. All text is ours. */
export type MatrixCell = {
  /** null: the square judges nothing (speed, cost). */
  readonly sign: string | null;
  /** `110/120`, `0.8 / 2.1 s`, `–`. */
  readonly main: string;
  /** `−6`, `, 1 flaky`; with its own separator, or empty. */
  readonly rest: string;
  /** Something broke here. */
  readonly strong: boolean;
};

export const blankSquare: MatrixCell = { sign: null, main: '–', rest: '', strong: false };

const passes = (side: CellRecord['candidate']): boolean => side?.state === 'passed';

/**
 * Cells of a prompt on a model as `✓ 118/120 −2, 1 flaky`: how many pass now, against how many passed before.
 * `regressed`: a rule of the gate about the whole column is broken. Cells that don't gate are counted, but turn
 * no square to ✗.
 */
export const squareOf = (cells: readonly CellRecord[], regressed: boolean): MatrixCell => {
  const now = cells.filter(({ candidate }) => candidate !== null);
  if (cells.length === 0) return blankSquare;
  if (now.length === 0) return { ...blankSquare, main: 'removed' };
  const number = (wanted: (cell: CellRecord) => boolean): number => now.filter(wanted).length;
  const passed = number(({ candidate }) => passes(candidate));
  const flaky = number(({ change }) => change === 'flaky');
  const undecided = number(({ change }) => change === 'undecided');
  const bad = regressed || now.some((cell) => cell.change === 'broken' && gates(cell));
  const before = now.filter(({ baseline }) => baseline !== null);
  const moved = passed - number(({ baseline }) => passes(baseline));
  const details = [
    before.length === 0 ? ' new' : '',
    before.length === now.length && undecided === 0 && moved !== 0 ? ` ${signed(moved)}` : '',
    flaky > 0 ? `, ${flaky} flaky` : '',
    undecided > 0 ? `, ${undecided} undecided` : '',
  ];
  const sign = bad ? signs.fail : undecided > 0 ? signs.undecided : flaky > 0 ? signs.flaky : signs.pass;
  return { sign, main: `${passed}/${now.length}`, rest: details.join(''), strong: bad };
};

/** Nothing about these cells needs a reader's eye. */
export const isQuiet = (cells: readonly CellRecord[]): boolean =>
  cells.every(({ change }) => change === 'stillPassing');
