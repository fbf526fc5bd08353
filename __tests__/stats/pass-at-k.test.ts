import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { passAtK, passHatK } from '../../src/stats/pass-at-k.ts';

const counted = fc.integer({ min: 1, max: 200 }).chain((trials) =>
  fc.record({
    trials: fc.constant(trials),
    passes: fc.integer({ min: 0, max: trials }),
    k: fc.integer({ min: 1, max: trials }),
  }),
);

test('pass^k ≤ pass rate ≤ pass@k, both in 0 … 1, equal for k = 1', () => {
  fc.assert(
    fc.property(counted, ({ passes, trials, k }) => {
      const one = passAtK(passes, trials, k) ?? Number.NaN;
      const all = passHatK(passes, trials, k) ?? Number.NaN;
      expect(all).toBeGreaterThanOrEqual(0);
      expect(all).toBeLessThanOrEqual(passes / trials + 1e-12);
      expect(one).toBeGreaterThanOrEqual(passes / trials - 1e-12);
      expect(one).toBeLessThanOrEqual(1);
      expect(passAtK(passes, trials, 1)).toBeCloseTo(passes / trials, 12);
      expect(passHatK(passes, trials, 1)).toBeCloseTo(passes / trials, 12);
    }),
  );
});

test.each([
  [10, 3, 0.2],
  [12, 12, 0.6],
  [20, 5, 0.95],
])('without bias: over all outcomes of %d trials, k = %d, p = %d', (trials, k, p) => {
  let [atLeastOne, all] = [0, 0];
  for (let passes = 0; passes <= trials; passes += 1) {
    const chance = binomialCdf(passes, trials, p) - (passes === 0 ? 0 : binomialCdf(passes - 1, trials, p));
    atLeastOne += chance * (passAtK(passes, trials, k) ?? Number.NaN);
    all += chance * (passHatK(passes, trials, k) ?? Number.NaN);
  }
  expect(atLeastOne).toBeCloseTo(1 - (1 - p) ** k, 10);
  expect(all).toBeCloseTo(p ** k, 10);
});

test('fewer trials than k say nothing', () => {
  expect(passAtK(0, 0, 1)).toBeNull();
  expect(passHatK(3, 4, 5)).toBeNull();
});

test.each([
  [3, 2, 1],
  [1, 2, 0],
  [1, 2, 1.5],
  [Number.NaN, 2, 1],
])('%d of %d for k = %d is refused', (passes, trials, k) => {
  expect(() => passAtK(passes, trials, k)).toThrow(RangeError);
  expect(() => passHatK(passes, trials, k)).toThrow(RangeError);
});
