import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type SprtHypotheses, sprtBounds, sprtDecision, sprtDefaults } from '../../src/stats/sprt.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

test('by default a side is judged when one kind leads the other by 4, whatever came before', () => {
  for (let passes = 0; passes <= 60; passes += 1) {
    for (let failures = 0; failures <= 60; failures += 1) {
      const lead = passes - failures;
      const expected = lead >= 4 ? 'good' : lead <= -4 ? 'bad' : 'open';
      expect([passes, failures, sprtDecision(passes, failures)]).toEqual([passes, failures, expected]);
    }
  }
});

test('Wald: a pass adds ln 9, a failure takes it; bounds at ± ln 999', () => {
  const { perPass, perFailure, goodFrom, badFrom } = sprtBounds();
  expect(perPass).toBeCloseTo(Math.log(9), 12);
  expect(perFailure).toBeCloseTo(-Math.log(9), 12);
  expect(goodFrom).toBeCloseTo(Math.log(999), 12);
  expect(badFrom).toBeCloseTo(-Math.log(999), 12);
});

test('nothing answered is open; the errors are asymmetric where they are set so', () => {
  expect(sprtDecision(0, 0)).toBe('open');
  const strict = { ...sprtDefaults, alpha: 1e-6, beta: 0.1 };
  expect(sprtDecision(2, 0, strict)).toBe('good');
  expect(sprtDecision(0, 6, strict)).toBe('open');
  expect(sprtDecision(0, 7, strict)).toBe('bad');
});

test('with good + bad = 1 passes and failures are mirror images', () => {
  const mirrored = { good: 'bad', bad: 'good', open: 'open' } as const;
  fc.assert(
    fc.property(fc.nat(50), fc.nat(50), (passes, failures) => {
      expect(sprtDecision(failures, passes)).toBe(mirrored[sprtDecision(passes, failures)]);
    }),
  );
});

describe('refused', () => {
  test.each<[string, SprtHypotheses]>([
    ['bad above good', { ...sprtDefaults, good: 0.2, bad: 0.5 }],
    ['bad equal to good', { ...sprtDefaults, good: 0.5, bad: 0.5 }],
    ['good of 1', { ...sprtDefaults, good: 1 }],
    ['bad of 0', { ...sprtDefaults, bad: 0 }],
    ['alpha of 0', { ...sprtDefaults, alpha: 0 }],
    ['beta of a half', { ...sprtDefaults, beta: 0.5 }],
    ['NaN', { ...sprtDefaults, alpha: Number.NaN }],
  ])('%s', (_, hypotheses) => {
    expect(() => sprtDecision(1, 0, hypotheses)).toThrow(RangeError);
  });

  test.each([
    [-1, 0],
    [0.5, 0],
    [0, Number.NaN],
  ])('%d passes, %d failures', (passes, failures) => {
    expect(() => sprtDecision(passes, failures)).toThrow(RangeError);
  });
});

test.each<[string, SprtHypotheses]>([
  ['wide apart', { good: 0.9, bad: 0.1, alpha: 0.05, beta: 0.02 }],
  ['close together', { good: 0.8, bad: 0.6, alpha: 0.02, beta: 0.05 }],
])('%s: both errors stay within what Wald promises', (_, hypotheses) => {
  const { alpha, beta, good, bad } = hypotheses;
  const draw = drawFrom(77);
  const judge = (p: number): 'good' | 'bad' => {
    for (let passes = 0, failures = 0; ; ) {
      if (draw.hit(p)) passes += 1;
      else failures += 1;
      const decision = sprtDecision(passes, failures, hypotheses);
      if (decision !== 'open') return decision;
    }
  };
  const count = runs(3000);
  // Wald's bounds promise α/(1 − β) and β/(1 − α).
  expect(shareOf(count, () => judge(good) === 'bad')).toBeLessThan(alpha / (1 - beta) + slack(alpha, count));
  expect(shareOf(count, () => judge(bad) === 'good')).toBeLessThan(beta / (1 - alpha) + slack(beta, count));
});
