import type { Spending } from './alpha-spending.ts';
import type { Sides } from './confidence-sequence.ts';
import { requireBetween, requireCount } from './domain.ts';
import { zForTail } from './normal.ts';
import { outOfReach, walkLooks } from './repeated-looks.ts';
import { findRoot } from './root.ts';

export type GroupSequentialDesign = {
  /** In all, over all looks and both sides; below ½. Default 0.05. */
  readonly alpha?: number;
  /** Default 1. */
  readonly sides?: Sides;
};

/** Shares of the planned information of `count` looks at equal distances: 1/K … 1. */
export const equalLooks = (count: number): number[] =>
  Array.from({ length: requireCount('looks', count, 1) }, (_, index) => (index + 1) / count);

/** Chance to be stopped first at each look by these bounds on z, if there is no effect; their sum is the error of the design. */
export const stoppingChances = (
  bounds: readonly number[],
  shares: readonly number[],
  sides: Sides = 1,
): number[] => {
  if (bounds.length !== shares.length) {
    throw new RangeError(`${bounds.length} bounds for ${shares.length} looks; expected one each`);
  }
  return walkLooks(shares, sides, (_, index) => bounds[index] ?? outOfReach).stops;
};

/** Power of the information share that a bound falls with. */
const falls = { 'obrien-fleming': 0.5, pocock: 0 } as const;

/**
 * Bounds on z at each look, all planned before: O'Brien–Fleming c/sqrt(t), Pocock c, with c such that all looks
 * together reject a true null with probability α. O'Brien & Fleming 1979, Biometrics 35:549; Pocock 1977, Biometrika
 * 64:191; by the integrals of Jennison & Turnbull 2000. [] without looks.
 */
export const groupSequentialBounds = (
  shape: keyof typeof falls,
  shares: readonly number[],
  { alpha = 0.05, sides = 1 }: GroupSequentialDesign = {},
): number[] => {
  if (shares.length === 0) return [];
  const single = zForTail(requireBetween('alpha', alpha, 0.5) / sides);
  const boundsOf = (c: number): number[] =>
    shares.map((share) => Math.min(outOfReach, c / share ** falls[shape]));
  const excess = (c: number): number =>
    Math.log(stoppingChances(boundsOf(c), shares, sides).reduce((sum, chance) => sum + chance, 0) / alpha);
  // Never below a single look's z, and never above that of Bonferroni over all looks.
  const highest = zForTail(alpha / sides / (shares.length + 1));
  return boundsOf(findRoot(excess, single - 1e-6, highest, 1e-7));
};

/**
 * Bounds on z for looks at any shares of the planned information, of which later ones need not be known yet: each look
 * may stop with the error newly spent. Lan & DeMets 1983, Biometrika 70:659. Two sides spend α/2 each. A bound of 8
 * means that a look can't stop.
 */
export const spendingBounds = (
  spending: Spending,
  shares: readonly number[],
  { alpha = 0.05, sides = 1 }: GroupSequentialDesign = {},
): number[] => {
  const perSide = requireBetween('alpha', alpha, 0.5) / sides;
  return walkLooks(shares, sides, ({ stopsAbove }, index) => {
    const before = shares[index - 1];
    const spent = before === undefined ? 0 : spending(before, perSide);
    const wanted = sides * (spending(Math.min(1, shares[index] ?? 1), perSide) - spent);
    // What a normal tail at the end of the grid holds: less can't be told from nothing.
    if (wanted <= stopsAbove(outOfReach)) return outOfReach;
    const excess = (z: number): number => Math.log(stopsAbove(z) / wanted);
    return findRoot(excess, sides === 2 ? 0 : -outOfReach, outOfReach, 1e-9);
  }).bounds;
};
