import type { Trial } from '../model/run.ts';
import { type SprtHypotheses, sprtDecision } from '../stats/sprt.ts';

/** How the trials of a side are read. */
export type SideRule = {
  readonly sprt: SprtHypotheses;
  /** A critical case: every answer has to be good (pass^k). */
  readonly critical: boolean;
};

/** An answer that is not good is evidence against the prompt; no answer is evidence of nothing. */
export const meaningOf = (trial: Trial): 'good' | 'bad' | 'none' => {
  switch (trial.status) {
    case 'passed':
      return 'good';
    case 'failed':
    case 'blocked':
    case 'truncated':
      return 'bad';
    case 'errored':
    case 'skipped':
      return 'none';
  }
};

/** Trials of one side that gave an answer, and how many of those were good. */
export const countAnswers = (trials: readonly Trial[]): { passed: number; answered: number } => {
  let passed = 0;
  let answered = 0;
  for (const trial of trials) {
    const meaning = meaningOf(trial);
    if (meaning !== 'none') answered++;
    if (meaning === 'good') passed++;
  }
  return { passed, answered };
};

/**
 * Whether the trials so far decide: Wald's SPRT of p ≥ good against p ≤ bad (gate.md, "A cell"); with the
 * defaults a lead of 4. A critical side is bad with its first bad answer, and good only when all trials are in.
 */
export const judgeSide = (trials: readonly Trial[], rule: SideRule): 'good' | 'bad' | 'open' => {
  const { passed, answered } = countAnswers(trials);
  if (rule.critical) return passed < answered ? 'bad' : 'open';
  return sprtDecision(passed, answered - passed, rule.sprt);
};
