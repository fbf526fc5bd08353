import type { Sides } from './confidence-sequence.ts';
import { requireBetween, requireFinite } from './domain.ts';
import { upperTail } from './normal.ts';

/** Beyond so many standard deviations nothing is left (1e-15): where a grid ends and where a bound is never reached. */
export const outOfReach = 8;

/** Grid points per standard deviation of a step; Simpson's rule then errs by less than 1e-6. */
const pointsPerDeviation = 8;

/** Density of the score over the runs that no look has stopped yet, times Simpson's weights. */
type Survivors = { readonly at: Float64Array; readonly mass: Float64Array };

/** Before the first look every run is at 0. */
const start: Survivors = { at: Float64Array.of(0), mass: Float64Array.of(1) };

/** P(the score is above `bound` after a step of variance `step`, and no earlier look stopped). */
const chanceAbove = ({ at, mass }: Survivors, bound: number, step: number): number => {
  const deviation = Math.sqrt(step);
  return at.reduce(
    (sum, score, index) => sum + (mass[index] ?? 0) * upperTail((bound - score) / deviation),
    0,
  );
};

const densityAt = ({ at, mass }: Survivors, score: number, step: number): number => {
  const reach = outOfReach * Math.sqrt(step);
  let density = 0;
  const first = at[0] ?? 0;
  const width = (at[1] ?? first + 1) - first;
  const from = Math.max(0, Math.ceil((score - reach - first) / width));
  const to = Math.min(at.length - 1, Math.floor((score + reach - first) / width));
  for (let index = from; index <= to; index += 1) {
    const distance = score - (at[index] ?? 0);
    density += (mass[index] ?? 0) * Math.exp(-(distance * distance) / (2 * step));
  }
  return density / Math.sqrt(2 * Math.PI * step);
};

/** The next generation on a Simpson grid from `low` to `high`, fine enough for steps of variance `finest`. */
const survive = (
  before: Survivors,
  step: number,
  [low, high]: readonly [number, number],
  finest: number,
): Survivors => {
  const intervals = 2 * Math.max(8, Math.ceil(((high - low) * pointsPerDeviation) / (2 * Math.sqrt(finest))));
  const width = (high - low) / intervals;
  const at = Float64Array.from({ length: intervals + 1 }, (_, index) => low + index * width);
  const mass = at.map((score, index) => {
    const simpson = index === 0 || index === intervals ? 1 : index % 2 === 1 ? 4 : 2;
    return ((simpson * width) / 3) * densityAt(before, score, step);
  });
  return { at, mass };
};

/** Rising shares of the planned information, the last at most 1. */
export const requireShares = (shares: readonly number[]): readonly number[] => {
  shares.forEach((share, index) => {
    requireBetween('information share', share, 1 + 1e-12);
    if (share <= (shares[index - 1] ?? 0))
      throw new RangeError(`information shares must rise; ${share} does not`);
  });
  if (shares.length > 500) throw new RangeError(`${shares.length} looks; expected 500 at most`);
  return shares;
};

export type LookStep = {
  /** z → chance to stop first at this look, above z; for two sides above z or below −z. */
  readonly stopsAbove: (z: number) => number;
};

/**
 * Walks through the looks of a normal score with independent increments and no drift. At each, `boundOf` says the z
 * from which to stop; the answer is the chance to stop first at each look. The recursion of Armitage, McPherson &
 * Rowe 1969, JRSS A 132:235; Jennison & Turnbull 2000, Group Sequential Methods, ch. 19.
 */
export const walkLooks = (
  shares: readonly number[],
  sides: Sides,
  boundOf: (look: LookStep, index: number) => number,
): { readonly bounds: number[]; readonly stops: number[] } => {
  let survivors = start;
  const bounds: number[] = [];
  const stops: number[] = [];
  requireShares(shares).forEach((share, index) => {
    const step = share - (shares[index - 1] ?? 0);
    const deviation = Math.sqrt(share);
    const before = survivors;
    const stopsAbove = (z: number): number => sides * chanceAbove(before, z * deviation, step);
    const bound = Math.min(outOfReach, requireFinite('bound', boundOf({ stopsAbove }, index)));
    bounds.push(bound);
    stops.push(stopsAbove(bound));
    const next = (shares[index + 1] ?? Infinity) - share;
    const low = sides === 2 ? -bound : -outOfReach;
    survivors = survive(before, step, [low * deviation, bound * deviation], Math.min(step, next));
  });
  return { bounds, stops };
};
