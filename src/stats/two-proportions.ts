import { requirePart } from './domain.ts';
import type { Tally } from './newcombe.ts';
import { twoSidedP } from './normal.ts';

export type RateComparison = {
  /** first − second, as shares. */
  readonly difference: number;
  /** sqrt(p₁q₁/n₁ + p₂q₂/n₂): for intervals and confidence sequences. */
  readonly standardError: number;
  /** sqrt(pq(1/n₁ + 1/n₂)) with the pooled p: for the test of no difference. */
  readonly pooledStandardError: number;
  /** difference / pooledStandardError; null if both rates are 0 or both are 1. */
  readonly z: number | null;
  /** Two-sided; 1 where z is null. For one look only: under peeking use a confidence sequence. */
  readonly p: number;
};

/** Two independent proportions at one look, by the normal approximation (Agresti, Categorical Data Analysis). null without observations. */
export const compareRates = (first: Tally, second: Tally): RateComparison | null => {
  requirePart('successes of the first', first.successes, first.n);
  requirePart('successes of the second', second.successes, second.n);
  if (first.n === 0 || second.n === 0) return null;
  const ours = first.successes / first.n;
  const theirs = second.successes / second.n;
  const pooled = (first.successes + second.successes) / (first.n + second.n);
  const difference = ours - theirs;
  const pooledStandardError = Math.sqrt(pooled * (1 - pooled) * (1 / first.n + 1 / second.n));
  const z = pooledStandardError === 0 ? null : difference / pooledStandardError;
  return {
    difference,
    standardError: Math.sqrt((ours * (1 - ours)) / first.n + (theirs * (1 - theirs)) / second.n),
    pooledStandardError,
    z,
    p: z === null ? 1 : twoSidedP(z),
  };
};
