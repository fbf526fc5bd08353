import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { requireCount } from './domain.ts';

/** P(X ≤ fewer) for X ~ Binomial(n, ½). */
const lowerTail = (fewer: number, n: number): number => binomialCdf(fewer, n, 0.5);

/**
 * Exact McNemar test, two-sided: binomial on the discordant pairs, `lost` (passed before, fails now) against
 * `won` (the reverse). 1 where nothing is discordant. Reference: Agresti, Categorical Data Analysis §11.1.
 */
export const mcnemarExact = (lost: number, won: number): number => {
  const n = requireCount('lost', lost) + requireCount('won', won);
  return n === 0 ? 1 : Math.min(1, 2 * lowerTail(Math.min(lost, won), n));
};

/**
 * McNemar's mid-p, two-sided: the exact p less the probability of exactly what was seen. Less conservative, and
 * above α now and then by a little. Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91.
 */
export const mcnemarMidP = (lost: number, won: number): number => {
  const n = requireCount('lost', lost) + requireCount('won', won);
  if (n === 0 || lost === won) return 1;
  const fewer = Math.min(lost, won);
  const below = fewer === 0 ? 0 : lowerTail(fewer - 1, n);
  return Math.min(1, lowerTail(fewer, n) + below);
};
