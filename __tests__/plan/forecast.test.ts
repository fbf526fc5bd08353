import { describe, expect, test } from '@jest/globals';
import type { Provider } from '../../src/model/provider.ts';
import { columnDrops } from '../../src/plan/detectable-drop.ts';
import { assumed, createExpectations } from '../../src/plan/expectation.ts';
import { forecastOf, type PlannedCall } from '../../src/plan/forecast.ts';
import { planDocument } from '../../src/plan/plan-document.ts';
import type { PlannedCell } from '../../src/plan/planned-cell.ts';
import { shardCount, shardMatrix } from '../../src/plan/shards.ts';
import { prompt, provider as spec, suite, testCase } from './builders.ts';

const model = (more: Partial<Provider> = {}): Provider => ({
  id: 'test:m',
  label: 'm',
  languageModel: true,
  fingerprint: { vendor: 'test' },
  price: { input: 1, output: 10 },
  complete: () => Promise.reject(new Error('a forecast calls nobody')),
  ...more,
});

const call = (provider: Provider, more: Partial<PlannedCall> = {}): PlannedCall => ({
  provider,
  role: 'answer',
  inputTokens: 1000,
  inputTokensAtMost: 1000,
  outputTokensAtMost: 4096,
  ...more,
});

const none = { answer: 0, judge: 0 };
const forecast = (
  calls: readonly PlannedCall[],
  { expectations = createExpectations(), concurrency = 1 } = {},
) => forecastOf({ trials: calls.length, calls, fromStore: none, shared: none }, expectations, concurrency);

describe('money', () => {
  test('nothing is known yet: the assumed length, and at most the limit', () => {
    const { costUsd, costAtMostUsd, assumptions } = forecast([call(model())]);
    expect(costUsd).toBeCloseTo((1000 + 10 * assumed.outputTokens.answer) / 1e6, 12);
    expect(costAtMostUsd).toBeCloseTo((1000 + 10 * 4096) / 1e6, 12);
    expect(assumptions).toEqual([{ label: 'm', role: 'answer', outputTokens: assumed.outputTokens.answer }]);
  });

  test('known answers: their median, of this provider and of this role only', () => {
    const [asked, other] = [model(), model({ label: 'other' })];
    const expectations = createExpectations();
    for (const outputTokens of [10, 40, 500, null])
      expectations.learn(asked, 'answer', { outputTokens, latencyMs: null });
    expectations.learn(other, 'answer', { outputTokens: 9000, latencyMs: null });
    expectations.learn(asked, 'judge', { outputTokens: 9000, latencyMs: null });
    const { costUsd, assumptions } = forecast([call(asked)], { expectations });
    expect(costUsd).toBeCloseTo((1000 + 10 * 40) / 1e6, 12);
    expect(assumptions).toEqual([]);
  });

  test('never longer than the limit of the call', () => {
    const { costUsd, costAtMostUsd } = forecast([call(model(), { outputTokensAtMost: 5 })]);
    expect([costUsd, costAtMostUsd]).toEqual([costAtMostUsd, (1000 + 50) / 1e6]);
  });

  test('one unknown price makes the sum unknown, and leaves the rest to be seen', () => {
    const known = call(model(), { outputTokensAtMost: 100 });
    const result = forecast([known, call(model({ price: null }))]);
    expect([result.costUsd, result.costAtMostUsd]).toEqual([null, null]);
    expect(result.priced.atMostUsd).toBeCloseTo(0.002, 12);
  });

  test('no call costs nothing', () => {
    expect(forecast([])).toMatchObject({ costUsd: 0, costAtMostUsd: 0, minutes: 0, mayRepeat: false });
  });
});

describe('time', () => {
  const of = (count: number, provider: Provider): PlannedCall[] =>
    Array.from({ length: count }, () => call(provider));

  test('calls share the places in flight', () => {
    const minutes = (assumed.latencyMs * 100) / 60_000;
    expect(forecast(of(100, model())).minutes).toBeCloseTo(minutes, 12);
    expect(forecast(of(100, model()), { concurrency: 20 }).minutes).toBeCloseTo(minutes / 20, 12);
  });

  test('never less than an answer and its judge, however many places there are', () => {
    const calls = [...of(3, model()), call(model(), { role: 'judge' })];
    expect(forecast(calls, { concurrency: 1000 }).minutes).toBeCloseTo((2 * assumed.latencyMs) / 60_000, 12);
  });

  test('responders of this machine take none, and their length is nobody’s assumption', () => {
    const local = [
      model({ languageModel: false }),
      model({ fingerprint: { vendor: 'replay' }, languageModel: true }),
    ];
    expect(forecast(local.map((provider) => call(provider)))).toMatchObject({ minutes: 0, assumptions: [] });
  });
});

describe('shards', () => {
  test.each<['auto' | number, number, number, number]>([
    ['auto', 0, 100, 1],
    ['auto', 10, 100, 1],
    ['auto', 10.1, 100, 2],
    ['auto', 95, 1000, 10],
    ['auto', 95, 4, 4],
    ['auto', 100_000, 100_000, 256],
    ['auto', 0, 0, 1],
    [4, 0, 1, 4],
  ])('%s at %d min and %d cells: %d', (wanted, minutes, cells, count) => {
    expect(shardCount(wanted, minutes, cells)).toBe(count);
  });

  test('a matrix as workflows take it', () => {
    expect(shardMatrix(3)).toEqual({ include: [{ shard: '1/3' }, { shard: '2/3' }, { shard: '3/3' }] });
  });
});

const cells = (provider: string, count: number, more: Partial<PlannedCell> = {}): PlannedCell[] => {
  const side = { prompt: prompt('support.txt', 'Answer'), provider: spec('test:m') };
  return Array.from({ length: count }, (_, index) => ({
    id: `${provider}::${index}`,
    suite: suite(),
    promptId: 'support.txt',
    caseId: `case-${index}`,
    testCase: testCase(`case-${index}`),
    provider,
    origin: 'base',
    trials: 1,
    baseline: side,
    candidate: side,
    ...more,
  }));
};

describe('what a column can see', () => {
  const document = (planned: readonly PlannedCell[]) =>
    planDocument({ cells: planned, forecast: forecast([]), unknownPrices: [], alpha: 0.05, shards: 'auto' });

  test('the worst column speaks for the plan', () => {
    const { detectableDrop, columns } = document([...cells('a', 50), ...cells('b', 200)]);
    expect(columns.map(({ provider, pairs }) => [provider, pairs])).toEqual([
      ['a', 50],
      ['b', 200],
    ]);
    expect(columns[1]?.detectableDrop).toBeCloseTo(0.064, 3);
    expect(detectableDrop).toBe(columns[0]?.detectableDrop);
  });

  test('a column that can see nothing makes it null, never 0', () => {
    expect(document([...cells('a', 50), ...cells('b', 5)]).detectableDrop).toBeNull();
    expect(document([]).detectableDrop).toBeNull();
  });

  test('only cells with both sides count', () => {
    const alone = cells('a', 60).map((cell, index) => (index < 50 ? cell : { ...cell, baseline: null }));
    expect(columnDrops(alone, 0.05)).toMatchObject([{ pairs: 50 }]);
    expect(columnDrops(cells('a', 9, { baseline: null }), 0.05)).toMatchObject([
      { pairs: 0, detectableDrop: null },
    ]);
  });
});
