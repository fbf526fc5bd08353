import { describe, expect, test } from '@jest/globals';
import {
  connorCases,
  discordanceOf,
  millerCases,
  smallestDetectableDifference,
  smallestDetectableDrop,
} from '../../src/stats/detectable.ts';
import {
  candidateUnitsNeeded,
  designEffect,
  smallestDetectableRise,
} from '../../src/stats/detectable-rise.ts';
import { mcnemarPower } from '../../src/stats/mcnemar-power.ts';

test.each([
  [0.1, 0.05, 312],
  [0.1, 0.02, 1960],
  [0.2, 0.1, 155],
  [0.3, 0.1, 234],
])('Connor: %d of the cases differ, %d drop → %d cases', (discordance, drop, cases) => {
  expect(connorCases(discordance, drop)).toBe(cases);
});

test('Miller: cases for 3 points with and without noise of single trials', () => {
  const noise = { differenceVariance: 1 / 9, baselineVariance: 1 / 6, candidateVariance: 1 / 6 };
  expect(millerCases(0.03, { differenceVariance: 1 / 9 })).toBe(969);
  expect(millerCases(0.03, noise)).toBe(3876);
  expect(millerCases(0.03, { ...noise, baselineTrials: 10, candidateTrials: 10 })).toBe(1260);
  expect(smallestDetectableDifference(969, { differenceVariance: 1 / 9 })).toBeCloseTo(0.03, 5);
  expect(smallestDetectableDifference(0, { differenceVariance: 1 / 9 })).toBeNull();
});

describe('smallest drop that the exact McNemar test finds', () => {
  // Connor's formula says 6.3 and 2.8 points; the exact test needs a little more.
  test.each([
    [6, 0, 0.9635],
    [50, 0.1, 0.1535],
    [200, 0.1, 0.064],
    [1000, 0.1, 0.0287],
  ])('%d cases of which %d differ: %d', (cases, discordance, drop) => {
    expect(smallestDetectableDrop(cases, discordance)).toBeCloseTo(drop, 4);
  });

  test('has the power it names, falls with cases, rises with noise and power', () => {
    const sizes = [10, 20, 40, 80, 160, 320, 2000];
    const drops = sizes.map((cases) => smallestDetectableDrop(cases, 0.2) ?? Number.NaN);
    sizes.forEach((cases, index) => {
      const drop = drops[index] ?? Number.NaN;
      const differing = Math.max(0.2, drop);
      expect(mcnemarPower(cases, (differing + drop) / 2, (differing - drop) / 2)).toBeCloseTo(0.8, 4);
      if (index > 0) expect(drop).toBeLessThan(drops[index - 1] ?? 0);
      expect(smallestDetectableDrop(cases, 0.4)).toBeGreaterThan(drop - 1e-6);
      expect(smallestDetectableDrop(cases, 0.2, { power: 0.9 })).toBeGreaterThan(drop);
      expect(smallestDetectableDrop(cases, 0.2, { alpha: 0.01 }) ?? 1).toBeGreaterThan(drop);
    });
  });

  test.each([0, 1, 5])('%d cases find nothing', (cases) => {
    expect(smallestDetectableDrop(cases, 0.1)).toBeNull();
  });

  test('discordance of two runs of the same prompt', () => {
    expect(discordanceOf(0.9)).toBeCloseTo(0.18, 12);
    expect(discordanceOf(0.9, 0.5)).toBeCloseTo(0.09, 12);
    expect(discordanceOf(1)).toBe(0);
  });

  test.each([
    ['NaN cases', () => smallestDetectableDrop(Number.NaN, 0.1)],
    ['half a case', () => smallestDetectableDrop(2.5, 0.1)],
    ['a discordance above 1', () => smallestDetectableDrop(20, 1.1)],
    ['a drop above the discordance', () => connorCases(0.1, 0.2)],
    ['no difference', () => millerCases(0, { differenceVariance: 1 })],
    ['a negative variance', () => millerCases(0.1, { differenceVariance: -1 })],
    ['a pass rate of 96', () => discordanceOf(96)],
  ])('%s is refused', (_, ask) => {
    expect(ask).toThrow(RangeError);
  });
});

describe('units of a roll-out: one-sided 0.05, power 0.8', () => {
  const shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5];

  test.each([
    [0.05, 0.1, [12973, 13094, 13472, 14159, 15791, 24601]],
    [0.05, 0.25, [2338, 2357, 2418, 2528, 2789, 4198]],
    [0.05, 0.5, [692, 696, 711, 739, 804, 1157]],
    [0.05, 1, [224, 225, 229, 236, 252, 341]],
    [0.02, 0.1, [33562, 33875, 34851, 36623, 40830, 63551]],
    [0.1, 0.1, [6109, 6167, 6346, 6671, 7444, 11618]],
    [0.2, 0.1, [2678, 2703, 2783, 2929, 3271, 5126]],
  ])('base %d, rise of %d', (baseRate, rise, expected) => {
    shares.forEach((share, index) => {
      const difference = candidateUnitsNeeded({ baseRate, share }, rise) - (expected[index] ?? 0);
      expect(Math.abs(difference)).toBeLessThanOrEqual(1);
    });
  });

  test.each([
    [0.01, [170, 83, 50, 33]],
    [0.02, [108, 55, 33, 23]],
    [0.05, [62, 33, 20, 14]],
    [0.1, [42, 23, 14, 10]],
    [0.2, [30, 17, 11, 7]],
    [0.5, [23, 13, 8, 6]],
  ])('10,000 units a day at base 5 %%, share %d: rise in percent after 1, 3, 7, 14 days', (share, expected) => {
    const rises = [1, 3, 7, 14].map((days) =>
      smallestDetectableRise(10_000 * days, { baseRate: 0.05, share }),
    );
    expect(rises.map((rise) => Math.round(100 * (rise ?? Number.NaN)))).toEqual(expected);
  });

  test('clusters cost the design effect; too few units see nothing', () => {
    expect(designEffect(5, 0.25)).toBe(2);
    const plain = candidateUnitsNeeded({ baseRate: 0.05, share: 0.2 }, 0.5);
    const clustered = candidateUnitsNeeded({ baseRate: 0.05, share: 0.2, designEffect: 2 }, 0.5);
    expect(Math.abs(clustered - 2 * plain)).toBeLessThanOrEqual(1);
    expect(smallestDetectableRise(0, { baseRate: 0.05, share: 0.2 })).toBeNull();
    expect(smallestDetectableRise(3, { baseRate: 0.9, share: 0.5 })).toBeNull();
  });

  test.each([
    ['a base rate of 0', () => candidateUnitsNeeded({ baseRate: 0, share: 0.1 }, 0.1)],
    ['a share of 1', () => smallestDetectableRise(100, { baseRate: 0.1, share: 1 })],
    ['a rise beyond 100 %', () => candidateUnitsNeeded({ baseRate: 0.6, share: 0.1 }, 1)],
    ['no rise', () => candidateUnitsNeeded({ baseRate: 0.6, share: 0.1 }, 0)],
  ])('%s is refused', (_, ask) => {
    expect(ask).toThrow(RangeError);
  });
});
