import type { Change, SideState, Trial } from '../model/run.ts';
import { countAnswers, judgeSide, meaningOf, type SideRule } from './judge-side.ts';

/**
 * What all trials of one side say together: what the test decided; else what they agree on; else `flaky`.
 * Trials without an answer count only where there is no answer at all.
 */
export const sideState = (trials: readonly Trial[], rule: SideRule): SideState => {
  const { passed, answered } = countAnswers(trials);
  if (answered === 0)
    return trials.find(({ status }) => status === 'errored')?.status ?? trials[0]?.status ?? 'missing';
  const judged = judgeSide(trials, rule);
  if (judged === 'good' || passed === answered) return 'passed';
  if (judged === 'open' && passed > 0) return 'flaky';
  const bad = trials.filter((trial) => meaningOf(trial) === 'bad').map(({ status }) => status);
  return bad.includes('failed') ? 'failed' : (bad[0] ?? 'failed');
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
