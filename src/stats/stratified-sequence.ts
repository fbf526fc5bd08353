import { requireBetween, requireFinite, requirePositive, requireWithin } from './domain.ts';
import { type Stratum, stratumWeight } from './strata.ts';

export type StratifiedLook = {
  /** Weighted mean difference over the steps, and its always-valid bounds, each of which holds alone at α. */
  readonly difference: number;
  readonly lower: number;
  readonly upper: number;
  /** Always-valid, one-sided against harm: below α exactly where `lower` is above 0. */
  readonly p: number;
  /** V, what has been learnt so far; the bound is tightest at the planned one. */
  readonly intrinsicTime: number;
};

const checked = (strata: readonly Stratum[]): readonly Stratum[] => {
  for (const { candidateUnits, stableUnits, difference, variance } of strata) {
    requireWithin('candidateUnits', candidateUnits, 0, Number.MAX_VALUE);
    requireWithin('stableUnits', stableUnits, 0, Number.MAX_VALUE);
    requireFinite('difference', difference);
    requireWithin('variance', variance, 0, Number.MAX_VALUE);
  }
  return strata;
};

export type StratifiedDesign = {
  /** One-sided, over all looks together; below ½. With m metrics α/m each. */
  readonly alpha?: number;
  /** V₀, where the bound is to be tightest (plannedIntrinsicTime). */
  readonly plannedTime: number;
};

/**
 * Difference between the sides over the steps of a roll-out, compared within each step only, so that a base rate that
 * drifts while the split grows is no effect. S = Σ w_k d_k, V = Σ w_k² v_k; harm is shown at any look where
 * S > sqrt(2(V + r) · ln(1 + sqrt((V + r)/r)/(2α))), with r = V₀/(−2 ln 2α + ln(1 − 2 ln 2α)).
 * One-sided normal mixture: Robbins 1970, Ann. Math. Stat. 41:1397; Howard, Ramdas, McAuliffe & Sekhon 2021,
 * Ann. Stat. 49:1055. With one step it is the one-sided confidence sequence. null before both sides were seen in a
 * step, and where nothing varied yet.
 */
export const stratifiedSequence = (
  strata: readonly Stratum[],
  { alpha = 0.05, plannedTime }: StratifiedDesign,
): StratifiedLook | null => {
  const spent = -2 * Math.log(2 * requireBetween('alpha', alpha, 0.5));
  const tuning = requirePositive('plannedTime', plannedTime) / (spent + Math.log(spent + 1));
  let [score, intrinsicTime, weights] = [0, 0, 0];
  for (const { candidateUnits, stableUnits, difference, variance } of checked(strata)) {
    const w = stratumWeight(candidateUnits, stableUnits);
    weights += w;
    score += w * difference;
    intrinsicTime += w * w * variance;
  }
  if (weights === 0 || intrinsicTime === 0) return null;
  const time = intrinsicTime + tuning;
  const spread = Math.sqrt(time / tuning) / 2;
  const half = Math.sqrt(2 * time * Math.log1p(spread / alpha));
  const evidence = Math.expm1(score ** 2 / (2 * time));
  return {
    difference: score / weights,
    lower: (score - half) / weights,
    upper: (score + half) / weights,
    p: score <= 0 ? 1 : Math.min(1, spread / evidence),
    intrinsicTime,
  };
};
