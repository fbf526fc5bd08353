import { describe, expect, test } from '@jest/globals';
import type { Suite } from '../../src/model/suite.ts';
import { type PlanOptions, planRun } from '../../src/plan/plan-run.ts';
import type { SuitePair } from '../../src/plan/planned-cell.ts';
import { assertion, prompt, provider, suite, testCase } from './builders.ts';

const options: PlanOptions = {
  resolve: (spec) => spec,
  policyProviders: [],
  providers: null,
  compareProviders: null,
  all: false,
  hasBase: true,
  keepCase: () => true,
  minTrials: 1,
};

const pair = (base: Suite | null, head: Suite | null, rest: Partial<SuitePair> = {}): SuitePair => ({
  path: 'support.suite.yml',
  base,
  head,
  headPrompts: head?.prompts ?? [],
  changed: true,
  ...rest,
});

const sketch = (pairs: readonly SuitePair[], rest: Partial<PlanOptions> = {}): string[] =>
  planRun(pairs, { ...options, ...rest }).cells.map(
    ({ caseId, provider: column, origin, baseline, candidate }) =>
      `${caseId} on ${column} by ${origin}: ${baseline?.prompt.id ?? '–'} → ${candidate?.prompt.id ?? '–'}`,
  );

describe('which cells run', () => {
  test('a case on both sides of every provider', () => {
    const both = suite({ providers: [provider('a:x'), provider('b:y', 'why')] });
    expect(sketch([pair(both, both)])).toEqual([
      'refund on a:x by base: support.txt → support.txt',
      'refund on why by base: support.txt → support.txt',
    ]);
  });

  test('a suite that nothing changed for does not run, but is listed', () => {
    const plan = planRun([pair(suite(), suite(), { changed: false })], options);
    expect(plan.cells).toEqual([]);
    expect(plan.suites.map(({ run }) => run)).toEqual([false]);
  });

  test('all: it runs', () => {
    expect(sketch([pair(suite(), suite(), { changed: false })], { all: true })).toHaveLength(1);
  });

  test('a new case runs on the baseline prompt too', () => {
    const head = suite({ cases: [testCase('refund'), testCase('new')] });
    expect(sketch([pair(suite(), head)])).toContain(
      'new on builtin:extract by head: support.txt → support.txt',
    );
  });

  test('a removed case still runs, and is said', () => {
    const plan = planRun([pair(suite(), suite({ cases: [] }))], options);
    expect(plan.cells.map(({ caseId }) => caseId)).toEqual(['refund']);
    expect(plan.tampering).toMatchObject([{ kind: 'case-removed', weakening: true }]);
  });

  test("an edited case runs in the base's version and next to it in the head's", () => {
    const head = suite({ cases: [testCase('refund', { assertions: [assertion('no')] })] });
    const plan = planRun([pair(suite(), head)], options);
    expect(
      plan.cells.map(({ caseId, origin, testCase: { assertions } }) => [
        caseId,
        origin,
        assertions[0]?.value,
      ]),
    ).toEqual([
      ['refund', 'base', 'yes'],
      ['refund@head', 'head', 'no'],
    ]);
    expect(plan.tampering).toMatchObject([{ kind: 'case-edited', weakening: true }]);
  });

  test('one more assertion is provably stricter, a lower threshold is not', () => {
    const stricter = suite({
      cases: [testCase('refund', { assertions: [assertion('yes'), assertion('form')] })],
    });
    expect(planRun([pair(suite(), stricter)], options).tampering).toMatchObject([{ weakening: false }]);
    const graded = suite({ cases: [testCase('refund', { threshold: 0.8 })] });
    const lower = suite({ cases: [testCase('refund', { threshold: 0.5 })] });
    expect(planRun([pair(graded, lower)], options).tampering).toMatchObject([{ weakening: true }]);
    expect(planRun([pair(lower, graded)], options).tampering).toMatchObject([{ weakening: false }]);
  });

  test('where a case stands and how it is described is not a change of it', () => {
    const moved = suite({
      cases: [
        testCase('refund', {
          description: 'better words',
          place: { file: 'other.yml', line: 40, column: 3 },
        }),
      ],
    });
    const plan = planRun([pair(suite(), moved)], options);
    expect(plan.tampering).toEqual([]);
    expect(plan.cells[0]?.testCase.place.line).toBe(40);
  });

  test('a removed suite still runs on the head prompts that are left', () => {
    const plan = planRun([pair(suite(), null, { headPrompts: [prompt('support.txt', 'new')] })], options);
    expect(plan.cells).toHaveLength(1);
    expect(plan.cells[0]?.candidate?.prompt.messages[0]?.content).toBe('new');
    expect(plan.tampering.map(({ kind }) => kind)).toContain('suite-removed');
  });

  test('a prompt that is gone has no candidate; a new one no baseline', () => {
    const head = suite({ prompts: [prompt('new.txt', 'new')] });
    expect(sketch([pair(suite(), head)])).toEqual([
      'refund on builtin:extract by base: support.txt → –',
      'refund on builtin:extract by base: – → new.txt',
    ]);
  });

  test('the head alone has no baseline', () => {
    expect(sketch([pair(null, suite())], { hasBase: false })).toEqual([
      'refund on builtin:extract by head: – → support.txt',
    ]);
  });
});

describe('who answers', () => {
  const bare = suite({ providers: [] });

  test.each<[string, SuitePair, Partial<PlanOptions>, string]>([
    [
      "the base suite's own, which are policy",
      pair(suite(), suite({ providers: [provider('evil:x')] })),
      {},
      'builtin:extract',
    ],
    ["else the policy's", pair(bare, bare), { policyProviders: [provider('p:1', 'policy')] }, 'policy'],
    [
      'else the model that the prompt names',
      pair(
        suite({ providers: [], prompts: [prompt('a', 'x', { model: 'openai:gpt' })] }),
        suite({ providers: [], prompts: [prompt('a', 'x', { model: 'openai:gpt' })] }),
      ),
      {},
      'openai:gpt',
    ],
    ['a flag replaces them all', pair(suite(), suite()), { providers: [provider('flag:1')] }, 'flag:1'],
  ])('%s', (_name, suites, rest, expected) => {
    expect(planRun([suites], { ...options, ...rest }).cells.map((cell) => cell.provider)).toEqual([expected]);
  });

  test('nobody: a located error with the next step', () => {
    expect(() => planRun([pair(bare, bare)], options)).toThrow(
      /support\.suite\.yml:1:1: no provider .*--provider/,
    );
  });

  test('two models as the two sides', () => {
    const [cell] = planRun([pair(suite(), suite())], {
      ...options,
      compareProviders: [provider('a:1', 'A'), provider('b:2', 'B')],
    }).cells;
    expect([cell?.provider, cell?.baseline?.provider.id, cell?.candidate?.provider.id]).toEqual([
      'A → B',
      'a:1',
      'b:2',
    ]);
  });

  test('a case may be limited to providers and prompts', () => {
    const limited = suite({
      providers: [provider('a:x'), provider('b:y')],
      cases: [testCase('refund', { providers: ['b:*'] }), testCase('other', { prompts: ['elsewhere'] })],
    });
    expect(sketch([pair(limited, limited)])).toEqual(['refund on b:y by base: support.txt → support.txt']);
  });
});

describe('identity', () => {
  test('ids and the hash are the same over runs and change with the prompt', () => {
    const plan = planRun([pair(suite(), suite())], options);
    expect(plan.cells[0]?.id).toBe('support.suite.yml::support.txt::refund::builtin:extract');
    expect(planRun([pair(suite(), suite())], options).hash).toBe(plan.hash);
    const edited = suite({ prompts: [prompt('support.txt', 'Be concise.')] });
    expect(planRun([pair(suite(), edited)], options).hash).not.toBe(plan.hash);
  });

  test('the highest of policy, suite and case is the number of trials', () => {
    const repeated = suite({ repeat: 2, cases: [testCase('a', { repeat: 5 }), testCase('b')] });
    const trials = (minTrials: number) =>
      planRun([pair(repeated, repeated)], { ...options, minTrials }).cells.map((cell) => cell.trials);
    expect(trials(1)).toEqual([5, 2]);
    expect(trials(3)).toEqual([5, 3]);
  });
});
