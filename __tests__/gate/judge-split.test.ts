import { describe, expect, test } from '@jest/globals';
import { columnsOf } from '../../src/compare/columns.ts';
import { judgesOf } from '../../src/compare/judges.ts';
import { judgeRun } from '../../src/gate/judge-run.ts';
import { defaultPolicy } from '../../src/model/policy.ts';
import type { CellRecord, Check, SideRecord } from '../../src/model/run.ts';
import { cell, cells, side } from './cells.ts';

const check = (votes: readonly number[], rest: Partial<NonNullable<Check['judge']>> = {}): Check => {
  const passed = votes.filter((score) => score >= 0.5).length;
  return {
    type: 'llm-rubric',
    pass: passed * 2 > votes.length,
    score: votes[0] ?? 0,
    reason: '',
    metric: null,
    weight: 1,
    severity: 'block',
    expected: 'is kind',
    line: 1,
    judge: {
      provider: 'openai:gpt-5-mini',
      model: 'gpt-5-mini-2026-08-07',
      votes: [...votes],
      agreement: Math.max(passed, votes.length - passed) / votes.length,
      promptVersion: 'rubric/1',
      ...rest,
    },
  };
};
const agreed = (): SideRecord => side('passed', { checks: [check([1, 1])] });
const torn = (): SideRecord => ({ ...side('flaky', { checks: [check([1, 0, 0])] }), cause: 'judge' });

const sure = () => cell('passed', 'passed', { baseline: agreed(), candidate: agreed() });
const split = (rest: Partial<CellRecord> = {}) =>
  cell('passed', 'flaky', { baseline: agreed(), candidate: torn(), ...rest });
const judge = (list: readonly CellRecord[]) =>
  judgeRun({
    cells: list,
    matrix: columnsOf(list),
    demanded: null,
    tampering: [],
    rules: defaultPolicy().gate,
    circumstances: [],
  });
const times = <Value>(count: number, make: () => Value): Value[] => Array.from({ length: count }, make);

describe('a judge that disagrees with itself', () => {
  test.each<[string, () => CellRecord[], string, string | null]>([
    ['nowhere', () => times(20, sure), 'pass', null],
    ['in one cell of one', () => [split()], 'pass', 'in 1 cell'],
    ['in two of twenty', () => [...times(18, sure), ...times(2, split)], 'pass', 'in 2 cells'],
    ['in a quarter', () => [...times(9, sure), ...times(3, split)], 'pass', 'in 3 cells'],
    ['in more', () => [...times(8, sure), ...times(4, split)], 'undecided', 'in 33.3 % of 12 judged cells'],
    [
      'in more, where cells without a judge are no excuse',
      () => [...cells(500, 'passed', 'passed'), ...times(8, sure), ...times(4, split)],
      'undecided',
      'in 33.3 % of 12 judged cells',
    ],
    ['in cells that cannot block', () => times(12, () => split({ severity: 'warn' })), 'pass', null],
  ])('%s', (_name, list, outcome, where) => {
    const verdict = judge(list());
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.reasons).toEqual(
      where === null
        ? []
        : [
            {
              code: 'judge-split',
              message: `the judge disagrees with itself on the same answer ${where}: tighten the rubric`,
              blocking: outcome !== 'pass',
              cells: expect.any(Array),
            },
          ],
    );
  });
});

describe('judges of a run', () => {
  test('agreement, models, words and known answers', () => {
    const other = check([0.9], { provider: 'anthropic:claude-haiku-4-5', model: null });
    const list = [sure(), split(), cell(null, 'passed', { candidate: side('passed', { checks: [other] }) })];
    const reports = [
      { judge: 'openai:gpt-5-mini', asked: 2, wrong: 0 },
      { judge: 'mistral:large', asked: 2, wrong: 1 },
    ];
    expect(judgesOf(list, reports)).toEqual([
      {
        provider: 'anthropic:claude-haiku-4-5',
        models: [],
        promptVersions: ['rubric/1'],
        checks: 1,
        votes: 1,
        split: 0,
        agreement: null,
        knownAnswers: { asked: 0, wrong: 0 },
      },
      {
        provider: 'mistral:large',
        models: [],
        promptVersions: [],
        checks: 0,
        votes: 0,
        split: 0,
        agreement: null,
        knownAnswers: { asked: 2, wrong: 1 },
      },
      {
        provider: 'openai:gpt-5-mini',
        models: ['gpt-5-mini-2026-08-07'],
        promptVersions: ['rubric/1'],
        checks: 4,
        votes: 9,
        split: 1,
        agreement: 0.916666666667,
        knownAnswers: { asked: 2, wrong: 0 },
      },
    ]);
  });

  test('no judge, no entry', () => {
    expect(judgesOf(cells(2, 'passed', 'passed'), [])).toEqual([]);
  });
});
