import { expect, test } from '@jest/globals';
import { columnsOf } from '../../src/compare/columns.ts';
import { cell, cells, side } from '../gate/cells.ts';

test('a column counts cells once, pairs only what both sides answered, and adjusts over all columns', () => {
  const haiku = [
    ...cells(94, 'passed', 'passed'),
    ...cells(6, 'passed', 'failed'),
    cell('passed', 'errored'),
  ];
  const mini = cells(50, 'passed', 'passed', { provider: 'mini' });
  const [first, second] = columnsOf([...haiku, ...mini]);
  expect(first).toMatchObject({ provider: 'haiku', pairs: 100, broken: 6, undecided: 1 });
  expect(first?.baseline).toMatchObject({ passed: 101, answered: 101, planned: 101, passRate: 1 });
  expect(first?.candidate).toMatchObject({ passed: 94, answered: 100, planned: 101, passRate: 0.94 });
  expect(first?.difference).toBeCloseTo(-0.06, 10);
  expect(first?.p).toBeCloseTo(0.03125, 10);
  expect(first?.pAdjusted).toBeCloseTo(0.0625, 10);
  expect(second).toMatchObject({ provider: 'mini', difference: 0, p: 1, pAdjusted: 1 });
});

test('cached answers have no latency; an unknown cost makes the mean unknown, never smaller', () => {
  const [column] = columnsOf([
    cell('passed', 'passed', { candidate: side('passed', { cached: true, latencyMs: 1 }) }),
    cell('passed', 'passed', { candidate: side('passed', { latencyMs: 500, costUsd: null }) }),
  ]);
  expect(column).toMatchObject({
    latencyP50Ms: 500,
    latencyP95Ms: 500,
    costUsd: null,
    baselineCostUsd: 0.001,
  });
});

test('without a baseline there is nothing to compare', () => {
  const [column] = columnsOf(cells(3, null, 'passed'));
  expect(column).toMatchObject({
    baseline: null,
    difference: null,
    ci: null,
    p: null,
    pAdjusted: null,
    pairs: 0,
  });
  expect(column?.candidate?.passRate).toBe(1);
});
