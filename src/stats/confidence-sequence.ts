import { requireBetween, requireCount, requireFinite, requirePositive, requireWithin } from './domain.ts';
import type { Interval } from './proportion.ts';

/** 1 watches one direction and either bound alone holds at α; 2 holds for both bounds together. */
export type Sides = 1 | 2;

export type SequentialDesign = {
  /** Error rate over all looks together, however many. Default 0.05. */
  readonly alpha?: number;
  /** Units of both sides at which the interval is narrowest; it holds at any number. */
  readonly plannedUnits: number;
  /** Default 1. */
  readonly sides?: Sides;
};

/** One look: units of both sides so far, and the estimate's standard error in its own unit. */
export type Look = { readonly difference: number; readonly standardError: number; readonly units: number };

/** sqrt((−2 ln a + ln(1 − 2 ln a))/N*), with a = α for two sides and 2α for one. Waudby-Smith et al., arXiv:2103.06476, eq. 161. */
export const mixtureRho = ({ alpha = 0.05, plannedUnits, sides = 1 }: SequentialDesign): number => {
  const spent =
    -2 * Math.log(sides === 1 ? 2 * requireBetween('alpha', alpha, 0.5) : requireBetween('alpha', alpha));
  return Math.sqrt((spent + Math.log(spent + 1)) / requireCount('plannedUnits', plannedUnits, 1));
};

/**
 * Half width of the interval in standard errors after `units`:
 * two-sided sqrt(2(Nρ² + 1)/(Nρ²) · ln(sqrt(Nρ² + 1)/α)), eq. 9 (arXiv:2103.06476v7);
 * one-sided sqrt(2(Nρ² + 1)/(Nρ²) · ln(1 + sqrt(Nρ² + 1)/(2α))), eq. 134.
 */
export const sequentialZ = (units: number, design: SequentialDesign): number => {
  const { alpha = 0.05, sides = 1 } = design;
  const time = requireCount('units', units, 1) * mixtureRho(design) ** 2;
  const evidence =
    sides === 2 ? Math.log(Math.sqrt(time + 1) / alpha) : Math.log1p(Math.sqrt(time + 1) / (2 * alpha));
  return Math.sqrt((2 * (time + 1) * evidence) / time);
};

/**
 * Always-valid interval of a difference at this look: looking as often as one likes keeps the error at α over all looks
 * (asymptotic confidence sequence, Waudby-Smith, Arbour, Sinha, Kennedy & Ramdas, arXiv:2103.06476). null before
 * any unit and where nothing varied yet (standard error 0): that is no certainty.
 */
export const sequentialInterval = (look: Look, design: SequentialDesign): Interval | null => {
  requireFinite('difference', look.difference);
  requireWithin('standardError', look.standardError, 0, Number.MAX_VALUE);
  if (requireCount('units', look.units) === 0 || look.standardError === 0) return null;
  const half = look.standardError * sequentialZ(look.units, design);
  return [look.difference - half, look.difference + half];
};

export type SequentialEvidence = {
  /** Evidence against no difference; at most 1 on average if there is none. */
  readonly eValue: number;
  /** min(1, 1/e): always-valid, two-sided. */
  readonly p: number;
};

/**
 * e-value of the two-sided normal mixture: exp(ρ²S/(2(Nρ² + 1)))/sqrt(Nρ² + 1), S = d²N/SE² (arXiv:2103.06476, eq. 155;
 * the statistic of mSPRT, Johari, Koomen, Pekelis & Walsh 2022, Operations Research 70:1806). ρ is that of two sides,
 * whatever the design says. null as for the interval.
 */
export const sequentialEvidence = (look: Look, design: SequentialDesign): SequentialEvidence | null => {
  if (sequentialInterval(look, design) === null) return null;
  const rho = requirePositive('rho', mixtureRho({ ...design, sides: 2 }));
  const time = look.units * rho ** 2;
  const z = look.difference / look.standardError;
  const logarithm = (z * z * time) / (2 * (time + 1)) - Math.log(time + 1) / 2;
  return { eValue: Math.min(Number.MAX_VALUE, Math.exp(logarithm)), p: Math.min(1, Math.exp(-logarithm)) };
};
