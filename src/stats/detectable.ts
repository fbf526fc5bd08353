import { requireBetween, requireCount, requirePositive, requireWithin } from './domain.ts';
import { mcnemarPower } from './mcnemar-power.ts';
import { zForTail } from './normal.ts';
import { findRoot } from './root.ts';

export type TestStrength = {
  /** Two-sided. */
  readonly alpha?: number;
  /** Chance to find the drop if it is there. */
  readonly power?: number;
};

/**
 * Share of cases whose result differs between two runs with the same pass rate: 2p(1 − p)(1 − ρ), with ρ the
 * correlation of both results over cases (0.3 to 0.7 between frontier models; Miller 2024, arXiv:2411.00640).
 */
export const discordanceOf = (passRate: number, correlation = 0): number =>
  2 *
  requireWithin('passRate', passRate, 0, 1) *
  (1 - passRate) *
  (1 - requireWithin('correlation', correlation, 0, 1));

/**
 * Cases needed to find a `drop` (share) by McNemar's test where a share `discordance` ≥ `drop` of the cases differs:
 * ⌈(z_{α/2}·sqrt(ψ) + z_β·sqrt(ψ − δ²))² / δ²⌉. Connor 1987, Biometrics 43:207.
 */
export const connorCases = (
  discordance: number,
  drop: number,
  { alpha = 0.05, power = 0.8 }: TestStrength = {},
): number => {
  requireWithin('discordance', discordance, requirePositive('drop', drop), 1);
  const wanted =
    zForTail(alpha / 2) * Math.sqrt(discordance) + zForTail(1 - power) * Math.sqrt(discordance - drop ** 2);
  return Math.ceil(wanted ** 2 / drop ** 2);
};

/**
 * Smallest drop in the pass rate (share) that the exact McNemar test of `cases` pairs finds with `power`, where a
 * share `discordance` of the cases differs between the sides (at least the drop itself: what drops, differs).
 * From the exact power, because Connor's formula promises too much below some hundred cases. null if not even a drop
 * of every case would be found: below 6 cases at α = 0.05.
 */
export const smallestDetectableDrop = (
  cases: number,
  discordance: number,
  { alpha = 0.05, power = 0.8 }: TestStrength = {},
): number | null => {
  requireCount('cases', cases);
  requireWithin('discordance', discordance, 0, 1);
  requireBetween('power', power);
  const lack = (drop: number): number => {
    const differing = Math.max(discordance, drop);
    return mcnemarPower(cases, (differing + drop) / 2, (differing - drop) / 2, alpha) - power;
  };
  return lack(1) < 0 ? null : findRoot(lack, 0, 1, 1e-6);
};

export type ScoreNoise = {
  /** ω²: variance over cases of the true difference between the sides. */
  readonly differenceVariance: number;
  /** Mean variance of one trial around its case's true score, and trials per case, on either side. */
  readonly baselineVariance?: number;
  readonly candidateVariance?: number;
  readonly baselineTrials?: number;
  readonly candidateTrials?: number;
};

/** (z_{α/2} + z_β)² · (ω² + σ²_A/K_A + σ²_B/K_B). */
const noiseScale = (noise: ScoreNoise, { alpha = 0.05, power = 0.8 }: TestStrength): number => {
  const { baselineVariance = 0, candidateVariance = 0, baselineTrials = 1, candidateTrials = 1 } = noise;
  const variance =
    requireWithin('differenceVariance', noise.differenceVariance, 0, Number.MAX_VALUE) +
    requireWithin('baselineVariance', baselineVariance, 0, Number.MAX_VALUE) /
      requireCount('baselineTrials', baselineTrials, 1) +
    requireWithin('candidateVariance', candidateVariance, 0, Number.MAX_VALUE) /
      requireCount('candidateTrials', candidateTrials, 1);
  return (zForTail(alpha / 2) + zForTail(1 - power)) ** 2 * variance;
};

/**
 * Cases needed to find a mean paired difference of scores (in the scores' unit), with repeated trials:
 * ⌈(z_{α/2} + z_β)²(ω² + σ²_A/K_A + σ²_B/K_B)/δ²⌉. Miller 2024, arXiv:2411.00640, "power analysis".
 */
export const millerCases = (difference: number, noise: ScoreNoise, strength: TestStrength = {}): number =>
  Math.ceil(noiseScale(noise, strength) / requirePositive('difference', difference) ** 2);

/** The smallest mean paired difference that `cases` find: Miller's formula solved for δ. null without cases. */
export const smallestDetectableDifference = (
  cases: number,
  noise: ScoreNoise,
  strength: TestStrength = {},
): number | null =>
  requireCount('cases', cases) === 0 ? null : Math.sqrt(noiseScale(noise, strength) / cases);
