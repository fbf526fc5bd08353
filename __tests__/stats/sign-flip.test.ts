import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mcnemarExact } from '../../src/stats/mcnemar.ts';
import { signFlipTest } from '../../src/stats/sign-flip.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

const ones = (lost: number, won: number): number[] => [
  ...Array.from({ length: lost }, () => -1),
  ...Array.from({ length: won }, () => 1),
];

test.each([
  [15, 5],
  [9, 1],
  [0, 6],
  [10, 2],
  [1, 0],
  [4, 4],
])('%d cases lost and %d won whole: the exact McNemar test', (lost, won) => {
  const result = signFlipTest(ones(lost, won));
  expect(result).toMatchObject({ exact: true, informative: lost + won });
  expect(result.p).toBeCloseTo(mcnemarExact(lost, won), 12);
});

test.each([
  [[3, 2, 1], 0.25],
  [[-0.5, -0.5, 0.25], 0.5],
  [[0.1, 0.2, 0.3, -0.6], 1],
  // Fisher 1935, The Design of Experiments §21: Darwin's maize, 15 pairs, in eighths of an inch.
  [[49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48], 0.05267],
])('%j counted by hand: p = %d', (differences, p) => {
  expect(signFlipTest(differences).p).toBeCloseTo(p, 5);
});

test.each([[[]], [[0]], [[0, 0, 0]], [[1e-15, -1e-16]]])('%j says nothing', (differences) => {
  expect(signFlipTest(differences)).toEqual({ p: 1, exact: true, informative: 0 });
});

test('ties that differ in the last digit count as ties', () => {
  // 0.1 + 0.2 is not 0.3 in binary: all four patterns of equal size must still be as extreme.
  expect(signFlipTest([0.1 + 0.2, -0.3]).p).toBe(1);
});

describe('properties', () => {
  const differences = fc.array(fc.constantFrom(-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 1), { maxLength: 14 });

  test('p in (0, 1]; signs, zeros, order and unit change nothing', () => {
    fc.assert(
      fc.property(differences, fc.constantFrom(2, 1000, 0.001), (values, unit) => {
        const { p } = signFlipTest(values);
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
        expect(signFlipTest(values.map((value) => -value)).p).toBe(p);
        expect(signFlipTest([0, ...values.toReversed(), 0]).p).toBe(p);
        expect(signFlipTest(values.map((value) => value * unit)).p).toBe(p);
      }),
      { numRuns: 50 },
    );
  });

  test('random patterns agree with the count, repeat with the seed, and move with it', () => {
    fc.assert(
      fc.property(differences, (values) => {
        const counted = signFlipTest(values);
        const drawn = signFlipTest(values, { exactUpTo: 0 });
        expect(Math.abs(drawn.p - counted.p)).toBeLessThan(0.02);
        expect(signFlipTest(values, { exactUpTo: 0 })).toEqual(drawn);
      }),
      { numRuns: 20 },
    );
    const many = Array.from({ length: 60 }, (_, index) => ((index * 7) % 11) / 10 - 0.6);
    expect(signFlipTest(many)).toMatchObject({ exact: false, informative: 54 });
    expect(signFlipTest(many, { seed: 2 }).p).not.toBe(signFlipTest(many, { seed: 1 }).p);
  });

  test('drawn p is never 0 and its floor is 1/(1 + draws)', () => {
    expect(signFlipTest(ones(0, 64)).p).toBeCloseTo(1 / 20_001, 12);
  });

  test('20 informative cases are counted, 21 drawn', () => {
    expect(signFlipTest(ones(10, 10)).exact).toBe(true);
    expect(signFlipTest(ones(10, 11)).exact).toBe(false);
  });
});

test.each([[[Number.NaN, 1]], [[Infinity]]])('%j is refused', (values) => {
  expect(() => signFlipTest(values)).toThrow(RangeError);
});

test.each([
  ['counted', 12, 1500],
  ['drawn', 60, 300],
])('A against A, %s: at most 5 %% rejections', (_, cases, count) => {
  const draw = drawFrom(76);
  const many = runs(count);
  const rejected = shareOf(many, () => {
    const rates = Array.from({ length: cases }, () => (draw.binomial(4, 0.5) - draw.binomial(4, 0.5)) / 4);
    return signFlipTest(rates, { draws: 2000 }).p <= 0.05;
  });
  expect(rejected).toBeLessThanOrEqual(0.05 + slack(0.05, many));
  expect(rejected).toBeGreaterThan(0.01);
});
