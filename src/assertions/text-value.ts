import { type Prepared, type Problem, problem } from './assertion-kind.ts';
import { showValue } from './wording.ts';

/** A string, number or boolean as text; null for anything else. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : null;

export const wrongType = (value: unknown, expected: string): Prepared =>
  problem(
    value === undefined || value === null ? 'missing-value' : 'wrong-value',
    `value is ${showValue(value ?? undefined)}`,
    {
      expected,
      nextStep: value === undefined || value === null ? 'Add `value`' : 'Correct `value`',
    },
  );

/** An empty text is part of every answer: such an assertion could never fail. */
export const emptyText: Problem = {
  code: 'empty-value',
  message: 'value is empty, so that every answer would do',
  expected: 'a text',
  nextStep: 'Correct `value`',
};

/**
 * Splits `a, "b, c", d` at its commas. A field that begins with a quotation mark runs to the closing one,
 * with `""` for a mark inside (RFC 4180); spaces around fields don't count. promptfoo reads lists so.
 */
export const splitList = (text: string): string[] => {
  const fields: string[] = [];
  let at = 0;
  while (at <= text.length) {
    while (text.charAt(at) === ' ') at++;
    const quoted = text.charAt(at) === '"' ? readQuoted(text, at) : null;
    if (quoted !== null) {
      fields.push(quoted.field);
      at = quoted.end + 1;
      continue;
    }
    const comma = text.indexOf(',', at);
    const end = comma === -1 ? text.length : comma;
    fields.push(text.slice(at, end).trim());
    at = end + 1;
  }
  return fields.filter((field) => field !== '');
};

/** null: no quoted field after all (never closed, or followed by more text), so the mark is an ordinary one. */
const readQuoted = (text: string, start: number): { field: string; end: number } | null => {
  let close = text.indexOf('"', start + 1);
  while (close !== -1 && text.charAt(close + 1) === '"') close = text.indexOf('"', close + 2);
  if (close === -1) return null;
  let end = close + 1;
  while (text.charAt(end) === ' ') end++;
  if (end < text.length && text.charAt(end) !== ',') return null;
  return { field: text.slice(start + 1, close).replaceAll('""', '"'), end };
};

/** A YAML list, or a comma string; null: neither. */
export const listOf = (value: unknown): string[] | null => {
  if (Array.isArray(value)) {
    const texts = value.map(textOf);
    return texts.every((text) => text !== null) ? texts : null;
  }
  const text = textOf(value);
  return text === null ? null : splitList(text);
};
