import { requireBetween, requireCount } from './domain.ts';

export type SprtHypotheses = {
  /** A side that passes at least this share of its trials is good. */
  readonly good: number;
  /** A side that passes at most this share is bad; below `good`. */
  readonly bad: number;
  /** Chance that a good side is judged bad. */
  readonly alpha: number;
  /** Chance that a bad side is judged good. */
  readonly beta: number;
};

/** With these a side is judged when its passes lead its failures by 4, or the reverse. */
export const sprtDefaults: SprtHypotheses = { good: 0.9, bad: 0.1, alpha: 0.001, beta: 0.001 };

export type SprtBounds = {
  /** What a pass adds to the log likelihood ratio of good against bad, in nats; above 0. */
  readonly perPass: number;
  /** What a failure adds; below 0. */
  readonly perFailure: number;
  /** Judged good from here up. */
  readonly goodFrom: number;
  /** Judged bad from here down. */
  readonly badFrom: number;
};

/**
 * Wald's bounds: ln((1 − α)/β) above and ln(α/(1 − β)) below, for steps of ln(good/bad) and
 * ln((1 − good)/(1 − bad)). Wald 1945, Annals of Mathematical Statistics 16:117.
 */
export const sprtBounds = (hypotheses: SprtHypotheses = sprtDefaults): SprtBounds => {
  const { good, bad, alpha, beta } = hypotheses;
  requireBetween('good', good);
  requireBetween('bad', bad, good);
  requireBetween('alpha', alpha, 0.5);
  requireBetween('beta', beta, 0.5);
  return {
    perPass: Math.log(good / bad),
    perFailure: Math.log((1 - good) / (1 - bad)),
    goodFrom: Math.log((1 - alpha) / beta),
    badFrom: Math.log(alpha / (1 - beta)),
  };
};

/** What independent trials say so far (sequential probability ratio test); `open` asks for another trial. */
export const sprtDecision = (
  passes: number,
  failures: number,
  hypotheses: SprtHypotheses = sprtDefaults,
): 'good' | 'bad' | 'open' => {
  const { perPass, perFailure, goodFrom, badFrom } = sprtBounds(hypotheses);
  const ratio = requireCount('passes', passes) * perPass + requireCount('failures', failures) * perFailure;
  // Both hypotheses enter as rounded decimals: a bound that is reached up to rounding is reached.
  if (ratio >= goodFrom - 1e-9) return 'good';
  return ratio <= badFrom + 1e-9 ? 'bad' : 'open';
};
