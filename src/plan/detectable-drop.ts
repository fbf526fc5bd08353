import { smallestDetectableDrop } from '../stats/detectable.ts';
import type { PlannedCell } from './planned-cell.ts';

/** Share of cases that are assumed to change their result between the sides, in either direction. */
export const assumedDiscordance = 0.1;
export const assumedPower = 0.8;

/** What the regression rule can see in one column. */
export type ColumnDrop = {
  readonly suite: string;
  readonly prompt: string;
  readonly provider: string;
  /** Cases with both sides. */
  readonly pairs: number;
  /** The smallest drop of the pass rate, a share, that is found with 80 % power; null: too few cases for any. */
  readonly detectableDrop: number | null;
};

/** One entry a column in the order of the plan; a column without a baseline has nothing to compare with. */
export const columnDrops = (cells: readonly PlannedCell[], alpha: number): ColumnDrop[] => {
  const drops = new Map<number, number | null>();
  const dropOf = (pairs: number): number | null => {
    const known = drops.get(pairs);
    if (known !== undefined) return known;
    const drop = smallestDetectableDrop(pairs, assumedDiscordance, { alpha, power: assumedPower });
    drops.set(pairs, drop);
    return drop;
  };
  return [
    ...Map.groupBy(cells, ({ suite, promptId, provider }) =>
      JSON.stringify([suite.path, promptId, provider]),
    ).values(),
  ].map((column) => {
    const [first] = column as [PlannedCell];
    const pairs = column.filter(({ baseline, candidate }) => baseline !== null && candidate !== null).length;
    return {
      suite: first.suite.path,
      prompt: first.promptId,
      provider: first.provider,
      pairs,
      detectableDrop: dropOf(pairs),
    };
  });
};
