import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import type { Interval } from './proportion.ts';

/**
 * Exact McNemar test, two-sided: binomial on the discordant pairs, `lost` (passed before, fails now) against
 * `won` (the reverse). 1 where nothing is discordant. Reference: Agresti, Categorical Data Analysis §11.1.
 */
export const mcnemarExact = (lost: number, won: number): number => {
  const n = lost + won;
  if (n === 0) return 1;
  return Math.min(1, 2 * binomialCdf(Math.min(lost, won), n, 0.5));
};

export type PairedDifference = {
  /** Mean of candidate − baseline over the pairs. */
  readonly mean: number;
  /** Two-sided interval of the mean at `level`; null below two pairs. */
  readonly ci: Interval | null;
  readonly pairs: number;
};

/**
 * Mean paired difference with its normal interval: SE = sqrt(Var(d)/n).
 * Miller 2024, "Adding Error Bars to Evals", arXiv:2411.00640, eq. 7. null without pairs.
 */
export const pairedDifference = (differences: readonly number[], level = 0.95): PairedDifference | null => {
  const pairs = differences.length;
  if (pairs === 0) return null;
  const mean = differences.reduce((sum, value) => sum + value, 0) / pairs;
  if (pairs < 2) return { mean, ci: null, pairs };
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pairs - 1);
  const half = normalQuantile(1 - (1 - level) / 2, 0, 1) * Math.sqrt(variance / pairs);
  return { mean, ci: [Math.max(-1, mean - half), Math.min(1, mean + half)], pairs };
};
