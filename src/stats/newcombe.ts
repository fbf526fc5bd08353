import { requirePart } from './domain.ts';
import { type Interval, wilsonInterval } from './proportion.ts';

export type Tally = { readonly successes: number; readonly n: number };

export type RateDifference = { readonly difference: number; readonly ci: Interval };

/**
 * first − second of two independent proportions, two-sided at `level`: the Wilson limits of both, put together as
 * d − sqrt((p₁ − l₁)² + (u₂ − p₂)²) and d + sqrt((u₁ − p₁)² + (p₂ − l₂)²). null if either has no observation.
 * Method 10 of Newcombe 1998, Statistics in Medicine 17:873.
 */
export const newcombeDifference = (first: Tally, second: Tally, level = 0.95): RateDifference | null => {
  requirePart('successes of the first', first.successes, first.n);
  requirePart('successes of the second', second.successes, second.n);
  const ours = wilsonInterval(first.successes, first.n, level);
  const theirs = wilsonInterval(second.successes, second.n, level);
  if (ours === null || theirs === null) return null;
  const p = first.successes / first.n;
  const q = second.successes / second.n;
  return {
    difference: p - q,
    ci: [p - q - Math.hypot(p - ours[0], theirs[1] - q), p - q + Math.hypot(ours[1] - p, q - theirs[0])],
  };
};
