import { requireBetween, requireCount, requirePositive } from './domain.ts';
import { zForTail } from './normal.ts';
import { findRoot } from './root.ts';

export type RollOutDesign = {
  /** Rate of the bad event on the stable side, as a share. */
  readonly baseRate: number;
  /** Candidate's share of all units; the rest is the control. */
  readonly share: number;
  /** One-sided. */
  readonly alpha?: number;
  readonly power?: number;
  /** designEffect of units that come in clusters; 1 if they are independent. */
  readonly designEffect?: number;
};

/** What clusters of `size` units with intraclass correlation `icc` cost: 1 + (m − 1)·ICC. Kish 1965, Survey Sampling. */
export const designEffect = (size: number, icc: number): number =>
  1 + (requireCount('size', size, 1) - 1) * icc;

/** Candidate units, unrounded, with r controls per candidate. */
const unitsFor = (design: RollOutDesign, rise: number): number => {
  const { baseRate, share, alpha = 0.05, power = 0.8, designEffect: effect = 1 } = design;
  const rate = baseRate * (1 + rise);
  const controls = (1 - share) / share;
  const variance = rate * (1 - rate) + (baseRate * (1 - baseRate)) / controls;
  return (effect * (zForTail(alpha) + zForTail(1 - power)) ** 2 * variance) / (rate - baseRate) ** 2;
};

const checked = (design: RollOutDesign): RollOutDesign => {
  requireBetween('baseRate', design.baseRate);
  requireBetween('share', design.share);
  requirePositive('designEffect', design.designEffect ?? 1);
  return design;
};

/**
 * Judged candidate units needed to see the rate rise by the share `rise` (0.1 = +10 %), at one planned look:
 * n = (z_α + z_β)²(p₁q₁ + p₀q₀/r)/(p₁ − p₀)² with r = control/candidate units.
 * Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions. Peeking costs up to 2.1 times that.
 */
export const candidateUnitsNeeded = (design: RollOutDesign, rise: number): number => {
  requirePositive('rise', rise);
  requireBetween('baseRate × (1 + rise)', design.baseRate * (1 + rise));
  return Math.ceil(unitsFor(checked(design), rise));
};

/**
 * Smallest relative rise of the rate (0.1 = +10 %) that `units` judged in all (candidate and control) can show at
 * one look. null if not even a rate of nearly 1 would be seen.
 */
export const smallestDetectableRise = (units: number, design: RollOutDesign): number | null => {
  const { baseRate, share } = checked(design);
  const candidates = requireCount('units', units) * share;
  const most = (1 / baseRate - 1) * (1 - 1e-9);
  const lack = (rise: number): number => Math.log(unitsFor(design, rise)) - Math.log(candidates);
  if (candidates === 0 || lack(most) > 0) return null;
  return findRoot(lack, 1e-9, most, 1e-9);
};
