/**
 * What a statistic accepts. Too little data is answered with null; a number that can't be true is refused with a
 * RangeError, because NaN compares false with every limit and would pass each gate in silence.
 */
const refuse = (name: string, value: number, expected: string): never => {
  throw new RangeError(`${name} is ${value}; expected ${expected}`);
};

/** A finite number, as it came. */
export const requireFinite = (name: string, value: number): number =>
  Number.isFinite(value) ? value : refuse(name, value, 'a finite number');

/** A whole number from `least` up. */
export const requireCount = (name: string, value: number, least = 0): number =>
  Number.isSafeInteger(value) && value >= least ? value : refuse(name, value, `a whole number ≥ ${least}`);

/** A number above zero. */
export const requirePositive = (name: string, value: number): number =>
  value > 0 && value < Infinity ? value : refuse(name, value, 'a number above 0');

/** A number between `low` and `high`, both allowed. */
export const requireWithin = (name: string, value: number, low: number, high: number): number =>
  value >= low && value <= high ? value : refuse(name, value, `a number from ${low} to ${high}`);

/** A number between 0 and `below`, neither allowed: a level, an error rate, a hypothesis. */
export const requireBetween = (name: string, value: number, below = 1): number =>
  value > 0 && value < below ? value : refuse(name, value, `a number above 0 and below ${below}`);

/** `part` of `n`, both counts. */
export const requirePart = (name: string, part: number, n: number): number =>
  requireCount(name, part) <= requireCount('n', n) ? part : refuse(name, part, `at most n = ${n}`);
