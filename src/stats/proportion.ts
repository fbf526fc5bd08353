import { requireFinite, requireWithin } from './domain.ts';
import { criticalZ } from './normal.ts';

export type Interval = readonly [low: number, high: number];

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Wilson score interval of a proportion, `successes` of `n`, two-sided at `level`: the p with
 * |successes/n − p| ≤ z·sqrt(p(1 − p)/n). `successes` may be a sum of shares. null for n = 0.
 * Wilson 1927; reference values in Newcombe 1998, Statistics in Medicine 17:857.
 */
export const wilsonInterval = (successes: number, n: number, level = 0.95): Interval | null => {
  requireWithin('successes', successes, 0, requireFinite('n', n));
  if (n === 0) return null;
  const z = criticalZ(level);
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return [
    successes === 0 ? 0 : clamp((centre - spread) / scale),
    successes === n ? 1 : clamp((centre + spread) / scale),
  ];
};
