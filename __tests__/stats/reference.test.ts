import { describe, expect, test } from '@jest/globals';
import { benjaminiHochberg } from '../../src/stats/adjust.ts';
import { mcnemarExact, pairedDifference } from '../../src/stats/paired.ts';
import { wilsonInterval } from '../../src/stats/proportion.ts';
import { quantile } from '../../src/stats/quantile.ts';

describe('Wilson interval: Newcombe 1998, Statistics in Medicine 17:857', () => {
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%d of %d', (successes, n, low, high) => {
    const interval = wilsonInterval(successes, n);
    expect(interval?.[0]).toBeCloseTo(low, 4);
    expect(interval?.[1]).toBeCloseTo(high, 4);
  });

  test('nothing observed has no interval', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
  });

  test('all of n reaches 1', () => {
    expect(wilsonInterval(20, 20)?.[1]).toBe(1);
  });
});

describe('exact McNemar', () => {
  test.each([
    [15, 5, 0.041389],
    [9, 1, 0.021484],
    [0, 6, 0.03125],
    [10, 2, 0.038574],
    [150, 86, 3.7159e-5],
    [0, 0, 1],
    [3, 3, 1],
  ])('%d lost, %d won', (lost, won, p) => {
    expect(mcnemarExact(lost, won)).toBeCloseTo(p, 6);
    expect(mcnemarExact(won, lost)).toBeCloseTo(p, 6);
  });
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

describe('paired difference', () => {
  test('mean and normal interval of the differences', () => {
    const result = pairedDifference([-1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(result?.mean).toBeCloseTo(-0.1, 12);
    // sd of the ten differences is 0.31623, so the half width is 1.96 × 0.1
    expect(result?.ci?.[0]).toBeCloseTo(-0.296, 3);
    expect(result?.ci?.[1]).toBeCloseTo(0.096, 3);
  });

  test('no pairs: no statement; one pair: no interval', () => {
    expect(pairedDifference([])).toBeNull();
    expect(pairedDifference([-1])).toEqual({ mean: -1, ci: null, pairs: 1 });
  });
});

test.each([
  [[], 0.5, null],
  [[7], 0.95, 7],
  [[1, 2, 3, 4], 0.5, 2.5],
  [[4, 1, 3, 2], 0.95, 3.85],
])('quantile of %j at %d', (values, share, expected) => {
  const result = quantile(values, share);
  if (expected === null) expect(result).toBeNull();
  else expect(result).toBeCloseTo(expected, 10);
});
