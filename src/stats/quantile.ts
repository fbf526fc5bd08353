import { requireFinite, requireWithin } from './domain.ts';

/** Quantile by linear interpolation of order statistics (R type 7). null for no values; units are those of the values. */
export const quantile = (values: readonly number[], share: number): number | null => {
  requireWithin('share', share, 0, 1);
  for (const value of values) requireFinite('value', value);
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
};
