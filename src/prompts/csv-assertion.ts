import { nearest } from '../model/nearest.ts';
import names from './assertion-names.json' with { type: 'json' };

/** An assertion as a CSV cell says it. */
export type CellAssertion = {
  readonly type: string;
  readonly value: unknown;
  readonly threshold: number | null;
  /** The name that the author probably meant, where the cell only looks like `type:value`. */
  readonly meant: string | null;
};

const shape = /^(not-)?([a-z][a-z0-9-]*)(?:\((\d+(?:\.\d+)?)\))?(?::([\s\S]*))?$/;
const lists = new Set(['contains-all', 'contains-any', 'icontains-all', 'icontains-any']);
const aliases: Readonly<Record<string, string>> = {
  fn: 'javascript',
  eval: 'javascript',
  grade: 'llm-rubric',
};
/** promptfoo's threshold of `similar` where a cell names none. */
const similarThreshold = 0.8;

/** Items of a comma-separated list; an item in double quotes may hold commas. */
export const splitList = (text: string): string[] =>
  [...text.matchAll(/\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/g)]
    .filter((match) => match[0] !== '')
    .map((match) => (match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"')))
    .filter((item) => item !== '');

/**
 * promptfoo's cell language: `type:value`, `type(threshold):value`, `not-type:value`; anything else is a text that the
 * answer must equal.
 */
export const parseCell = (cell: string): CellAssertion => {
  const text = cell.trim();
  const match = shape.exec(text);
  const [, not = '', written = '', threshold, rest] = match ?? [];
  const type = Object.hasOwn(aliases, written) ? String(aliases[written]) : written;
  if (match === null || !(names as readonly string[]).includes(type)) {
    const near =
      match !== null && (rest !== undefined || threshold !== undefined) ? nearest(written, names) : null;
    return { type: 'equals', value: text, threshold: null, meant: near };
  }
  const value = rest === undefined ? undefined : lists.has(type) ? splitList(rest) : rest.trim();
  const own = threshold === undefined ? null : Number(threshold);
  return {
    type: `${not}${type}`,
    // Cells hold numbers as text; these two compare with a number of milliseconds or USD.
    value,
    threshold: own ?? (type === 'similar' ? similarThreshold : null),
    meant: null,
  };
};
