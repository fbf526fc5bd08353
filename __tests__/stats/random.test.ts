import { expect, test } from '@jest/globals';
import { randomFrom, randomFromState } from '../../src/stats/random.ts';

test('xoshiro128** from the state 1, 2, 3, 4: the ten numbers of the reference code', () => {
  const { bits } = randomFromState([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, bits)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test('a seed fixes the stream, another seed another one', () => {
  const stream = (seed: number): number[] => Array.from({ length: 5 }, randomFrom(seed).bits);
  expect(stream(7)).toEqual(stream(7));
  const first = [0, 1, 2, 3, 1000, 2 ** 31, 2 ** 32 - 1].map((seed) => stream(seed)[0]);
  expect(new Set(first).size).toBe(first.length);
});

test('uniform in [0, 1): mean, spread and bits as they should be', () => {
  const { unit, bits } = randomFrom(1);
  const values = Array.from({ length: 100_000 }, unit);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const square = values.reduce((sum, value) => sum + value * value, 0) / values.length;
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
  expect(Math.abs(square - 1 / 3)).toBeLessThan(0.004);
  const counts = new Array<number>(32).fill(0);
  for (let draw = 0; draw < 20_000; draw += 1) {
    const word = bits();
    counts.forEach((count, bit) => {
      counts[bit] = count + ((word >>> bit) & 1);
    });
  }
  for (const count of counts) expect(Math.abs(count / 20_000 - 0.5)).toBeLessThan(0.015);
});

test.each([-1, 0.5, 2 ** 32, Number.NaN, Infinity])('the seed %d is refused', (seed) => {
  expect(() => randomFrom(seed)).toThrow(RangeError);
});
