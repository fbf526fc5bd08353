import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mcnemarExact, mcnemarMidP } from '../../src/stats/mcnemar.ts';
import { mcnemarPower } from '../../src/stats/mcnemar-power.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

const count = fc.integer({ min: 0, max: 400 });

test('p lies in 0 … 1, turns with the sides, and mid-p is never above the exact one', () => {
  fc.assert(
    fc.property(count, count, (lost, won) => {
      const p = mcnemarExact(lost, won);
      expect(p).toBeGreaterThan(0);
      expect(p).toBeLessThanOrEqual(1);
      expect(mcnemarExact(won, lost)).toBe(p);
      expect(mcnemarMidP(lost, won)).toBeLessThanOrEqual(p);
      expect(mcnemarMidP(lost, won)).toBeGreaterThan(0);
    }),
  );
});

test('a loss more, with as many wins, is stronger evidence', () => {
  for (let lost = 6; lost < 30; lost += 1) {
    expect(mcnemarExact(lost + 1, 5)).toBeLessThan(mcnemarExact(lost, 5));
    expect(mcnemarMidP(lost + 1, 5)).toBeLessThan(mcnemarMidP(lost, 5));
  }
});

test.each([
  [-1, 2],
  [1.5, 2],
  [Number.NaN, 0],
  [0, Infinity],
])('%d lost, %d won is refused', (lost, won) => {
  expect(() => mcnemarExact(lost, won)).toThrow(RangeError);
  expect(() => mcnemarMidP(lost, won)).toThrow(RangeError);
});

/** One run of n cases: pairs lost and pairs won. */
const discordant = (
  draw: ReturnType<typeof drawFrom>,
  cases: number,
  lost: number,
  won: number,
): [number, number] => {
  const changed = draw.binomial(cases, lost + won);
  const losses = draw.binomial(changed, lost / (lost + won));
  return [losses, changed - losses];
};

test.each([20, 60, 200])('A against A, %d cases: at most 5 %% rejections; mid-p stays near 5 %%', (cases) => {
  const draw = drawFrom(72);
  const many = runs(4000);
  expect(shareOf(many, () => mcnemarExact(...discordant(draw, cases, 0.1, 0.1)) <= 0.05)).toBeLessThanOrEqual(
    0.05 + slack(0.05, many),
  );
  expect(shareOf(many, () => mcnemarMidP(...discordant(draw, cases, 0.1, 0.1)) <= 0.05)).toBeLessThanOrEqual(
    0.055 + slack(0.05, many),
  );
});

test.each([
  [60, 0.15, 0.02],
  [200, 0.12, 0.02],
  [312, 0.075, 0.025],
  [1000, 0.03, 0.01],
])('power of %d cases, %d lost and %d won: as simulated', (cases, lost, won) => {
  const draw = drawFrom(73);
  const many = runs(4000);
  const found = shareOf(many, () => {
    const [losses, wins] = discordant(draw, cases, lost, won);
    return losses > wins && mcnemarExact(losses, wins) <= 0.05;
  });
  expect(Math.abs(mcnemarPower(cases, lost, won) - found)).toBeLessThan(slack(0.5, many));
});

test('power by hand: six cases that all drop are found, five never, nothing without a change', () => {
  expect(mcnemarPower(6, 1, 0)).toBeCloseTo(1, 12);
  expect(mcnemarPower(6, 0.9, 0)).toBeCloseTo(0.9 ** 6, 12);
  expect(mcnemarPower(5, 1, 0)).toBe(0);
  expect(mcnemarPower(50, 0, 0)).toBe(0);
  expect(mcnemarPower(0, 0.5, 0.5)).toBe(0);
  expect(() => mcnemarPower(10, 0.8, 0.5)).toThrow(RangeError);
});
