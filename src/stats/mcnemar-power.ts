import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { requireBetween, requireCount, requireWithin } from './domain.ts';

/** Beyond so many standard deviations from its mean a binomial count is left out of the sum (less than 1e-14). */
const reach = 8;

/** P(from ≤ X ≤ to) for X ~ Binomial(n, p). */
const between = (from: number, to: number, n: number, p: number): number =>
  binomialCdf(to, n, p) - (from === 0 ? 0 : binomialCdf(from - 1, n, p));

/**
 * The least number of losses among `discordant` pairs at which the exact test rejects at `alpha`, two-sided;
 * discordant + 1 if none does. `from` is a number known not to be above it.
 */
const leastLosses = (discordant: number, alpha: number, from: number): number => {
  let losses = Math.max(from, Math.ceil(discordant / 2));
  while (losses <= discordant && 2 * binomialCdf(discordant - losses, discordant, 0.5) > alpha) losses += 1;
  return losses;
};

/** Discordant pairs → losses needed, for every number from `low` to `high`. A pair more needs no loss or one more. */
const rejectionLine = (low: number, high: number, alpha: number): number[] => {
  const line: number[] = [];
  for (let discordant = low; discordant <= high; discordant += 1) {
    line.push(leastLosses(discordant, alpha, line.at(-1) ?? 0));
  }
  return line;
};

/**
 * Chance that the exact McNemar test of `cases` pairs finds a drop at `alpha` (two-sided), where a share `lost` of
 * the pairs goes from pass to fail and a share `won` the other way: Σ over the number of discordant pairs
 * m ~ Bin(n, lost + won) of P(Bin(m, lost/(lost + won)) ≥ the least number of losses that rejects).
 * Duffy 1984, Biometrics 40:1005 (the exact unconditional power).
 */
export const mcnemarPower = (cases: number, lost: number, won: number, alpha = 0.05): number => {
  requireCount('cases', cases);
  requireWithin('lost', lost, 0, 1);
  requireWithin('won', won, 0, 1 - lost + 1e-12);
  requireBetween('alpha', alpha);
  const discordance = Math.min(1, lost + won);
  if (cases === 0 || discordance === 0) return 0;
  const spread = reach * Math.sqrt(cases * discordance * (1 - discordance)) + reach;
  const low = Math.max(1, Math.floor(cases * discordance - spread));
  const high = Math.min(cases, Math.ceil(cases * discordance + spread));
  const share = Math.min(1, lost / discordance);
  return rejectionLine(low, high, alpha).reduce((power, losses, index) => {
    const discordant = low + index;
    if (losses > discordant) return power;
    const weight = between(discordant, discordant, cases, discordance);
    return power + weight * between(losses, discordant, discordant, share);
  }, 0);
};
