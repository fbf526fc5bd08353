import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { clopperPearsonInterval, zeroEventsUpperBound } from '../../src/stats/clopper-pearson.ts';
import { newcombeDifference } from '../../src/stats/newcombe.ts';
import { wilsonInterval } from '../../src/stats/proportion.ts';
import { compareRates } from '../../src/stats/two-proportions.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

const intervals = { wilsonInterval, clopperPearsonInterval };
const names = Object.keys(intervals) as (keyof typeof intervals)[];

const tally = fc
  .integer({ min: 1, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), successes: fc.integer({ min: 0, max: n }) }));

describe.each(names)('%s', (name) => {
  const interval = intervals[name];

  test('holds the estimate, stays in 0 … 1, mirrors, and widens with the level', () => {
    fc.assert(
      fc.property(tally, ({ successes, n }) => {
        const [low, high] = interval(successes, n) ?? [Number.NaN, Number.NaN];
        const mirrored = interval(n - successes, n) ?? [Number.NaN, Number.NaN];
        const wider = interval(successes, n, 0.99) ?? [Number.NaN, Number.NaN];
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(successes / n);
        expect(high).toBeGreaterThanOrEqual(successes / n);
        expect(high).toBeLessThanOrEqual(1);
        expect(mirrored[0]).toBeCloseTo(1 - high, 9);
        expect(mirrored[1]).toBeCloseTo(1 - low, 9);
        expect(wider[0]).toBeLessThanOrEqual(low);
        expect(wider[1]).toBeGreaterThanOrEqual(high);
      }),
    );
  });

  test('a success more moves both limits up; nothing observed has none', () => {
    for (let successes = 1; successes <= 40; successes += 1) {
      const before = interval(successes - 1, 40);
      const after = interval(successes, 40);
      expect(after?.[0]).toBeGreaterThan(before?.[0] ?? 1);
      expect(after?.[1]).toBeGreaterThanOrEqual(before?.[1] ?? 1);
    }
    expect(interval(0, 0)).toBeNull();
    expect(interval(0, 1)?.[0]).toBe(0);
    expect(interval(1, 1)?.[1]).toBe(1);
  });

  test.each([
    [2, 1],
    [-1, 3],
    [Number.NaN, 3],
    [1, Number.NaN],
    [0, Infinity],
  ])('%d of %d is refused', (successes, n) => {
    expect(() => interval(successes, n)).toThrow(RangeError);
  });
});

/** Exact chance that the interval of n tries holds p. */
const coverage = (interval: typeof wilsonInterval, n: number, p: number): number => {
  let covered = 0;
  for (let successes = 0; successes <= n; successes += 1) {
    const [low, high] = interval(successes, n) ?? [1, 0];
    if (low > p || high < p) continue;
    covered += binomialCdf(successes, n, p) - (successes === 0 ? 0 : binomialCdf(successes - 1, n, p));
  }
  return covered;
};

describe.each([10, 30, 100])('coverage at n = %d', (n) => {
  const grid = Array.from({ length: 199 }, (_, index) => (index + 1) / 200);

  test('Clopper–Pearson never covers less than 95 %', () => {
    for (const p of grid) expect(coverage(clopperPearsonInterval, n, p)).toBeGreaterThanOrEqual(0.95);
  });

  test('Wilson covers 95 % on average and never much less', () => {
    const covered = grid.map((p) => coverage(wilsonInterval, n, p));
    const mean = covered.reduce((sum, value) => sum + value, 0) / covered.length;
    expect(Math.abs(mean - 0.95)).toBeLessThan(0.01);
    expect(Math.min(...covered)).toBeGreaterThan(0.83);
  });
});

describe('difference of independent rates', () => {
  test('holds the estimate, stays in −1 … 1 and turns with the sides', () => {
    fc.assert(
      fc.property(tally, tally, (first, second) => {
        const ours = newcombeDifference(first, second);
        const theirs = newcombeDifference(second, first);
        expect(ours?.ci[0]).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(ours?.ci[1]).toBeLessThanOrEqual(1 + 1e-12);
        expect(ours?.ci[0]).toBeLessThanOrEqual(ours?.difference ?? -2);
        expect(ours?.ci[1]).toBeGreaterThanOrEqual(ours?.difference ?? 2);
        expect(theirs?.ci[0]).toBeCloseTo(-(ours?.ci[1] ?? 2), 10);
        expect(theirs?.ci[1]).toBeCloseTo(-(ours?.ci[0] ?? 2), 10);
      }),
    );
  });

  test.each([
    [0.02, 0.1, 40, 60],
    [0.5, 0.5, 25, 25],
    [0.9, 0.97, 100, 50],
  ])('covers %d − %d with %d and %d tries', (p, q, m, n) => {
    const { binomial } = drawFrom(71);
    const count = runs(4000);
    const covered = shareOf(count, () => {
      const result = newcombeDifference(
        { successes: binomial(m, p), n: m },
        { successes: binomial(n, q), n },
      );
      return result !== null && result.ci[0] <= p - q && p - q <= result.ci[1];
    });
    // Newcombe's own tables have it at 93 to 97 % for sides as small as these.
    expect(covered).toBeGreaterThan(0.93 - slack(0.93, count));
    expect(covered).toBeLessThan(0.98);
  });

  test('a side without observations has no difference', () => {
    expect(newcombeDifference({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toBeNull();
    expect(compareRates({ successes: 1, n: 2 }, { successes: 0, n: 0 })).toBeNull();
  });

  test('all alike: no z, p = 1', () => {
    expect(compareRates({ successes: 0, n: 5 }, { successes: 0, n: 9 })).toMatchObject({ z: null, p: 1 });
    expect(compareRates({ successes: 5, n: 5 }, { successes: 9, n: 9 })).toMatchObject({ z: null, p: 1 });
  });
});

test('no event: one-sided bound falls with n, starts below 1, and is the exact limit', () => {
  expect(zeroEventsUpperBound(0)).toBeNull();
  expect(zeroEventsUpperBound(1)).toBeCloseTo(0.95, 12);
  for (const n of [1, 7, 50]) {
    expect(zeroEventsUpperBound(n, 0.975)).toBeCloseTo(clopperPearsonInterval(0, n)?.[1] ?? -1, 10);
  }
});
