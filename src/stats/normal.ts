import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';
import { requireBetween } from './domain.ts';

/** P(Z > z) of the standard normal; exact in the far tail, where 1 − Φ(z) would be 0. */
export const upperTail = (z: number): number => normalCdf(-z, 0, 1);

/** The z that a standard normal exceeds with probability `tail`; zForTail(0.025) = 1.95996. */
export const zForTail = (tail: number): number => -normalQuantile(requireBetween('tail', tail), 0, 1);

/** The z of a two-sided interval at `level`; criticalZ(0.95) = 1.95996. */
export const criticalZ = (level: number): number => zForTail((1 - requireBetween('level', level)) / 2);

/** Two-sided p-value of a z statistic. */
export const twoSidedP = (z: number): number => 2 * upperTail(Math.abs(z));
