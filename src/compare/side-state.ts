import type { Change, SideState, Trial } from '../model/run.ts';

/** An answer that is not good is evidence against the prompt; no answer is evidence of nothing. */
const meaning = (trial: Trial): 'good' | 'bad' | 'none' => {
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
export const countAnswers = (trials: readonly Trial[]): { passed: number; answered: number } => ({
  passed: trials.filter((trial) => meaning(trial) === 'good').length,
  answered: trials.filter((trial) => meaning(trial) !== 'none').length,
});

/** Whether a judge disagreed with itself on one of these answers, so that they decide nothing (gate.md, "The run"). */
export const isJudgeSplit = (trials: readonly Trial[]): boolean =>
  trials.some((trial) => 'judgeSplit' in trial && trial.judgeSplit === true);

/**
 * What all trials of one side say together: all agree, or they are `flaky`; so is a side on whose answer the
 * judge disagreed with itself, which is never broken. Trials without an answer count
 * only where there is no answer at all.
 */
export const sideState = (trials: readonly Trial[]): SideState => {
  const answers = trials.filter((trial) => meaning(trial) !== 'none');
  if (answers.length === 0)
    return trials.find(({ status }) => status === 'errored')?.status ?? trials[0]?.status ?? 'missing';
  if (isJudgeSplit(answers)) return 'flaky';
  const { passed } = countAnswers(trials);
  if (passed === answers.length) return 'passed';
  if (passed > 0) return 'flaky';
  const statuses = new Set(answers.map(({ status }) => status));
  return statuses.has('failed') ? 'failed' : (answers[0]?.status ?? 'failed');
};

const verdictOf = (state: SideState): 'good' | 'bad' | 'flaky' | 'none' => {
  switch (state) {
    case 'passed':
      return 'good';
    case 'failed':
    case 'blocked':
    case 'truncated':
      return 'bad';
    case 'flaky':
      return 'flaky';
    case 'errored':
    case 'skipped':
    case 'missing':
      return 'none';
  }
};

const pairs = {
  good: { good: 'stillPassing', bad: 'broken' },
  bad: { good: 'fixed', bad: 'stillFailing' },
} as const;

/** What became of a cell; null stands for a side that does not exist (gate.md, "A cell"). */
export const changeOf = (baseline: SideState | null, candidate: SideState | null): Change => {
  if (candidate === null) return 'removed';
  const now = verdictOf(candidate);
  if (now === 'none') return 'undecided';
  if (baseline === null) return now === 'flaky' ? 'flaky' : now === 'good' ? 'added' : 'broken';
  const before = verdictOf(baseline);
  if (before === 'none') return 'undecided';
  if (before === 'flaky' || now === 'flaky') return 'flaky';
  return pairs[before][now];
};
