import { describe, expect, test } from '@jest/globals';
import { benjaminiHochberg } from '../../src/stats/adjust.ts';
import { clopperPearsonInterval, zeroEventsUpperBound } from '../../src/stats/clopper-pearson.ts';
import { clusteredMean } from '../../src/stats/clustered-mean.ts';
import { mcnemarExact, mcnemarMidP } from '../../src/stats/mcnemar.ts';
import { newcombeDifference } from '../../src/stats/newcombe.ts';
import { passAtK, passHatK } from '../../src/stats/pass-at-k.ts';
import { wilsonInterval } from '../../src/stats/proportion.ts';
import { quantile } from '../../src/stats/quantile.ts';
import { compareRates } from '../../src/stats/two-proportions.ts';

test.each([
  [81, 263, [0.2553, 0.3662], [0.2527, 0.3676]],
  [15, 148, [0.0624, 0.1605], [0.0578, 0.1617]],
  [0, 20, [0, 0.1611], [0, 0.1684]],
  [1, 29, [0.0061, 0.1718], [0.0009, 0.1776]],
] as const)('Wilson and Clopper–Pearson, %d of %d: Newcombe 1998, 17:857', (successes, n, wilson, exact) => {
  const score = wilsonInterval(successes, n);
  const beta = clopperPearsonInterval(successes, n);
  expect(score?.[0]).toBeCloseTo(wilson[0], 4);
  expect(score?.[1]).toBeCloseTo(wilson[1], 4);
  expect(beta?.[0]).toBeCloseTo(exact[0], 4);
  expect(beta?.[1]).toBeCloseTo(exact[1], 4);
});

test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 20, 0.6791, 1],
])('difference of %d/%d and %d/%d: Newcombe 1998, 17:873, method 10', (a, m, b, n, low, high) => {
  const result = newcombeDifference({ successes: a, n: m }, { successes: b, n });
  expect(result?.difference).toBeCloseTo(a / m - b / n, 12);
  expect(result?.ci[0]).toBeCloseTo(low, 4);
  expect(result?.ci[1]).toBeCloseTo(high, 4);
});

test.each([
  [50, 0.05816],
  [100, 0.02951],
  [300, 0.00994],
  [1000, 0.00299],
  [3000, 0.001],
])('nothing in %d tries: below %d at 95 %%', (n, bound) => {
  expect(zeroEventsUpperBound(n)).toBeCloseTo(bound, 5);
});

test.each([
  [15, 5, 0.041389, 0.026604],
  [9, 1, 0.021484, 0.011719],
  [0, 6, 0.03125, 0.015625],
  [10, 2, 0.038574, 0.022461],
  [3, 3, 1, 1],
  [0, 0, 1, 1],
])('McNemar, %d lost and %d won', (lost, won, exact, midP) => {
  expect(mcnemarExact(lost, won)).toBeCloseTo(exact, 6);
  expect(mcnemarExact(won, lost)).toBeCloseTo(exact, 6);
  expect(mcnemarMidP(lost, won)).toBeCloseTo(midP, 6);
  expect(mcnemarMidP(won, lost)).toBeCloseTo(midP, 6);
});

test("McNemar on Agresti's approval ratings, 150 against 86", () => {
  expect(mcnemarExact(150, 86)).toBeCloseTo(3.7159e-5, 9);
});

describe('Benjamini–Hochberg: 15 p-values of the 1995 paper', () => {
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
    0.759, 1,
  ];

  test('adjusted values and the four rejections', () => {
    const adjusted = benjaminiHochberg(p);
    [0.0015, 0.003, 0.0095, 0.0356, 0.0603].forEach((expected, index) => {
      expect(adjusted[index]).toBeCloseTo(expected, 4);
    });
    expect(adjusted.filter((value) => value !== null && value < 0.05)).toHaveLength(4);
  });

  test('a column without a p-value is no comparison', () => {
    expect(benjaminiHochberg([null, 0.04, null])).toEqual([null, 0.04, null]);
    expect(benjaminiHochberg([null])).toEqual([null]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

test('two proportions, 180/1000 and 150/1000', () => {
  const result = compareRates({ successes: 180, n: 1000 }, { successes: 150, n: 1000 });
  expect(result?.z).toBeCloseTo(1.80726, 5);
  expect(result?.p).toBeCloseTo(0.070721, 6);
});

test.each([
  [3, 10, 1, 0.3, 0.3],
  [3, 10, 5, 0.916667, 0],
  [6, 8, 4, 1, 0.214286],
  [6, 8, 8, 1, 0],
  [8, 8, 8, 1, 1],
  [0, 8, 3, 0, 0],
])('%d of %d trials passed: pass@k and pass^k for k = %d', (passes, trials, k, atLeastOne, all) => {
  expect(passAtK(passes, trials, k)).toBeCloseTo(atLeastOne, 6);
  expect(passHatK(passes, trials, k)).toBeCloseTo(all, 6);
});

test('clustered standard error: Miller 2024', () => {
  const result = clusteredMean([
    [1, 1, 1, 0],
    [0, 0, 0, 0],
    [1, 1, 0, 1, 1],
  ]);
  expect(result?.mean).toBeCloseTo(0.538462, 6);
  expect(result?.standardError).toBeCloseTo(0.138264, 6);
  expect(result?.clusteredStandardError).toBeCloseTo(0.204463, 6);
  expect(result).toMatchObject({ values: 13, clusters: 3 });
});

test.each([
  [[], 0.5, null],
  [[7], 0.95, 7],
  [[1, 2, 3, 4], 0.5, 2.5],
  [[4, 1, 3, 2], 0.95, 3.85],
])('quantile of %j at %d: R type 7', (values, share, expected) => {
  const result = quantile(values, share);
  if (expected === null) expect(result).toBeNull();
  else expect(result).toBeCloseTo(expected, 10);
});
