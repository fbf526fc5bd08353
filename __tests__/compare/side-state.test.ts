import { describe, expect, test } from '@jest/globals';
import { isJudgeSplit } from '../../src/compare/judge-side.ts';
import { changeOf, sideState } from '../../src/compare/side-state.ts';
import { sprtDefaults } from '../../src/stats/sprt.ts';
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
    [['passed', 'errored', 'errored'], 'errored'],
    [['failed', 'errored'], 'failed'],
    [['failed', 'blocked'], 'failed'],
    [['truncated', 'blocked'], 'truncated'],
    [['skipped', 'errored'], 'errored'],
  ])('%j is %s', (statuses, expected) => {
    expect(sideState(statuses.map(trial), { sprt: sprtDefaults, critical: false })).toBe(expected);
  });
});

describe('a side whose trials disagree', () => {
  const many = (passed: number, failed: number): Trial[] => [
    ...Array.from({ length: passed }, () => trial('passed')),
    ...Array.from({ length: failed }, () => trial('failed')),
  ];

  test.each<[number, number, boolean, SideState]>([
    [5, 1, false, 'passed'],
    [1, 5, false, 'failed'],
    [4, 1, false, 'flaky'],
    [4, 4, false, 'flaky'],
    [8, 0, true, 'passed'],
    [7, 1, true, 'failed'],
    [0, 8, true, 'failed'],
  ])('%d passed, %d failed, critical %s: %s', (passed, failed, critical, expected) => {
    expect(sideState(many(passed, failed), { sprt: sprtDefaults, critical })).toBe(expected);
  });
});

describe('a judge that disagrees with itself', () => {
  const rule = { sprt: sprtDefaults, critical: false };
  const split = (status: 'passed' | 'failed'): Trial => ({
    status,
    completion,
    checks: [],
    judgeSplit: true,
  });

  test.each<[string, Trial[]]>([
    ['a pass by 2:1', [split('passed')]],
    ['a fail by 2:1', [split('failed')]],
    ['one of many', [trial('failed'), trial('failed'), split('failed')]],
  ])('%s is flaky', (_name, trials) => {
    expect([sideState(trials, rule), isJudgeSplit(trials)]).toEqual(['flaky', true]);
  });

  test('such a cell is never broken, and never fixed', () => {
    const flaky = sideState([split('failed')], rule);
    expect(changeOf('passed', flaky)).toBe('flaky');
    expect(changeOf(flaky, 'failed')).toBe('flaky');
    expect(changeOf(null, flaky)).toBe('flaky');
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
