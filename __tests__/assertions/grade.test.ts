import { describe, expect, test } from '@jest/globals';
import { createGrader } from '../../src/assertions/grade.ts';
import { ProviderFault } from '../../src/model/provider.ts';
import { assertion, caseOf, completionOf, contextOf, gradeText, judgeOf } from './builders.ts';

const yes = (rest = {}) => assertion('contains', { value: 'fee', ...rest });
const no = (rest = {}) => assertion('contains', { value: 'absent', ...rest });

describe('a case', () => {
  test.each([
    ['without assertions', [], null, true, 1],
    ['all pass', [yes(), yes()], null, true, 1],
    ['one fails', [yes(), no()], null, false, 0.5],
    ['one with weight 0 fails', [yes(), no({ weight: 0 })], null, true, 1],
    ['a warning fails', [yes(), no({ severity: 'warn' })], null, true, 1],
    ['only warnings, and they fail', [no({ severity: 'warn' }), no({ weight: 0 })], null, true, 1],
    ['the weighted mean reaches the threshold', [yes({ weight: 3 }), no()], 0.75, true, 0.75],
    ['the weighted mean misses it', [yes({ weight: 3 }), no()], 0.76, false, 0.75],
    ['threshold 0 is a threshold', [no()], 0, true, 0],
    ['threshold 1 needs all', [yes(), no()], 1, false, 0.5],
    ['a threshold leaves warnings out', [yes(), no({ severity: 'warn' })], 1, true, 1],
    ['thirds add up', [yes({ weight: 0.1 }), no({ weight: 0.2 })], 0.1 / 0.3, true, 1 / 3],
  ] as const)('%s', async (_name, assertions, threshold, passed, score) => {
    const grade = await gradeText('the fee', assertions, { testCase: { threshold } });
    expect(grade.passed).toBe(passed);
    expect(grade.score).toBeCloseTo(score, 12);
    expect(grade.checks).toHaveLength(assertions.length);
  });

  test('checks keep the order and what the suite said of them; weight 0 shows its real result', async () => {
    const { checks } = await gradeText('the fee', [
      no({ weight: 0, metric: 'wording' }),
      assertion('not-icontains', {
        value: 'FEE',
        severity: 'warn',
        place: { file: 'a', line: 12, column: 1 },
      }),
    ]);
    expect(checks).toEqual([
      {
        type: 'contains',
        pass: false,
        score: 0,
        reason: 'expected to contain "absent"',
        metric: 'wording',
        weight: 0,
        severity: 'block',
        expected: 'absent',
        line: 7,
      },
      {
        type: 'not-icontains',
        pass: false,
        score: 0,
        reason: 'expected not to contain "FEE": "the fee"',
        metric: null,
        weight: 1,
        severity: 'warn',
        expected: 'FEE',
        line: 12,
      },
    ]);
  });
});

describe('what can’t be decided', () => {
  const broken = [
    ['an assertion of another tool', assertion('javascript', { value: 'true' }), 'AssertionError'],
    ['a file reference', assertion('contains', { value: 'file://expected.txt' }), 'AssertionError'],
    ['an unknown cost', assertion('cost', { threshold: 1 }), 'AssertionError'],
    ['a broken judge', assertion('llm-rubric', { value: 'r' }), 'JudgeError'],
    ['a bad value', assertion('regex', { value: '(' }), 'AssertionError'],
  ] as const;
  const rest = () => ({
    completion: { costUsd: null },
    context: { judge: async () => judgeOf('?', '?') },
  });

  test.each(broken)('%s takes the trial with it, negated or not', async (_name, one, name) => {
    for (const negated of [false, true])
      await expect(gradeText('fee', [yes(), { ...one, negated }], rest())).rejects.toMatchObject({ name });
  });

  test.each(broken)('%s that decides nothing is shown as not measured', async (_name, one, _error) => {
    for (const change of [{ weight: 0 }, { severity: 'warn' as const }]) {
      const grade = await gradeText('fee', [yes(), { ...one, ...change, negated: true }], rest());
      expect(grade.passed).toBe(true);
      expect(grade.checks[1]).toMatchObject({
        pass: false,
        score: 0,
        reason: expect.stringMatching(/^not measured: /),
      });
    }
  });

  test('a judge’s fault is shown too, but a cancelled run stays cancelled', async () => {
    const fault = () => judgeOf(new ProviderFault('retryable', 'HTTP 503'));
    const warn = assertion('llm-rubric', { value: 'r', severity: 'warn' });
    const shown = await gradeText('fee', [warn], { context: { judge: async () => fault() } });
    expect(shown.checks[0]?.reason).toBe('not measured: HTTP 503');
    const context = { judge: async () => fault(), signal: AbortSignal.abort() };
    await expect(gradeText('fee', [warn], { context })).rejects.toBeInstanceOf(ProviderFault);
  });

  test('a defect of ours is never hidden', async () => {
    const context = {
      judge: async () => {
        throw new TypeError('defect');
      },
    };
    const warn = assertion('llm-rubric', { value: 'r', severity: 'warn' });
    await expect(gradeText('fee', [warn], { context })).rejects.toBeInstanceOf(TypeError);
  });
});

describe('a grader', () => {
  test('uses what it compiled again, and renders what has variables each time', async () => {
    const { gradeCompletion } = createGrader();
    const testCase = caseOf([
      assertion('regex', { value: '^fee {{n}}$' }),
      assertion('is-json', { value: { type: 'string' }, weight: 0 }),
    ]);
    const passed: boolean[] = [];
    for (const n of [1, 2, 1, ...Array.from({ length: 200 }, (_, index) => index)]) {
      const context = contextOf({ vars: { n } });
      const grade = await gradeCompletion({ testCase, completion: completionOf(`fee ${n}`), context });
      passed.push(grade.passed);
    }
    expect(passed).toHaveLength(203);
    expect(new Set(passed)).toEqual(new Set([true]));
  });
});
