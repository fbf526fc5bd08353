import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';
import { requireBetween, requireCount, requirePart } from './domain.ts';
import type { Interval } from './proportion.ts';

/**
 * Exact interval of a proportion, two-sided at `level`: quantiles of Beta(x, n − x + 1) and Beta(x + 1, n − x).
 * Never covers less than `level`, usually more. null for n = 0.
 * Clopper & Pearson 1934, Biometrika 26:404; reference values in Newcombe 1998, Statistics in Medicine 17:857.
 */
export const clopperPearsonInterval = (successes: number, n: number, level = 0.95): Interval | null => {
  requirePart('successes', successes, n);
  const tail = (1 - requireBetween('level', level)) / 2;
  if (n === 0) return null;
  return [
    successes === 0 ? 0 : betaQuantile(tail, successes, n - successes + 1),
    successes === n ? 1 : betaQuantile(1 - tail, successes + 1, n - successes),
  ];
};

/**
 * Exact one-sided upper bound of a rate of which nothing was seen in n tries: 1 − α^(1/n) with α = 1 − level; about
 * 3/n at 95 %. null for n = 0.
 */
export const zeroEventsUpperBound = (n: number, level = 0.95): number | null =>
  requireCount('n', n) === 0 ? null : -Math.expm1(Math.log(1 - requireBetween('level', level)) / n);
