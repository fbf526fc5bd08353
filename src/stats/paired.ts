import { requireWithin } from './domain.ts';
import { criticalZ } from './normal.ts';
import type { Interval } from './proportion.ts';

export type PairedDifference = {
  /** Mean of candidate − baseline over the pairs. */
  readonly mean: number;
  /** Two-sided interval of the mean at `level`; null below two pairs. */
  readonly ci: Interval | null;
  readonly pairs: number;
};

/**
 * Mean paired difference of pass rates or scores (each from −1 to 1) with its normal interval: SE = sqrt(Var(d)/n).
 * Miller 2024, "Adding Error Bars to Evals", arXiv:2411.00640, eq. 7. null without pairs.
 */
export const pairedDifference = (differences: readonly number[], level = 0.95): PairedDifference | null => {
  const pairs = differences.length;
  for (const difference of differences) requireWithin('difference', difference, -1, 1);
  const z = criticalZ(level);
  if (pairs === 0) return null;
  const mean = differences.reduce((sum, value) => sum + value, 0) / pairs;
  if (pairs < 2) return { mean, ci: null, pairs };
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pairs - 1);
  const half = z * Math.sqrt(variance / pairs);
  return { mean, ci: [Math.max(-1, mean - half), Math.min(1, mean + half)], pairs };
};
