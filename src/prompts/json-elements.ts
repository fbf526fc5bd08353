import type { Place } from '../model/place.ts';

/** An element of a JSON list and where it begins. */
export type JsonElement = { readonly value: unknown; readonly place: Place };

const quote = 34;
const backslash = 92;
const opening = new Set([91, 123]);
const closing = new Set([93, 125]);

/** Where each element of the outermost list begins. `text` is JSON that has parsed. */
const startsOf = (file: string, text: string): Place[] => {
  const places: Place[] = [];
  let depth = 0;
  let line = 1;
  let lineStart = 0;
  let inText = false;
  let expected = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === backslash) at++;
      else if (code === quote) inText = false;
      continue;
    }
    if (code === 10) {
      line++;
      lineStart = at + 1;
    }
    if (code <= 32) continue;
    if (expected && depth === 1 && !closing.has(code)) {
      places.push({ file, line, column: at - lineStart + 1 });
      expected = false;
    }
    if (code === quote) inText = true;
    else if (opening.has(code)) {
      depth++;
      if (depth === 1) expected = true;
    } else if (closing.has(code)) depth--;
    else if (code === 44 && depth === 1) expected = true;
  }
  return places;
};

/**
 * The elements of a large JSON list with their places, without a syntax tree: a generated file of thousands of
 * tests would take a hundred megabytes as one. null: the text is no JSON list; the located reader says why.
 */
export const readJsonElements = (file: string, text: string): JsonElement[] | null => {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return null;
  }
  if (!Array.isArray(list)) return null;
  const places = startsOf(file, text);
  return list.map((value: unknown, index) => ({
    value,
    place: places[index] ?? { file, line: 1, column: 1 },
  }));
};
