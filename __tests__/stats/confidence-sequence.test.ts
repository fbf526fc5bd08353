import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  mixtureRho,
  sequentialEvidence,
  sequentialInterval,
  sequentialZ,
} from '../../src/stats/confidence-sequence.ts';
import {
  absoluteDifference,
  relativeDifference,
  type SampleSummary,
} from '../../src/stats/relative-difference.ts';
import { compareRates } from '../../src/stats/two-proportions.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

const rate = (successes: number, n: number): SampleSummary => ({
  n,
  mean: successes / n,
  variance: (successes / n) * (1 - successes / n),
});

const mean = (sum: number, squares: number, n: number): SampleSummary => ({
  n,
  mean: sum / n,
  variance: (squares - sum ** 2 / n) / (n - 1),
});

describe('reference values', () => {
  test.each([
    [500, 3.85505, 3.67907],
    [5000, 3.03521, 2.77909],
    [50_000, 3.24172, 2.98869],
  ])('half width in standard errors after %d units, planned 5000', (units, twoSided, oneSided) => {
    expect(sequentialZ(units, { plannedUnits: 5000, sides: 2 })).toBeCloseTo(twoSided, 5);
    expect(sequentialZ(units, { plannedUnits: 5000 })).toBeCloseTo(oneSided, 5);
  });

  test('rho', () => {
    expect(mixtureRho({ plannedUnits: 5000, sides: 2 })).toBeCloseTo(0.0398401, 7);
    expect(mixtureRho({ plannedUnits: 5000 })).toBeCloseTo(0.0355777, 7);
  });

  test("relative rate difference: GrowthBook's test_sequential_test_runs_prop", () => {
    const estimate = relativeDifference(rate(1396, 3000), rate(2422, 3461));
    expect(estimate?.difference).toBeCloseTo(0.50386, 5);
    expect(estimate?.standardError).toBeCloseTo(0.03386, 5);
    const look = { difference: 0.5038633516821496, standardError: 0.033860214798231224, units: 6461 };
    const interval = sequentialInterval(look, { plannedUnits: 5000, sides: 2 });
    expect(interval?.[0]).toBeCloseTo(0.40098, 5);
    expect(interval?.[1]).toBeCloseTo(0.60675, 5);
  });

  test("relative difference of means: GrowthBook's sequential test of means", () => {
    const estimate = relativeDifference(mean(1396.87, 52377.9767, 3000), mean(2422.7, 134698.29, 3461));
    const look = { difference: Number.NaN, standardError: Number.NaN, ...estimate, units: 6461 };
    const interval = sequentialInterval(look, { plannedUnits: 1000, sides: 2 });
    expect(look.difference).toBeCloseTo(0.50336, 5);
    expect(interval?.[0]).toBeCloseTo(-0.55844, 5);
    expect(interval?.[1]).toBeCloseTo(1.56516, 5);
    expect(sequentialEvidence(look, { plannedUnits: 1000 })?.p).toBe(1);
  });

  test('absolute difference of 200 and 300 of 4000, planned 5000', () => {
    const estimate = absoluteDifference(rate(200, 4000), rate(300, 4000));
    expect(estimate?.difference).toBeCloseTo(0.025, 12);
    expect(estimate?.standardError).toBeCloseTo(0.00540544, 8);
    const look = { difference: 0.025, standardError: 0.005405437077609913, units: 8000 };
    const evidence = sequentialEvidence(look, { plannedUnits: 5000, sides: 2 });
    expect(evidence?.eValue).toBeCloseTo(5463.12, 2);
    expect(evidence?.p).toBeCloseTo(1.8305e-4, 8);
    const two = sequentialInterval(look, { plannedUnits: 5000, sides: 2 });
    expect(two?.[0]).toBeCloseTo(0.0085275, 7);
    expect(two?.[1]).toBeCloseTo(0.0414725, 7);
    expect(sequentialInterval(look, { plannedUnits: 5000 })?.[0]).toBeCloseTo(0.0099305, 7);
  });
});

test('the two-sided interval leaves 0 out exactly where p ≤ α', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -6, max: 6, noNaN: true }),
      fc.integer({ min: 1, max: 200_000 }),
      fc.constantFrom(0.01, 0.05, 0.2),
      (z, units, alpha) => {
        const look = { difference: z, standardError: 1, units };
        const design = { plannedUnits: 5000, alpha, sides: 2 } as const;
        const [low, high] = sequentialInterval(look, design) ?? [Number.NaN, Number.NaN];
        const p = sequentialEvidence(look, design)?.p ?? Number.NaN;
        if (Math.abs(p - alpha) < 1e-9) return;
        expect(low > 0 || high < 0).toBe(p < alpha);
        expect((low + high) / 2).toBeCloseTo(z, 9);
      },
    ),
  );
});

test('narrowest about the planned size, wider than one look, narrower for one side', () => {
  const at = (units: number): number => sequentialZ(units, { plannedUnits: 5000 });
  expect(at(5000)).toBeLessThan(at(2500));
  expect(at(5000)).toBeLessThan(at(20_000));
  for (const units of [100, 5000, 1e6]) {
    expect(at(units)).toBeGreaterThan(1.6449);
    expect(at(units)).toBeLessThan(sequentialZ(units, { plannedUnits: 5000, sides: 2 }));
    expect(sequentialZ(units, { plannedUnits: 5000, alpha: 0.01 })).toBeGreaterThan(at(units));
  }
});

test('nothing seen or nothing varied is no certainty; huge evidence is no Infinity', () => {
  const design = { plannedUnits: 5000 };
  expect(sequentialInterval({ difference: 0, standardError: 0, units: 40 }, design)).toBeNull();
  expect(sequentialInterval({ difference: 0, standardError: 1, units: 0 }, design)).toBeNull();
  expect(sequentialEvidence({ difference: 0, standardError: 0, units: 40 }, design)).toBeNull();
  expect(sequentialEvidence({ difference: 1, standardError: 1e-3, units: 5000 }, design)).toEqual({
    eValue: Number.MAX_VALUE,
    p: 0,
  });
  expect(absoluteDifference(rate(1, 2), { n: 0, mean: 0, variance: 0 })).toBeNull();
  expect(relativeDifference(rate(0, 2), rate(1, 2))).toBeNull();
});

test.each([
  ['NaN', { difference: Number.NaN, standardError: 1, units: 5 }, { plannedUnits: 100 }],
  ['a negative error', { difference: 0, standardError: -1, units: 5 }, { plannedUnits: 100 }],
  ['half a unit', { difference: 0, standardError: 1, units: 0.5 }, { plannedUnits: 100 }],
  ['no plan', { difference: 0, standardError: 1, units: 5 }, { plannedUnits: 0 }],
  [
    'alpha of a half, one-sided',
    { difference: 0, standardError: 1, units: 5 },
    { plannedUnits: 9, alpha: 0.5 },
  ],
])('%s is refused', (_, look, design) => {
  expect(() => sequentialInterval(look, design)).toThrow(RangeError);
});

describe('A against A over 50 looks: base rate 5 %, 100,000 units', () => {
  /** Whether any of the looks would stop, by the sequence and by a z that ignores the looks before it. */
  const peek = (draw: ReturnType<typeof drawFrom>, share: number): { sequence: boolean; naive: boolean } => {
    let [stable, candidate] = [
      { successes: 0, n: 0 },
      { successes: 0, n: 0 },
    ];
    const stopped = { sequence: false, naive: false };
    for (let look = 1; look <= 50; look += 1) {
      const more = 2000 * share;
      candidate = { successes: candidate.successes + draw.binomial(more, 0.05), n: candidate.n + more };
      stable = { successes: stable.successes + draw.binomial(2000 - more, 0.05), n: stable.n + 2000 - more };
      const result = compareRates(candidate, stable);
      if (result === null || result.z === null) continue;
      stopped.naive ||= result.z > 1.6449;
      const seen = { ...result, units: 2000 * look };
      stopped.sequence ||= (sequentialInterval(seen, { plannedUnits: 100_000 })?.[0] ?? 0) > 0;
    }
    return stopped;
  };

  test.each([0.05, 0.2, 0.5])('candidate share %d: at most 5 %% false alarms; plain z has many', (share) => {
    const draw = drawFrom(78);
    const count = runs(250);
    const outcomes = Array.from({ length: count }, () => peek(draw, share));
    expect(shareOf(count, (run) => outcomes[run]?.sequence ?? true)).toBeLessThanOrEqual(0.05);
    expect(shareOf(count, (run) => outcomes[run]?.naive ?? false)).toBeGreaterThan(0.15);
  });
});

test('two-sided over 50 looks from the first units on: at most α', () => {
  const draw = drawFrom(79);
  const count = runs(2000);
  const alarmed = shareOf(count, () => {
    let sum = 0;
    for (let units = 100; units <= 5000; units += 100) {
      sum += 10 * draw.normal();
      const look = { difference: sum / units, standardError: 1 / Math.sqrt(units), units };
      const [low, high] = sequentialInterval(look, { plannedUnits: 1000, alpha: 0.1, sides: 2 }) ?? [0, 0];
      if (low > 0 || high < 0) return true;
    }
    return false;
  });
  expect(alarmed).toBeLessThanOrEqual(0.1 + slack(0.1, count));
  expect(alarmed).toBeGreaterThan(0.02);
});
