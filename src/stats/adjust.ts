import padjust from '@stdlib/stats-padjust';
import { requireWithin } from './domain.ts';

/**
 * Benjamini–Hochberg adjusted p-values, in the order given (Benjamini & Hochberg 1995, JRSS B 57:289): the smallest
 * false discovery rate at which each would be rejected. null stays null and does not count as a comparison.
 */
export const benjaminiHochberg = (pValues: readonly (number | null)[]): (number | null)[] => {
  const known = pValues.filter((p) => p !== null);
  for (const p of known) requireWithin('p-value', p, 0, 1);
  if (known.length === 0) return pValues.map(() => null);
  const adjusted: number[] = padjust(known, 'bh', known.length);
  let next = 0;
  return pValues.map((p) => (p === null ? null : (adjusted[next++] ?? null)));
};
