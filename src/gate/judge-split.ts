import type { CellRecord } from '../model/run.ts';
import { gates } from './gating.ts';
import type { GateInput, Ruling } from './judge-run.ts';
import { percent, plural } from './sentences.ts';

/** Above this share of its cells a judge that disagrees with itself is a broken judge, not a vague rubric or two. */
const brokenShare = 0.25;
/** Below so many judged cells a share says nothing. */
const leastCells = 10;

const sides = ({ baseline, candidate }: CellRecord) => [baseline, candidate].filter((side) => side !== null);

const isJudged = (cell: CellRecord): boolean =>
  sides(cell).some(({ trials }) =>
    trials.some(({ checks }) => checks.some(({ judge }) => judge !== undefined)),
  );

const isSplit = (cell: CellRecord): boolean => sides(cell).some(({ cause }) => cause === 'judge');

/**
 * Cells whose judge disagreed with itself on the same answer: flaky, never broken, and said so. Where that are
 * more than a quarter of ten judged cells or more, nothing that this judge says is worth a verdict.
 */
export const judgeSplit = ({ cells }: GateInput): Ruling[] => {
  const judged = cells.filter((cell) => isJudged(cell) && gates(cell));
  const split = judged.filter(isSplit);
  if (split.length === 0) return [];
  const share = split.length / judged.length;
  const broken = judged.length >= leastCells && share > brokenShare;
  const where = broken
    ? `${percent(share)} of ${plural(judged.length, 'judged cell')}`
    : plural(split.length, 'cell');
  return [
    {
      outcome: broken ? 'undecided' : 'pass',
      reason: {
        code: 'judge-split',
        message: `the judge disagrees with itself on the same answer in ${where}: tighten the rubric`,
        cells: split.map(({ id }) => id),
      },
    },
  ];
};
