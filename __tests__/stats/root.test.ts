import { expect, test } from '@jest/globals';
import { findRoot } from '../../src/stats/root.ts';

test.each<[string, (x: number) => number, number, number, number]>([
  ['a line', (x) => x - 3, 0, 10, 3],
  ['a falling cube', (x) => 8 - x ** 3, 0, 10, 2],
  ['a steep exponential', (x) => Math.exp(x) - 1e6, 0, 50, Math.log(1e6)],
  ['an infinite end', (x) => Math.log(x), 0, 5, 1],
  ['a step', (x) => (x < 0.3 ? -1 : 1), 0, 1, 0.3],
  ['a root at the end', (x) => x, 0, 1, 0],
])('%s', (_, value, low, high, root) => {
  expect(findRoot(value, low, high)).toBeCloseTo(root, 8);
});

test('without a change of sign: the end nearer to zero', () => {
  expect(findRoot((x) => x + 1, 0, 5)).toBe(0);
  expect(findRoot((x) => x - 9, 0, 5)).toBe(5);
});
