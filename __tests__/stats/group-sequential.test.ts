import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { obrienFlemingSpending, pocockSpending, powerSpending } from '../../src/stats/alpha-spending.ts';
import {
  equalLooks,
  groupSequentialBounds,
  spendingBounds,
  stoppingChances,
} from '../../src/stats/group-sequential.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const five = equalLooks(5);
const twoSided = { alpha: 0.05, sides: 2 } as const;

describe('five looks, two-sided 0.05: Jennison & Turnbull 2000', () => {
  test.each([
    [
      'O’Brien–Fleming',
      groupSequentialBounds('obrien-fleming', five, twoSided),
      [4.5617, 3.2256, 2.6337, 2.2809, 2.0401],
    ],
    ['Pocock', groupSequentialBounds('pocock', five, twoSided), [2.4132, 2.4132, 2.4132, 2.4132, 2.4132]],
    [
      'Lan–DeMets, O’Brien–Fleming spending',
      spendingBounds(obrienFlemingSpending, five, twoSided),
      [4.8769, 3.357, 2.6803, 2.2898, 2.031],
    ],
    [
      'Lan–DeMets, Pocock spending',
      spendingBounds(pocockSpending, five, twoSided),
      [2.438, 2.4268, 2.4102, 2.3966, 2.386],
    ],
  ])('%s', (_, bounds, expected) => {
    expected.forEach((bound, index) => {
      expect(bounds[index]).toBeCloseTo(bound, 3);
    });
    expect(sum(stoppingChances(bounds, five, 2))).toBeCloseTo(0.05, 5);
  });

  test('five looks with 1.96 each: 14.2 % false alarms', () => {
    expect(
      sum(
        stoppingChances(
          five.map(() => 1.96),
          five,
          2,
        ),
      ),
    ).toBeCloseTo(0.1417, 4);
  });
});

// Jennison & Turnbull 2000, tables 2.1 and 2.3: C_P and C_B for two-sided 0.05.
test.each([
  [1, 1.96, 1.96],
  [2, 2.178, 1.977],
  [3, 2.289, 2.004],
  [10, 2.555, 2.087],
])('%d looks: Pocock %d, O’Brien–Fleming %d', (count, pocock, obrienFleming) => {
  const looks = equalLooks(count);
  expect(groupSequentialBounds('pocock', looks, twoSided).at(-1)).toBeCloseTo(pocock, 3);
  expect(groupSequentialBounds('obrien-fleming', looks, twoSided).at(-1)).toBeCloseTo(obrienFleming, 3);
});

test('one look is the plain test', () => {
  expect(groupSequentialBounds('pocock', [1])[0]).toBeCloseTo(1.644854, 5);
  expect(spendingBounds(obrienFlemingSpending, [1])[0]).toBeCloseTo(1.644854, 5);
  expect(spendingBounds(powerSpending(2), [1], twoSided)[0]).toBeCloseTo(1.959964, 5);
});

test('bounds of a look do not depend on looks to come', () => {
  const whole = spendingBounds(powerSpending(2), [0.1, 0.35, 0.7, 1]);
  const soFar = spendingBounds(powerSpending(2), [0.1, 0.35]);
  expect(soFar[0]).toBe(whole[0]);
  expect(soFar[1]).toBeCloseTo(whole[1] ?? 0, 6);
});

test('looks at any distances spend what the function says', () => {
  const shares = fc
    .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
    .map((values) => values.toSorted((a, b) => a - b).map((value) => value / 40));
  const spendings = fc.constantFrom(obrienFlemingSpending, pocockSpending, powerSpending(2));
  fc.assert(
    fc.property(shares, spendings, fc.constantFrom(1, 2), (looks, spending, sides) => {
      const bounds = spendingBounds(spending, looks, { alpha: 0.05, sides: sides as 1 | 2 });
      const spent = sides * spending(looks.at(-1) ?? 0, 0.05 / sides);
      expect(sum(stoppingChances(bounds, looks, sides as 1 | 2))).toBeCloseTo(spent, 6);
      for (const bound of bounds) expect(bound).toBeGreaterThan(1.6);
    }),
    { numRuns: 25 },
  );
});

describe('spending functions', () => {
  test.each([
    ['O’Brien–Fleming', obrienFlemingSpending],
    ['Pocock', pocockSpending],
    ['t³', powerSpending(3)],
  ])('%s rises from 0 to α', (_, spending) => {
    expect(spending(0, 0.05)).toBe(0);
    expect(spending(1, 0.05)).toBeCloseTo(0.05, 12);
    const values = Array.from({ length: 101 }, (__, index) => spending(index / 100, 0.05));
    values.slice(1).forEach((value, index) => {
      expect(value).toBeGreaterThanOrEqual(values[index] ?? 1);
    });
    expect(() => spending(1.1, 0.05)).toThrow(RangeError);
    expect(() => spending(Number.NaN, 0.05)).toThrow(RangeError);
  });
});

test('no looks: no bounds; a first look far too early can stop nothing', () => {
  expect(groupSequentialBounds('pocock', [])).toEqual([]);
  expect(spendingBounds(pocockSpending, [])).toEqual([]);
  expect(spendingBounds(obrienFlemingSpending, [0.01, 1])[0]).toBe(8);
});

test.each<[string, () => unknown]>([
  ['falling shares', () => spendingBounds(pocockSpending, [0.5, 0.4])],
  ['equal shares', () => spendingBounds(pocockSpending, [0.5, 0.5])],
  ['a share of 0', () => spendingBounds(pocockSpending, [0, 1])],
  ['a share above 1', () => groupSequentialBounds('pocock', [0.5, 1.5])],
  ['NaN', () => groupSequentialBounds('pocock', [Number.NaN])],
  ['501 looks', () => spendingBounds(pocockSpending, equalLooks(501))],
  ['no looks', () => equalLooks(0)],
  ['alpha of a half', () => groupSequentialBounds('pocock', [1], { alpha: 0.5 })],
  ['a bound too few', () => stoppingChances([2], [0.5, 1])],
  ['a bound that is NaN', () => stoppingChances([Number.NaN], [1])],
])('%s: refused', (_, ask) => {
  expect(ask).toThrow(RangeError);
});

test.each([
  [
    'O’Brien–Fleming, 20 looks',
    equalLooks(20),
    (looks: number[]) => groupSequentialBounds('obrien-fleming', looks),
  ],
  ['t² spent over 50 looks', equalLooks(50), (looks: number[]) => spendingBounds(powerSpending(2), looks)],
  ['uneven looks', [0.05, 0.06, 0.4, 0.45, 1], (looks: number[]) => spendingBounds(pocockSpending, looks)],
])('simulated error, one-sided 0.05: %s', (_, looks, boundsOf) => {
  const draw = drawFrom(82);
  const bounds = boundsOf(looks);
  const count = runs(8000);
  const alarmed = shareOf(count, () => {
    let [score, before] = [0, 0];
    return looks.some((share, index) => {
      score += Math.sqrt(share - before) * draw.normal();
      before = share;
      return score / Math.sqrt(share) > (bounds[index] ?? 0);
    });
  });
  expect(Math.abs(alarmed - 0.05)).toBeLessThan(slack(0.05, count));
});
