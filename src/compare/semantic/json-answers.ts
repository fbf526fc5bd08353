import { type Draft, span } from './comparison.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const maxJson = 400_000;

/** The JSON value that an answer is, bare or in one fence; undefined: it is none. */
export const jsonAnswer = (text: string): Json | undefined => {
  const trimmed = text.trim();
  const body = /^```(?:json|json5|jsonc)?\s*\n([\s\S]*?)\n?```$/i.exec(trimmed)?.[1]?.trim() ?? trimmed;
  if (!/^[[{]/.test(body) || !/[\]}]$/.test(body) || body.length > maxJson) return undefined;
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
};

const typeOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
const show = (value: Json): string => span(typeof value === 'string' ? value : JSON.stringify(value));

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const maxReasons = 50;
const maxDepth = 60;

/** Says whether two texts mean the same; the drafts are about them. */
export type CompareTexts = (a: string, b: string) => readonly Draft[];

type Walk = { readonly drafts: Draft[]; readonly compareTexts: CompareTexts };

const compareStrings = (walk: Walk, path: string, a: string, b: string): void => {
  if (a === b) return;
  const prose = /\s/.test(a.trim()) && /\s/.test(b.trim());
  if (prose) {
    for (const draft of walk.compareTexts(a, b))
      walk.drafts.push({ ...draft, detail: draft.detail === undefined ? `at ${path}` : draft.detail });
    return;
  }
  if (a.trim().toLowerCase() === b.trim().toLowerCase()) return;
  walk.drafts.push({
    kind: 'json',
    severity: 'breaking',
    a: span(a),
    b: span(b),
    detail: `value of ${path}`,
  });
};

/** Array members are matched by what they are, then by place: sets may be listed in any order. */
const compareArrays = (
  walk: Walk,
  path: string,
  a: readonly Json[],
  b: readonly Json[],
  depth: number,
): void => {
  const rest = b.map((value) => JSON.stringify(sorted(value)));
  const restA: number[] = [];
  const restB = new Set(b.keys());
  const placesB = new Map<string, number[]>();
  rest.forEach((text, index) => {
    placesB.set(text, [...(placesB.get(text) ?? []).slice(-1_000), index]);
  });
  const kept: number[] = [];
  a.forEach((value, index) => {
    const place = placesB.get(JSON.stringify(sorted(value)))?.shift();
    if (place === undefined) restA.push(index);
    else {
      restB.delete(place);
      kept.push(place);
    }
  });
  if (
    kept.some((place, index) => index > 0 && place < (kept[index - 1] ?? 0)) &&
    /step|instruction|order|rank|sequence|stage/i.test(path)
  )
    walk.drafts.push({ kind: 'order', severity: 'review', a: show(a), b: show(b), detail: `at ${path}` });
  const others = [...restB];
  restA.forEach((index, position) => {
    const other = others[position];
    const before = a[index];
    if (before === undefined) return;
    if (other === undefined)
      walk.drafts.push({
        kind: 'json',
        severity: 'breaking',
        a: show(before),
        b: null,
        detail: `${path}[${index}]`,
      });
    else compareJson(walk, `${path}[${index}]`, before, b[other] ?? null, depth + 1);
  });
  for (const other of others.slice(restA.length))
    walk.drafts.push({
      kind: 'json',
      severity: 'review',
      a: null,
      b: show(b[other] ?? null),
      detail: `${path}[${other}]`,
    });
};

/** The same value with its keys in order, so that equal objects give equal text. */
const sorted = (value: Json): Json =>
  Array.isArray(value)
    ? value.map(sorted)
    : isRecord(value)
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key] ?? null)]),
        )
      : value;

const compareRecords = (
  walk: Walk,
  path: string,
  a: { readonly [key: string]: Json },
  b: { readonly [key: string]: Json },
  depth: number,
): void => {
  const name = (key: string): string => (path === '' ? key : `${path}.${key}`);
  for (const key of Object.keys(a))
    if (Object.hasOwn(b, key)) compareJson(walk, name(key), a[key] ?? null, b[key] ?? null, depth + 1);
    else
      walk.drafts.push({
        kind: 'json',
        severity: 'breaking',
        a: show(a[key] ?? null),
        b: null,
        detail: `key ${name(key)}`,
      });
  for (const key of Object.keys(b))
    if (!Object.hasOwn(a, key))
      walk.drafts.push({
        kind: 'json',
        severity: 'breaking',
        a: null,
        b: show(b[key] ?? null),
        detail: `key ${name(key)}`,
      });
};

const compareJson = (walk: Walk, path: string, a: Json, b: Json, depth: number): void => {
  if (walk.drafts.length >= maxReasons || depth > maxDepth) return;
  const [typeA, typeB] = [typeOf(a), typeOf(b)];
  if (typeA !== typeB) {
    walk.drafts.push({
      kind: 'json',
      severity: 'breaking',
      a: `${show(a)} (${typeA})`,
      b: `${show(b)} (${typeB})`,
      detail: `type of ${path || 'the answer'}`,
    });
  } else if (Array.isArray(a) && Array.isArray(b)) compareArrays(walk, path, a, b, depth);
  else if (isRecord(a) && isRecord(b)) compareRecords(walk, path, a, b, depth);
  else if (typeof a === 'string' && typeof b === 'string') compareStrings(walk, path, a, b);
  else if (a !== b)
    walk.drafts.push({
      kind: typeof a === 'number' ? 'number' : 'json',
      severity: 'breaking',
      a: show(a),
      b: show(b),
      detail: typeof a === 'number' ? `at ${path}` : `value of ${path}`,
    });
};

/** Reasons between two JSON answers, path by path. The order of keys means nothing; types and keys do. */
export const jsonReasons = (a: Json, b: Json, compareTexts: CompareTexts): Draft[] => {
  const walk: Walk = { drafts: [], compareTexts };
  compareJson(walk, '', a, b, 0);
  return walk.drafts;
};
