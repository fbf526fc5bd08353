import type { Change, SideState, Trial } from '../model/run.ts';
import { countAnswers, isJudgeSplit, judgeSide, meaningOf, type SideRule } from './judge-side.ts';

/** Why there is no verdict on a side: the first fault, else why nothing was asked. */
const withoutAnswer = (trials: readonly Trial[]): SideState =>
  trials.find(({ status }) => status === 'errored')?.status ??
  trials.find(({ status }) => status === 'skipped')?.status ??
  'missing';

/**
 * What all trials of one side say together: what the test decided; else what they agree on; else `flaky`. Answers on
 * which the judge disagreed with itself are set aside; if they are what it hangs on, the side is `flaky`, never
 * broken. A good side needs an answer to half of its trials at least, and a critical one to all of them: a fault
 * is no evidence, and a few answers of many are too little of it.
 */
export const sideState = (trials: readonly Trial[], rule: SideRule): SideState => {
  const settled = trials.filter((trial) => !isJudgeSplit([trial]));
  const { passed, answered } = countAnswers(settled);
  const split = settled.length < trials.length;
  if (answered === 0) return split ? 'flaky' : withoutAnswer(trials);
  const judged = judgeSide(settled, rule);
  if (judged === 'bad' || (passed === 0 && !split)) return badState(settled);
  if (split && judged === 'open') return 'flaky';
  const enough = rule.critical ? answered === settled.length : 2 * answered >= settled.length;
  if (!enough) return withoutAnswer(settled);
  return judged === 'good' || passed === answered ? 'passed' : 'flaky';
};

const badState = (trials: readonly Trial[]): SideState => {
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
