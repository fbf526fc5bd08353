import { cut } from './visible-text.ts';

/** Context that is kept before the first difference. */
const lead = 60;

const commonStart = (a: string, b: string): number => {
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at;
};

/** Where to begin so that no code point and, if one is near, no word is cut in two. */
const startAt = (text: string, at: number): number => {
  const space = text.slice(at, at + lead).search(/\s/);
  const start = space < 0 ? at : at + space + 1;
  const code = text.charCodeAt(start);
  return code >= 0xdc00 && code <= 0xdfff ? start + 1 : start;
};

/**
 * Both answers cut to `length` code points each, from a little before the place where they first differ, so
 * that a difference behind a long common beginning is not cut away.
 */
export const excerpts = (
  before: string | null,
  now: string | null,
  length: number,
): readonly [string | null, string | null] => {
  if (before === null || now === null)
    return [before === null ? null : cut(before, length), now === null ? null : cut(now, length)];
  const longest = Math.max(before.length, now.length);
  const from = longest <= length ? 0 : commonStart(before, now) - lead;
  // An answer that is only the other's beginning is shown from its start.
  if (from <= length / 2) return [cut(before, length), cut(now, length)];
  const start = startAt(before, from);
  return [`… ${cut(before.slice(start), length - 2)}`, `… ${cut(now.slice(start), length - 2)}`];
};
