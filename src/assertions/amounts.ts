import { AssertionError } from './assertion-error.ts';
import { type AssertionKind, type Prepared, problem, ready } from './assertion-kind.ts';
import { wrongType } from './text-value.ts';
import { measured } from './wording.ts';

type Range = { readonly min: number | null; readonly max: number | null };

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0;

/** A number for exactly so many, or `{min, max}`, of which one may be missing. Numbers may be written as text. */
const readRange = (value: unknown): Range | Prepared => {
  const exact = toNumber(value);
  if (isCount(exact)) return { min: exact, max: exact };
  const expected = 'a whole number, or {min, max} with whole numbers';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrongType(value, expected);
  const { min, max, ...others } = value as Record<string, unknown>;
  const [stranger] = Object.keys(others);
  if (stranger !== undefined)
    return problem('unknown-key', `value has the unknown key "${stranger}"`, {
      expected: 'min, max',
      nextStep: 'Correct its name',
    });
  if (min === undefined && max === undefined) return wrongType(value, expected);
  const range = {
    min: min === undefined ? null : toNumber(min),
    max: max === undefined ? null : toNumber(max),
  };
  if ((min !== undefined && !isCount(range.min)) || (max !== undefined && !isCount(range.max)))
    return wrongType(value, expected);
  if (range.min !== null && range.max !== null && range.min > range.max)
    return problem('wrong-value', `value has min ${range.min} above max ${range.max}`, {
      nextStep: 'Correct `value`',
    });
  return range;
};

const toNumber = (value: unknown): number | null => {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null;
};

const rangeText = ({ min, max }: Range): string => {
  if (min === max) return `exactly ${min}`;
  if (min === null) return `at most ${max}`;
  return max === null ? `at least ${min}` : `${min} to ${max}`;
};

const countKind = (summary: string, unit: string, count: (text: string) => number): AssertionKind => ({
  summary,
  threshold: 'none',
  prepare: (value) => {
    const range = readRange(value);
    if ('ok' in range) return range;
    const limit = rangeText(range);
    return ready(`${limit} ${unit}s`, ({ text }) => {
      const found = count(text);
      const pass = found >= (range.min ?? 0) && found <= (range.max ?? Number.POSITIVE_INFINITY);
      return measured(pass, `has ${found} ${unit}${found === 1 ? '' : 's'}`, limit);
    });
  },
});

const characters = (text: string): number => {
  let count = 0;
  for (const _ of text) count++;
  return count;
};

const words = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** Characters are Unicode code points: an emoji is one or a few, never half of one. */
export const length = countKind(
  'the answer has so many characters: a number, or {min, max}',
  'character',
  characters,
);
/** Words are what stands between spaces, as promptfoo counts them. */
export const wordCount = countKind('the answer has so many words: a number, or {min, max}', 'word', words);

const readLimit = (threshold: number | null, value: unknown, unit: string): number | Prepared => {
  const limit = threshold ?? toNumber(value);
  if (limit !== null && Number.isFinite(limit) && limit >= 0) return limit;
  return problem(
    limit === null ? 'missing-threshold' : 'wrong-threshold',
    `threshold is ${limit ?? 'missing'}`,
    {
      expected: `a number of ${unit}`,
      nextStep: limit === null ? 'Add `threshold`' : 'Correct `threshold`',
    },
  );
};

/** Milliseconds. An answer from the cache is judged by the time it took when it was asked, and the reason says so. */
export const latency: AssertionKind = {
  summary: 'the answer took at most `threshold` milliseconds',
  threshold: 'limit',
  prepare: (value, { threshold }) => {
    const limit = readLimit(threshold, value, 'milliseconds');
    if (typeof limit !== 'number') return limit;
    return ready(`at most ${limit} ms`, ({ completion: { latencyMs, cached } }) => {
      if (latencyMs === null)
        throw new AssertionError('not-measured', 'the latency of this answer is not known');
      const fact = `took ${Math.round(latencyMs)} ms${cached ? ' (recorded: the answer is from the cache)' : ''}`;
      return measured(latencyMs <= limit, fact, `at most ${limit}`);
    });
  },
};

const usd = (amount: number): string => `$${Number(amount.toPrecision(3))}`;

/** US dollars of this one answer. Without a known price nothing is measured, and nothing passes. */
export const cost: AssertionKind = {
  summary: 'the answer cost at most `threshold` US dollars',
  threshold: 'limit',
  prepare: (value, { threshold }) => {
    const limit = readLimit(threshold, value, 'US dollars');
    if (typeof limit !== 'number') return limit;
    return ready(`at most $${limit}`, ({ completion: { costUsd } }) => {
      if (costUsd === null)
        throw new AssertionError(
          'not-measured',
          'the cost of this answer is not known: add `price: {input, output}` to its provider in assay.yml',
        );
      return measured(costUsd <= limit, `cost ${usd(costUsd)}`, `at most $${limit}`);
    });
  },
};
