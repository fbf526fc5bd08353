import { requireCount, requirePart } from './domain.ts';

/** C(from, k) / C(n, k), factor by factor, so that nothing overflows. */
const drawnFrom = (from: number, n: number, k: number): number => {
  let share = 1;
  for (let drawn = 0; drawn < k; drawn += 1) share *= Math.max(0, from - drawn) / (n - drawn);
  return share;
};

/**
 * pass@k: chance that at least one of k trials passes, without bias from `passes` of `trials`:
 * 1 − C(n − c, k)/C(n, k). null with fewer than k trials. Average it over cases. The number of trials must not have
 * depended on their results. Chen et al. 2021, arXiv:2107.03374, eq. 1.
 */
export const passAtK = (passes: number, trials: number, k: number): number | null => {
  requirePart('passes', passes, trials);
  return trials < requireCount('k', k, 1) ? null : 1 - drawnFrom(trials - passes, trials, k);
};

/**
 * pass^k: chance that all of k trials pass, C(c, k)/C(n, k): the reliability number of a safety case. null with fewer
 * than k trials. Average it over cases. Yao et al. 2024, τ-bench, arXiv:2406.12045 §4.
 */
export const passHatK = (passes: number, trials: number, k: number): number | null => {
  requirePart('passes', passes, trials);
  return trials < requireCount('k', k, 1) ? null : drawnFrom(passes, trials, k);
};
