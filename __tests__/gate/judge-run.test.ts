import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf } from '../../src/compare/columns.ts';
import { judgeRun, type Ruling } from '../../src/gate/judge-run.ts';
import { defaultPolicy, type GateRules, policySchema } from '../../src/model/policy.ts';
import {
  type CellRecord,
  type Outcome,
  type SideState,
  sideStates,
  type Tampering,
} from '../../src/model/run.ts';
import { cell, cells, side } from './cells.ts';

type GateInput = Parameters<typeof policySchema.parse>[0];

const rules = (gate: GateInput): GateRules => policySchema.parse({ gate }).gate;

const judge = (
  list: readonly CellRecord[],
  rest: { rules?: GateRules; tampering?: readonly Tampering[]; circumstances?: readonly Ruling[] } = {},
) =>
  judgeRun({
    cells: list,
    matrix: columnsOf(list),
    demanded: null,
    tampering: rest.tampering ?? [],
    rules: rest.rules ?? defaultPolicy().gate,
    circumstances: rest.circumstances ?? [],
  });

const weakening: Tampering = {
  kind: 'case-removed',
  file: 'a.yml',
  line: 3,
  message: 'the case "x" was removed',
  weakening: true,
};

describe('outcome', () => {
  test.each<[string, CellRecord[], GateInput, Outcome, string[]]>([
    ['all still pass', cells(3, 'passed', 'passed'), {}, 'pass', []],
    ['nothing ran', [], {}, 'pass', []],
    ['one breaks', [...cells(20, 'passed', 'passed'), cell('passed', 'failed')], {}, 'fail', ['broken']],
    ['a new case that fails with no baseline', [cell(null, 'failed')], {}, 'fail', ['broken']],
    ['broken is only reported', [cell('passed', 'failed')], { broken: 'report' }, 'pass', ['broken']],
    ['broken is off', [cell('passed', 'failed')], { broken: 'off' }, 'pass', []],
    ['fails as before', cells(2, 'failed', 'failed'), {}, 'pass', ['already-failing']],
    [
      'fails as before, blocked by policy',
      cells(2, 'failed', 'failed'),
      { alreadyFailing: 'block' },
      'fail',
      ['already-failing'],
    ],
    ['flaky', [cell('passed', 'flaky')], {}, 'pass', []],
    [
      'errors above the coverage',
      [...cells(99, 'passed', 'passed'), cell('passed', 'errored')],
      {},
      'pass',
      ['coverage'],
    ],
    [
      'errors below the coverage',
      [...cells(9, 'passed', 'passed'), cell('passed', 'errored')],
      {},
      'undecided',
      ['coverage'],
    ],
    [
      'broken wins over undecided',
      [...cells(5, 'passed', 'errored'), cell('passed', 'failed')],
      {},
      'fail',
      ['broken', 'coverage'],
    ],
    ['a warning never blocks', [cell('passed', 'failed', { severity: 'warn' })], {}, 'pass', []],
    [
      'quarantine',
      [cell('passed', 'failed', { quarantined: 'model bug (@ada, until 2026-12-20)' })],
      {},
      'pass',
      [],
    ],
    ['expected to fail', [cell('passed', 'failed', { expectFail: 'known bug' })], {}, 'pass', []],
    [
      'expected to fail, and passes',
      [cell('failed', 'passed', { expectFail: 'known bug' })],
      {},
      'pass',
      ['expect-fail-fixed'],
    ],
    [
      'below an absolute bar',
      [...cells(8, 'passed', 'passed'), ...cells(2, 'failed', 'failed')],
      { passRate: { min: '90%' } },
      'fail',
      ['pass-rate', 'already-failing'],
    ],
    [
      'critical cell without an answer',
      [...cells(99, 'passed', 'passed'), cell('passed', 'errored', { critical: true })],
      {},
      'undecided',
      ['coverage'],
    ],
  ])('%s', (_name, list, gate, outcome, codes) => {
    const verdict = judge(list, { rules: rules(gate) });
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.reasons.map(({ code }) => code)).toEqual(codes);
  });

  test('a column that never answered is undecided however small its share', () => {
    const list = [...cells(200, 'passed', 'passed'), cell('errored', 'errored', { provider: 'other' })];
    const verdict = judge(list);
    expect(verdict).toMatchObject({ outcome: 'undecided', reasons: [{ code: 'provider-silent' }] });
    expect(verdict.reasons[0]?.message).toContain('503 overloaded');
  });

  test('a broken judge is undecided however small its share', () => {
    const error = { kind: 'judge', message: 'the judge gave no score', status: null };
    const judged = cell('passed', 'errored', { candidate: side('errored', { error }) });
    expect(judge([...cells(200, 'passed', 'passed'), judged])).toMatchObject({
      outcome: 'undecided',
      reasons: [{ code: 'judge-broken' }],
    });
  });

  test('weakened tests need approval, unless something worse stands', () => {
    expect(judge(cells(2, 'passed', 'passed'), { tampering: [weakening] }).outcome).toBe('needsApproval');
    expect(judge([cell('passed', 'failed')], { tampering: [weakening] }).outcome).toBe('fail');
    expect(
      judge(cells(2, 'passed', 'passed'), { tampering: [weakening], rules: rules({ weakened: 'report' }) })
        .outcome,
    ).toBe('pass');
    expect(
      judge(cells(2, 'passed', 'passed'), { tampering: [{ ...weakening, weakening: false }] }).reasons,
    ).toEqual([]);
  });

  test('needs approval is worse than undecided, and both are listed', () => {
    const list = cells(4, 'passed', 'errored');
    const verdict = judge(list, { tampering: [weakening] });
    expect(verdict.outcome).toBe('needsApproval');
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['weakened', 'provider-silent']);
  });
});

test('cases that the change adds cannot dilute what the base demands', () => {
  const own = [...cells(8, 'passed', 'passed'), ...cells(2, 'failed', 'failed')];
  const added = cells(400, 'passed', 'passed', { origin: 'head' });
  const all = [...own, ...added];
  const input = {
    cells: all,
    matrix: columnsOf(all),
    tampering: [],
    rules: rules({ passRate: { min: '90%' } }),
    circumstances: [],
  };
  expect(judgeRun({ ...input, demanded: null }).outcome).toBe('pass');
  expect(judgeRun({ ...input, demanded: { cells: own, matrix: columnsOf(own) } }).outcome).toBe('fail');
});

describe('sentences', () => {
  test('how many cases broke and where', () => {
    const both = ['haiku', 'mini'].map((provider) => cell('passed', 'failed', { case: 'refund', provider }));
    expect(judge(both).reasons[0]?.message).toBe('1 case broke on haiku, mini');
  });

  test('a significant drop names its numbers', () => {
    const list = [...cells(88, 'passed', 'passed'), ...cells(12, 'passed', 'failed')];
    const reason = judge(list).reasons.find(({ code }) => code === 'regression');
    expect(reason?.message).toBe(
      'pass rate on haiku (support.txt) fell from 100.0 % to 88.0 % over 100 cases, −12.0 points, 95 % CI −18.4 to −5.6, p < 0.001',
    );
  });

  test('a drop within the margin, or one that chance explains, is no regression', () => {
    const inMargin = [...cells(990, 'passed', 'passed'), ...cells(10, 'passed', 'failed')];
    expect(judge(inMargin).reasons.map(({ code }) => code)).not.toContain('regression');
    const chance = [...cells(10, 'passed', 'passed'), ...cells(2, 'passed', 'failed')];
    expect(judge(chance).reasons.map(({ code }) => code)).not.toContain('regression');
  });

  test('non-inferiority: a tiny suite cannot pass by being tiny', () => {
    const list = [...cells(9, 'passed', 'passed'), cell('passed', 'failed')];
    const verdict = judge(list, {
      rules: rules({ broken: 'off', regression: { mode: 'nonInferior', margin: '2%' } }),
    });
    expect(verdict.reasons.map(({ code }) => code)).toEqual(['regression']);
  });

  test('cost and latency speak only from what was measured', () => {
    const dear = [0, 1].map(() =>
      cell('passed', 'passed', { candidate: side('passed', { costUsd: 0.002, latencyMs: 300 }) }),
    );
    const both = rules({ cost: { maxIncrease: '20%' }, latency: { p95MaxIncrease: '50%' } });
    expect(judge(dear, { rules: both }).reasons.map(({ code }) => code)).toEqual(['cost', 'latency']);
    const cached = [
      cell('passed', 'passed', {
        candidate: side('passed', { costUsd: null, latencyMs: 300, cached: true }),
      }),
    ];
    expect(judge(cached, { rules: both }).reasons).toEqual([]);
  });
});

test('never a pass with a gating break, a loosened test or too few answers, whatever else is there', () => {
  const state = fc.constantFrom<SideState>(...sideStates);
  const anyCell = fc
    .tuple(fc.option(state), fc.option(state))
    .map(([baseline, candidate]) => cell(baseline, candidate));
  fc.assert(
    fc.property(fc.array(anyCell, { maxLength: 40 }), fc.boolean(), (list, loosened) => {
      const { outcome } = judge(list, { tampering: loosened ? [weakening] : [] });
      const planned = list.filter(({ change }) => change !== 'removed');
      const undecided = planned.filter(({ change }) => change === 'undecided').length;
      if (list.some(({ change }) => change === 'broken')) expect(outcome).toBe('fail');
      else if (loosened) expect(['fail', 'needsApproval']).toContain(outcome);
      else if (undecided / Math.max(1, planned.length) > 0.05)
        expect(['fail', 'undecided']).toContain(outcome);
    }),
    { numRuns: 300 },
  );
});
