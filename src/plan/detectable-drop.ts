import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { PlannedCell } from './planned-cell.ts';

/** Share of cases that are assumed to change their result between the sides, in either direction. */
export const assumedDiscordance = 0.1;
export const assumedPower = 0.8;

/** Exact McNemar with all of n discordant pairs on one side gives p = 2 × 0.5ⁿ, which has to be below alpha. */
const fewestPairs = (alpha: number): number => Math.floor(1 - Math.log2(alpha)) + 1;

/**
 * The smallest drop of a pass rate (a share, 0.063 = 6.3 points) that a paired test of `pairs` cases finds with 80 %
 * power at a two-sided `alpha`, if 10 % of the cases differ between the sides: d = (z₁₋α⸝₂ + z₀.₈) √(ψ / n). Connor,
 * Biometrics 43 (1987), without the term in d². null: so few cases can't show any drop.
 */
export const detectableDrop = (pairs: number, alpha: number): number | null => {
  if (pairs < fewestPairs(alpha)) return null;
  const z = normalQuantile(1 - alpha / 2, 0, 1) + normalQuantile(assumedPower, 0, 1);
  return Math.min(1, z * Math.sqrt(assumedDiscordance / pairs));
};

/** What the regression rule can see in one column. */
export type ColumnDrop = {
  readonly suite: string;
  readonly prompt: string;
  readonly provider: string;
  /** Cases with both sides. */
  readonly pairs: number;
  readonly detectableDrop: number | null;
};

/** One entry a column in the order of the plan; a column without a baseline has nothing to compare with. */
export const columnDrops = (cells: readonly PlannedCell[], alpha: number): ColumnDrop[] =>
  [
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
      detectableDrop: detectableDrop(pairs, alpha),
    };
  });
