import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sequentialZ } from '../../src/stats/confidence-sequence.ts';
import { meanStratum, plannedIntrinsicTime, rateStratum, type Stratum } from '../../src/stats/strata.ts';
import { stratifiedSequence } from '../../src/stats/stratified-sequence.ts';
import { drawFrom, runs, shareOf } from './draw.ts';

test('with one step it is the one-sided confidence sequence', () => {
  // Equal arms of n units each: V/V* = units/plannedUnits.
  for (const units of [500, 5000, 50_000]) {
    const arm = units / 2;
    const step = { candidateUnits: arm, stableUnits: arm, difference: 0.3, variance: 2 / arm };
    const planned = [{ candidateUnits: 2500, stableUnits: 2500 }];
    const look = stratifiedSequence([step], { plannedTime: plannedIntrinsicTime(1, planned) });
    const half = (look?.difference ?? 0) - (look?.lower ?? 0);
    expect(half / Math.sqrt(step.variance)).toBeCloseTo(sequentialZ(units, { plannedUnits: 5000 }), 10);
  }
});

test('by hand: two steps', () => {
  const steps = [
    rateStratum({ successes: 40, n: 900 }, { successes: 10, n: 100 }),
    rateStratum({ successes: 50, n: 500 }, { successes: 70, n: 500 }),
  ];
  // w = 90 and 250; S = 90 · 0.05556 + 250 · 0.04; V = Σ w p(1 − p) with p = 0.05 and 0.12.
  const look = stratifiedSequence(steps, { plannedTime: 30 });
  expect(look?.intrinsicTime).toBeCloseTo(90 * 0.0475 + 250 * 0.1056, 10);
  expect(look?.difference).toBeCloseTo(15 / 340, 10);
  const tuning = 30 / (4.60517018 + Math.log(5.60517018));
  const time = 30.675 + tuning;
  const half = Math.sqrt(2 * time * Math.log(1 + Math.sqrt(time / tuning) / 0.1));
  expect(look?.lower).toBeCloseTo((15 - half) / 340, 8);
  expect(look?.upper).toBeCloseTo((15 + half) / 340, 8);
});

const step = fc
  .record({ n: fc.integer({ min: 1, max: 3000 }), m: fc.integer({ min: 1, max: 3000 }) })
  .chain(({ n, m }) =>
    fc
      .record({ x: fc.integer({ min: 0, max: n }), y: fc.integer({ min: 0, max: m }) })
      .map(({ x, y }) => rateStratum({ successes: x, n }, { successes: y, n: m })),
  );

test('p is below α exactly where the lower bound shows harm; bounds surround the difference', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 6 }), fc.constantFrom(0.01, 0.05, 0.2), (steps, alpha) => {
      const look = stratifiedSequence(steps, { alpha, plannedTime: 50 });
      if (look === null) return;
      expect(look.lower).toBeLessThan(look.difference);
      expect(look.upper).toBeGreaterThan(look.difference);
      expect(look.p).toBeGreaterThanOrEqual(0);
      expect(look.p).toBeLessThanOrEqual(1);
      if (Math.abs(look.p - alpha) > 1e-9) expect(look.lower > 0).toBe(look.p < alpha);
    }),
  );
});

test('order of the steps and empty steps change nothing', () => {
  const steps = [
    rateStratum({ successes: 4, n: 90 }, { successes: 1, n: 10 }),
    rateStratum({ successes: 0, n: 0 }, { successes: 3, n: 10 }),
    rateStratum({ successes: 9, n: 80 }, { successes: 5, n: 40 }),
  ];
  const look = stratifiedSequence(steps, { plannedTime: 10 });
  expect(stratifiedSequence(steps.toReversed(), { plannedTime: 10 })?.lower).toBeCloseTo(
    look?.lower ?? 9,
    12,
  );
  expect(stratifiedSequence(steps.toSpliced(1, 1), { plannedTime: 10 })).toEqual(look);
});

test('nothing to say: no step, a side without units, no event anywhere', () => {
  const design = { plannedTime: 10 };
  const none = { successes: 0, n: 0 };
  expect(stratifiedSequence([], design)).toBeNull();
  expect(stratifiedSequence([rateStratum({ successes: 1, n: 5 }, none)], design)).toBeNull();
  expect(
    stratifiedSequence([rateStratum({ successes: 0, n: 5 }, { successes: 0, n: 5 })], design),
  ).toBeNull();
  const alike = meanStratum({ n: 3, mean: 2, variance: 0 }, { n: 3, mean: 2, variance: 0 });
  expect(stratifiedSequence([alike], design)).toBeNull();
  expect(meanStratum({ n: 0, mean: 0, variance: 0 }, { n: 3, mean: 2, variance: 1 })).toMatchObject({
    difference: 0,
    variance: 0,
  });
});

test.each<[string, () => unknown]>([
  ['more events than units', () => rateStratum({ successes: 3, n: 2 }, { successes: 0, n: 2 })],
  ['no plan', () => stratifiedSequence([], { plannedTime: 0 })],
  ['alpha of a half', () => stratifiedSequence([], { plannedTime: 1, alpha: 0.5 })],
  [
    'NaN',
    () =>
      stratifiedSequence([{ candidateUnits: 1, stableUnits: 1, difference: Number.NaN, variance: 1 }], {
        plannedTime: 1,
      }),
  ],
  [
    'a negative variance',
    () =>
      stratifiedSequence([{ candidateUnits: 1, stableUnits: 1, difference: 0, variance: -1 }], {
        plannedTime: 1,
      }),
  ],
  ['a variance of 0 in the plan', () => plannedIntrinsicTime(0, [])],
])('%s is refused', (_, ask) => {
  expect(ask).toThrow(RangeError);
});

describe('a roll-out of 1, 5, 10, 25, 50 % with 20,000 requests a step while the base rate drifts from 4 to 8 %', () => {
  const shares = [0.01, 0.05, 0.1, 0.25, 0.5];
  const plannedTime = plannedIntrinsicTime(
    0.06 * 0.94,
    shares.map((share) => ({ candidateUnits: 20_000 * share, stableUnits: 20_000 * (1 - share) })),
  );

  /** Ten looks a step; the step in which harm was shown, or null. `pooled` adds all steps up as if they were one. */
  const rollOut = (draw: ReturnType<typeof drawFrom>, rise: number, pooled: boolean): number | null => {
    const done: Stratum[] = [];
    const total = { stable: { successes: 0, n: 0 }, candidate: { successes: 0, n: 0 } };
    for (const [index, share] of shares.entries()) {
      let stable = { successes: 0, n: 0 };
      let candidate = { successes: 0, n: 0 };
      for (let look = 0; look < 10; look += 1) {
        const base = 0.04 + 0.04 * ((index + look / 10) / shares.length);
        const units = 2000 * share;
        const news = draw.binomial(units, base * (1 + rise));
        const olds = draw.binomial(2000 - units, base);
        candidate = { successes: candidate.successes + news, n: candidate.n + units };
        stable = { successes: stable.successes + olds, n: stable.n + 2000 - units };
        total.candidate = { successes: total.candidate.successes + news, n: total.candidate.n + units };
        total.stable = { successes: total.stable.successes + olds, n: total.stable.n + 2000 - units };
        const steps = pooled
          ? [rateStratum(total.stable, total.candidate)]
          : [...done, rateStratum(stable, candidate)];
        if ((stratifiedSequence(steps, { plannedTime })?.lower ?? 0) > 0) return index;
      }
      done.push(rateStratum(stable, candidate));
    }
    return null;
  };

  test('no effect: at most 5 % are rolled back; pooled over the steps nearly all are', () => {
    const draw = drawFrom(80);
    const count = runs(500);
    expect(shareOf(count, () => rollOut(draw, 0, false) !== null)).toBeLessThanOrEqual(0.05);
    expect(shareOf(40, () => rollOut(draw, 0, true) !== null)).toBeGreaterThan(0.9);
  });

  test.each([
    [0.25, 0.97, 4],
    [1, 0.99, 2],
  ])('a rise of %d is caught in %d of the roll-outs, by step %d', (rise, share, latest) => {
    const draw = drawFrom(81);
    const count = runs(150);
    const caught = shareOf(count, () => (rollOut(draw, rise, false) ?? 9) <= latest);
    expect(caught).toBeGreaterThanOrEqual(share);
  });
});
