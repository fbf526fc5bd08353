import { requireCount, requireFinite } from './domain.ts';
import { randomFrom } from './random.ts';

export type SignFlip = {
  /** Two-sided. */
  readonly p: number;
  /** Whether all sign patterns were counted. */
  readonly exact: boolean;
  /** Differences that are not zero; the others say nothing. */
  readonly informative: number;
};

export type SignFlipOptions = {
  readonly seed?: number;
  /** Random sign patterns beyond `exactUpTo` informative differences. */
  readonly draws?: number;
  readonly exactUpTo?: number;
};

/** Below this a difference of two rates is rounding. */
const zero = 1e-12;

/** How many of the 2ᵐ sign patterns sum to `limit` or more, either way; one changed sign per step (Gray code). */
const countAll = (sizes: readonly number[], limit: number): number => {
  // The mirror image of a pattern is as extreme: the last sign stays put and every hit counts twice.
  const patterns = 2 ** (sizes.length - 1);
  const signs = sizes.map(() => 1);
  let sum = sizes.reduce((total, size) => total + size, 0);
  let hits = Math.abs(sum) >= limit ? 1 : 0;
  for (let pattern = 1; pattern < patterns; pattern += 1) {
    const flipped = 31 - Math.clz32(pattern & -pattern);
    const sign = -(signs[flipped] ?? 1);
    signs[flipped] = sign;
    sum += 2 * sign * (sizes[flipped] ?? 0);
    if (Math.abs(sum) >= limit) hits += 1;
  }
  return 2 * hits;
};

const countDrawn = (sizes: readonly number[], limit: number, draws: number, seed: number): number => {
  const { bits } = randomFrom(seed);
  const doubled = Float64Array.from(sizes, (size) => 2 * size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let hits = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    let sum = -total;
    let word = 0;
    for (let index = 0; index < doubled.length; index += 1) {
      word = (index & 31) === 0 ? bits() : word >>> 1;
      if ((word & 1) === 1) sum += doubled[index] ?? 0;
    }
    if (Math.abs(sum) >= limit) hits += 1;
  }
  return hits;
};

/**
 * Sign-flip permutation test of per-case differences, two-sided, in any unit: under no effect every difference could
 * as well have had the other sign. Exact up to `exactUpTo` informative differences, else p = (1 + hits)/(1 + draws)
 * (Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39), so that p is never 0. With differences of −1, 0, 1 it is
 * the exact McNemar test. p = 1 where nothing differs. Fisher 1935; Edgington & Onghena, Randomization Tests.
 * Cases that stand and fall together must be summed to one difference first.
 */
export const signFlipTest = (differences: readonly number[], options: SignFlipOptions = {}): SignFlip => {
  const { seed = 1, draws = 20_000, exactUpTo = 20 } = options;
  for (const difference of differences) requireFinite('difference', difference);
  requireCount('draws', draws, 1);
  const sizes = differences.map(Math.abs).filter((size) => size > zero);
  const informative = sizes.length;
  if (informative === 0) return { p: 1, exact: true, informative };
  const scale = sizes.reduce((sum, size) => sum + size, 0);
  const observed = Math.abs(differences.reduce((sum, value) => sum + value, 0));
  // Sums in another order differ in the last digits: as extreme means as extreme up to rounding.
  const limit = observed - 1e-9 * scale;
  const exact = informative <= Math.min(30, requireCount('exactUpTo', exactUpTo));
  const p = exact
    ? countAll(sizes, limit) / 2 ** informative
    : (1 + countDrawn(sizes, limit, draws, seed)) / (1 + draws);
  return { p, exact, informative };
};
