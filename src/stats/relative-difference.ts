import { requireCount, requireFinite, requireWithin } from './domain.ts';

export type SampleSummary = {
  /** Units, each counted once. */
  readonly n: number;
  readonly mean: number;
  /** Variance of one unit; p(1 − p) for a rate. */
  readonly variance: number;
};

export type Estimate = { readonly difference: number; readonly standardError: number };

const checked = (name: string, sample: SampleSummary): SampleSummary => {
  requireCount(`n of the ${name}`, sample.n);
  requireFinite(`mean of the ${name}`, sample.mean);
  requireWithin(`variance of the ${name}`, sample.variance, 0, Number.MAX_VALUE);
  return sample;
};

/** candidate − stable, in the metric's unit, with SE = sqrt(σ²_c/n_c + σ²_s/n_s). null if a side has no unit. */
export const absoluteDifference = (stable: SampleSummary, candidate: SampleSummary): Estimate | null => {
  const [before, now] = [checked('stable side', stable), checked('candidate', candidate)];
  if (before.n === 0 || now.n === 0) return null;
  return {
    difference: now.mean - before.mean,
    standardError: Math.sqrt(now.variance / now.n + before.variance / before.n),
  };
};

/**
 * (candidate − stable)/stable as a share, with the delta method's
 * SE² = σ²_c/(n_c·m_s²) + σ²_s·m_c²/(n_s·m_s⁴). null if a side has no unit or the stable mean is 0.
 * Deng, Knoblich & Lu 2018, KDD, arXiv:1803.06336 §2; the form GrowthBook reports.
 */
export const relativeDifference = (stable: SampleSummary, candidate: SampleSummary): Estimate | null => {
  const [before, now] = [checked('stable side', stable), checked('candidate', candidate)];
  if (before.n === 0 || now.n === 0 || before.mean === 0) return null;
  const fromCandidate = now.variance / (now.n * before.mean ** 2);
  const fromStable = (before.variance * now.mean ** 2) / (before.n * before.mean ** 4);
  return {
    difference: (now.mean - before.mean) / before.mean,
    standardError: Math.sqrt(fromCandidate + fromStable),
  };
};
