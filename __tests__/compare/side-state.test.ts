import { describe, expect, test } from '@jest/globals';
import { changeOf, sideState } from '../../src/compare/side-state.ts';
import type { Completion } from '../../src/model/provider.ts';
import type { Change, SideState, Trial } from '../../src/model/run.ts';

const completion: Completion = {
  text: 'an answer',
  toolCalls: [],
  finish: { reason: 'stop', raw: 'stop' },
  usage: null,
  latencyMs: 1,
  costUsd: 0,
  model: null,
  cached: false,
};

const trial = (status: Trial['status']): Trial => {
  if (status === 'errored') return { status, error: { kind: 'retryable', message: 'reset', status: null } };
  if (status === 'skipped') return { status, reason: 'budget' };
  return { status, completion, checks: [] };
};

describe('one side', () => {
  test.each<[Trial['status'][], SideState]>([
    [['passed'], 'passed'],
    [['failed'], 'failed'],
    [['blocked'], 'blocked'],
    [['truncated'], 'truncated'],
    [['errored'], 'errored'],
    [['skipped'], 'skipped'],
    [[], 'missing'],
    [['passed', 'failed'], 'flaky'],
    [['passed', 'truncated'], 'flaky'],
    [['passed', 'errored'], 'passed'],
    [['failed', 'errored'], 'failed'],
    [['failed', 'blocked'], 'failed'],
    [['truncated', 'blocked'], 'truncated'],
    [['skipped', 'errored'], 'errored'],
  ])('%j is %s', (statuses, expected) => {
    expect(sideState(statuses.map(trial))).toBe(expected);
  });
});

describe('a cell', () => {
  test.each<[SideState | null, SideState | null, Change]>([
    ['passed', 'passed', 'stillPassing'],
    ['passed', 'failed', 'broken'],
    ['passed', 'blocked', 'broken'],
    ['passed', 'truncated', 'broken'],
    ['failed', 'passed', 'fixed'],
    ['failed', 'failed', 'stillFailing'],
    ['blocked', 'failed', 'stillFailing'],
    ['flaky', 'passed', 'flaky'],
    ['passed', 'flaky', 'flaky'],
    ['passed', 'errored', 'undecided'],
    ['errored', 'failed', 'undecided'],
    ['passed', 'skipped', 'undecided'],
    ['passed', 'missing', 'undecided'],
    [null, 'passed', 'added'],
    [null, 'failed', 'broken'],
    [null, 'flaky', 'flaky'],
    [null, 'errored', 'undecided'],
    ['passed', null, 'removed'],
  ])('%s → %s is %s', (baseline, candidate, expected) => {
    expect(changeOf(baseline, candidate)).toBe(expected);
  });
});
