import { describe, expect, test } from '@jest/globals';
import { createGrader } from '../../src/assertions/grade.ts';
import { unsupportedAssertions } from '../../src/assertions/validate.ts';
import type { Completion, Provider } from '../../src/model/provider.ts';
import type { Assertion, Case } from '../../src/model/suite.ts';
import type { PlannedCell } from '../../src/plan/planned-cell.ts';
import { type DryContext, dryRun } from '../../src/runner/dry-run.ts';
import { runCells } from '../../src/runner/run-cells.ts';
import { stack } from '../../src/runner/stack.ts';
import { createLedger, withBudget } from '../../src/runner/with-budget.ts';
import { withCache } from '../../src/runner/with-cache.ts';
import { sprtDefaults } from '../../src/stats/sprt.ts';
import { assertion, prompt, provider as spec, suite, testCase } from '../plan/builders.ts';
import { completion, memoryStore, scripted } from './scripted.ts';

const trials = { max: 8, sprt: sprtDefaults };
const judgement = completion({ text: '{"reason": "it says so", "score": 1, "pass": true}' });
const rubric = assertion('is kind', { type: 'llm-rubric', provider: 'judge' });
const choice = assertion(
  {
    prompt: 'Is {{completion}} kind?',
    choices: [
      { choice: 'unkind', score: 0 },
      { choice: 'friendly', score: 1 },
    ],
  },
  { type: 'llm-choices', provider: 'judge' },
);

const cellOf = (testing: Case, texts: { before: string | null; now: string | null }): PlannedCell => {
  const side = (text: string | null) =>
    text === null ? null : { prompt: prompt('support.txt', text), provider: spec('test:m') };
  return {
    id: testing.id,
    suite: suite(),
    promptId: 'support.txt',
    caseId: testing.id,
    testCase: testing,
    provider: 'm',
    origin: 'base',
    trials: 1,
    baseline: side(texts.before),
    candidate: side(texts.now),
  };
};

const contextOf = (answers: Provider, judge: Provider): DryContext => ({
  provider: async () => answers,
  judge: async () => judge,
  votes: 3,
  embedder: () => Promise.reject(new Error('no embedder here')),
  grade: createGrader().gradeCompletion,
  unsupported: unsupportedAssertions,
  signal: new AbortController().signal,
});

/** A world in which the same cells can be planned, and then really run. */
const world = (
  answers: readonly Completion[] = [completion()],
  judgements: readonly Completion[] = [judgement],
) => {
  const model = scripted(...answers);
  const judge = scripted(...judgements);
  const store = memoryStore();
  const forbidden = contextOf(
    { ...model.provider, complete: () => Promise.reject(new Error('a plan calls nobody')) },
    {
      ...judge.provider,
      fingerprint: { vendor: 'judge' },
      complete: () => Promise.reject(new Error('a plan calls nobody')),
    },
  );
  return {
    store,
    plan: (cells: readonly PlannedCell[]) => dryRun(cells, forbidden, { store, trials }),
    run: async (cells: readonly PlannedCell[]) => {
      const ledger = createLedger({});
      let cached = 0;
      const layers = [withCache(store, { onHit: () => cached++ }), withBudget(ledger)];
      const context = contextOf(
        stack(model.provider, ...layers),
        stack({ ...judge.provider, fingerprint: { vendor: 'judge' } }, ...layers),
      );
      const results = await runCells(
        cells,
        { ...context, deadline: new AbortController().signal },
        { concurrency: 1, trials, watch: () => {} },
      );
      return { results, calls: ledger.calls(), cached };
    },
  };
};

const counts = ({ planned }: Awaited<ReturnType<typeof dryRun>>) => ({
  calls: planned.calls.length,
  cached: planned.fromStore.answer + planned.fromStore.judge + planned.shared.answer + planned.shared.judge,
});

const texts = { before: 'Answer {{question}}', now: 'Answer kindly {{question}}' };
const cases = (...assertions: Assertion[]): PlannedCell[] =>
  ['refund', 'parcel', 'form'].map((id) => cellOf(testCase(id, { assertions }), texts));

describe('a plan asks what the run asks', () => {
  test.each<[string, PlannedCell[]]>([
    ['two sides', cases(assertion('yes'))],
    ['equal sides: one call', cases(assertion('yes')).map((cell) => ({ ...cell, baseline: cell.candidate }))],
    ['several trials', cases(assertion('yes')).map((cell) => ({ ...cell, trials: 3 }))],
    ['one side', [cellOf(testCase('refund'), { ...texts, before: null })]],
    ['critical cases get all their trials', [cellOf(testCase('refund', { critical: true }), texts)]],
    ['an unsupported check asks nothing', cases(assertion('x', { type: 'webhook' }))],
    ['nothing', []],
  ])('%s', async (_name, cells) => {
    const { plan, run } = world();
    const before = counts(await plan(cells));
    const { calls, cached } = await run(cells);
    expect(before).toEqual({ calls, cached });
    expect(counts(await plan(cells))).toEqual({ calls: 0, cached: calls + cached });
  });

  test.each<[string, Assertion[]]>([
    ['a rubric', [rubric]],
    ['a choice', [choice]],
    ['two judges and another check', [rubric, assertion('yes'), choice]],
    ['a judge that only reports', [{ ...rubric, weight: 0 }]],
    ['a comparison of both sides', [assertion('is kinder', { type: 'llm-pairwise' }), rubric]],
  ])('%s is asked once an answer', async (_name, assertions) => {
    const unlike = ['yes, please', 'yes, thanks', 'yes, gladly', 'yes, sure', 'yes, now', 'yes'];
    const { plan, run } = world(
      unlike.map((text) => completion({ text })),
      [completion({ text: '{"reason": "friendly", "score": 1, "pass": true, "better": "neither"}' })],
    );
    const cells = cases(...assertions);
    const before = counts(await plan(cells));
    const { calls, cached } = await run(cells);
    expect(before).toEqual({ calls, cached });
    expect(counts(await plan(cells))).toEqual({ calls: 0, cached: calls + cached });
  });

  test('a cell that surprised before gets its further trials from the cache', async () => {
    const flaky = [completion(), completion({ text: 'no' }), completion(), completion(), completion()];
    const { plan, run } = world(flaky);
    const cells = cases(assertion('yes'));
    const { calls, cached } = await run(cells);
    expect(calls).toBeGreaterThan(6);
    expect(counts(await plan(cells))).toEqual({ calls: 0, cached: calls + cached });
  });

  test('a missing key skips its cells, which asks nothing', async () => {
    const error = Object.assign(new Error('none'), { name: 'NoCredentials' });
    const context = {
      ...contextOf(scripted().provider, scripted().provider),
      provider: () => Promise.reject(error),
    };
    expect(counts(await dryRun(cases(), context, { store: memoryStore(), trials }))).toEqual({
      calls: 0,
      cached: 0,
    });
  });
});

describe('what a call may take', () => {
  test('its own limit, and three bytes a token', async () => {
    const { plan } = world();
    const limited = prompt('support.txt', 'x'.repeat(300), { parameters: { max_tokens: 50 } });
    const cell = cellOf(testCase('refund', { vars: {} }), texts);
    const { planned } = await plan([
      { ...cell, baseline: null, candidate: { prompt: limited, provider: spec('test:m') } },
    ]);
    expect(planned.calls).toMatchObject([
      { role: 'answer', inputTokens: 100, inputTokensAtMost: 100, outputTokensAtMost: 50 },
    ]);
  });

  test('a judge reads the answer: as long as those that are known, at most as long as its limit', async () => {
    const known = completion({ usage: { input: 10, output: 40 } });
    const { plan, run } = world([known]);
    await run([cellOf(testCase('refund'), { ...texts, now: null })]);
    const asked = async (text: string) => {
      const cell = cellOf(testCase('parcel', { assertions: [rubric] }), { before: null, now: text });
      const { planned } = await plan([cellOf(testCase('refund'), { ...texts, now: null }), cell]);
      return planned.calls.find(({ role }) => role === 'judge');
    };
    const judge = await asked('Say {{question}}');
    expect((judge?.inputTokensAtMost ?? 0) - (judge?.inputTokens ?? 0)).toBeCloseTo(4096 - 40, 6);
  });
});
