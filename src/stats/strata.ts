import { requirePart, requirePositive } from './domain.ts';
import type { Tally } from './newcombe.ts';
import type { SampleSummary } from './relative-difference.ts';

/** One step of a roll-out: both sides at the same time and the same split. */
export type Stratum = {
  readonly candidateUnits: number;
  readonly stableUnits: number;
  /** candidate − stable, in the metric's unit; above 0 is worse. */
  readonly difference: number;
  /** Variance of that difference if there is no effect; clustered where units are. */
  readonly variance: number;
};

/** How much a step tells: n₁n₀/(n₁ + n₀) units; 0 while a side has none. */
export const stratumWeight = (candidateUnits: number, stableUnits: number): number =>
  candidateUnits === 0 || stableUnits === 0
    ? 0
    : (candidateUnits * stableUnits) / (candidateUnits + stableUnits);

/** A step of a rate: difference of the rates, variance pooled as if they were one. `successes` are the bad events. */
export const rateStratum = (stable: Tally, candidate: Tally): Stratum => {
  requirePart('events of the stable side', stable.successes, stable.n);
  requirePart('events of the candidate', candidate.successes, candidate.n);
  const stratum = { candidateUnits: candidate.n, stableUnits: stable.n };
  if (stable.n === 0 || candidate.n === 0) return { ...stratum, difference: 0, variance: 0 };
  const pooled = (stable.successes + candidate.successes) / (stable.n + candidate.n);
  return {
    ...stratum,
    difference: candidate.successes / candidate.n - stable.successes / stable.n,
    variance: (pooled * (1 - pooled)) / stratumWeight(candidate.n, stable.n),
  };
};

/** A step of a mean (latency, cost, score). */
export const meanStratum = (stable: SampleSummary, candidate: SampleSummary): Stratum => ({
  candidateUnits: candidate.n,
  stableUnits: stable.n,
  difference: stable.n === 0 || candidate.n === 0 ? 0 : candidate.mean - stable.mean,
  variance:
    stable.n === 0 || candidate.n === 0 ? 0 : stable.variance / stable.n + candidate.variance / candidate.n,
});

/** The planned intrinsic time V₀ for a metric whose unit has `unitVariance` (p(1 − p) for a rate): Σ w_k · σ². */
export const plannedIntrinsicTime = (
  unitVariance: number,
  steps: readonly Pick<Stratum, 'candidateUnits' | 'stableUnits'>[],
): number =>
  requirePositive('unitVariance', unitVariance) *
  steps.reduce((sum, step) => sum + stratumWeight(step.candidateUnits, step.stableUnits), 0);
