import { expect, test } from '@jest/globals';
import { createGrader } from '../../src/assertions/grade.ts';
import type { PlannedCell } from '../../src/plan/planned-cell.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import type { TrialContext } from '../../src/runner/run-trial.ts';
import { sprtDefaults } from '../../src/stats/sprt.ts';
import { assertion, prompt, provider, suite, testCase } from '../plan/builders.ts';
import { completion, scripted } from './scripted.ts';

const trials = { max: 2, sprt: sprtDefaults };
const pairwise = assertion('is kinder', { type: 'llm-pairwise' });

const cellOf = (id: string): PlannedCell => {
  const side = (text: string) => ({ prompt: prompt('support.txt', text), provider: provider('m') });
  return {
    id,
    suite: suite(),
    promptId: 'support.txt',
    caseId: id,
    testCase: testCase(id, { assertions: [pairwise] }),
    provider: 'm',
    origin: 'base',
    trials: 2,
    baseline: side('before {{question}}'),
    candidate: side('now {{question}}'),
  };
};

const contextOf = (judge: TrialContext['judge']): TrialContext => {
  const never = new AbortController().signal;
  const echo = {
    ...scripted(completion()).provider,
    complete: async ({ messages }: { messages: readonly { content: string }[] }) =>
      completion({ text: messages[0]?.content ?? '' }),
  };
  return {
    provider: async () => echo,
    judge,
    votes: 1,
    embedder: () => Promise.reject(new Error('no embedder')),
    grade: createGrader().gradeCompletion,
    unsupported: () => [],
    signal: never,
    deadline: never,
  };
};

test('each candidate is compared with the baseline of its own trial, also where one place is all there is', async () => {
  const judge = scripted(completion({ text: '{"reason":"r","better":"neither"}' }));
  const results = await runCells(
    [cellOf('a'), cellOf('b')],
    contextOf(async () => judge.provider),
    {
      concurrency: 1,
      watch: () => {},
      trials,
    },
  );
  expect(results.map(({ baseline, candidate }) => [baseline, candidate])).toMatchObject(
    Array.from({ length: 2 }, () => [
      [
        { status: 'passed', checks: [] },
        { status: 'passed', checks: [] },
      ],
      [
        { status: 'passed', checks: [{ type: 'llm-pairwise', score: 0.5 }] },
        { status: 'passed', checks: [{ type: 'llm-pairwise', score: 0.5 }] },
      ],
    ]),
  );
  expect(judge.asked.map(({ trial }) => trial)).toEqual([0, 0, 100, 100, 0, 0, 100, 100]);
  for (const { messages } of judge.asked) {
    const text = messages[1]?.content ?? '';
    expect(text.match(/before [ab]|now [ab]/g)?.map((found) => found.at(-1))).toHaveLength(2);
  }
});

test('a baseline without an answer is no rival: the trial has no result', async () => {
  const judge = scripted(completion());
  const context = contextOf(async () => judge.provider);
  const results = await runCells(
    [cellOf('a')],
    {
      ...context,
      provider: async () => ({
        ...judge.provider,
        complete: async ({ messages }) => {
          if (messages[0]?.content.startsWith('before'))
            throw Object.assign(new Error('no key'), { name: 'NoCredentials' });
          return completion();
        },
      }),
    },
    { concurrency: 4, watch: () => {}, trials },
  );
  expect(results[0]?.baseline?.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
  expect(results[0]?.candidate).toMatchObject([
    { error: { kind: 'assertion' } },
    { error: { kind: 'assertion' } },
  ]);
  expect(judge.asked).toEqual([]);
});
