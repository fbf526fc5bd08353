import { type Answer, coverage, type Segment } from './analyse.ts';
import { sameQuantity } from './same-quantity.ts';

/** A baseline and a candidate segment that say (about) the same. */
export type Match = { readonly a: number; readonly b: number; readonly score: number };

export type Alignment = {
  /** One to one, by baseline position. */
  readonly matches: readonly Match[];
  /** For every segment all segments of the other side that hold a part of it, its match first. */
  readonly partnersOfA: readonly (readonly number[])[];
  readonly partnersOfB: readonly (readonly number[])[];
};

export type TextSimilarity = (a: string, b: string) => number;

/** Sørensen–Dice over character trigrams. */
const trigramDice = (a: Segment, b: Segment): number => {
  const [small, large] =
    a.trigrams.size <= b.trigrams.size ? [a.trigrams, b.trigrams] : [b.trigrams, a.trigrams];
  if (small.size === 0) return large.size === 0 ? 1 : 0;
  let shared = 0;
  for (const gram of small) if (large.has(gram)) shared++;
  return (2 * shared) / (small.size + large.size);
};

const sharedNumbers = (a: Segment, b: Segment): number | null => {
  const hard = a.quantities.filter(({ soft }) => !soft).slice(0, 20);
  const other = b.quantities.filter(({ soft }) => !soft).slice(0, 20);
  if (hard.length === 0 || other.length === 0) return null;
  const found = hard.filter((one) => other.some((two) => sameQuantity(one, two))).length;
  return (2 * found) / (hard.length + other.length) > 1 ? 1 : (2 * found) / (hard.length + other.length);
};

/** How alike two segments are, 0 to 1: shared words by weight, character trigrams, shared numbers, same label. */
export const segmentSimilarity = (a: Segment, b: Segment): number => {
  if (a.print === b.print) return 1;
  const total = a.weight + b.weight;
  const words =
    total === 0
      ? 0
      : (coverage(a.content, b.keys) * a.weight + coverage(b.content, a.keys) * b.weight) / total;
  const numbers = sharedNumbers(a, b) ?? words;
  const label = a.label !== null && a.label === b.label ? 0.15 : 0;
  return Math.min(1, 0.55 * words + 0.33 * trigramDice(a, b) + 0.12 * numbers + label);
};

const threshold = 0.3;
const fullMatrix = 2_500;
const candidatesEach = 12;
const commonKey = 60;

/** Which candidate segments are worth scoring: all of few, of many those that share most of the rarer words. */
const candidatesOf = (segment: Segment, other: Answer, all: boolean): readonly number[] => {
  if (all) return other.segments.map(({ index }) => index);
  const counts = new Map<number, number>();
  // Where every word is common, what stands in the same place is the best guess.
  const place = segment.index;
  for (const near of [place, place - 1, place + 1])
    if (other.segments[near] !== undefined) counts.set(near, 0.01);
  for (const { keys, weight } of segment.content)
    for (const key of keys) {
      const places = other.byKey.get(key);
      if (places === undefined || places.length > commonKey) continue;
      for (const holder of places) counts.set(holder, (counts.get(holder) ?? 0) + weight / places.length);
    }
  return [...counts]
    .toSorted((x, y) => y[1] - x[1] || x[0] - y[0])
    .slice(0, candidatesEach)
    .map(([candidate]) => candidate);
};

/** Identical segments find each other first, in order, whatever the size. */
const matchPrints = (a: Answer, b: Answer): Match[] => {
  const places = new Map<string, number[]>();
  for (const { print, index } of b.segments)
    places.set(print, [...(places.get(print) ?? []).slice(0, 200), index]);
  const matches: Match[] = [];
  for (const { print, index } of a.segments) {
    const place = places.get(print)?.shift();
    if (place !== undefined) matches.push({ a: index, b: place, score: 1 });
  }
  return matches;
};

const scored = (
  a: Answer,
  b: Answer,
  taken: { a: Set<number>; b: Set<number> },
  similarity?: TextSimilarity,
): Match[] => {
  const all = a.segments.length * b.segments.length <= fullMatrix;
  const scores: Match[] = [];
  for (const segment of a.segments) {
    if (taken.a.has(segment.index)) continue;
    for (const place of candidatesOf(segment, b, all)) {
      const other = b.segments[place];
      if (other === undefined || taken.b.has(place)) continue;
      const own = segmentSimilarity(segment, other);
      const score = similarity === undefined ? own : (own + similarity(segment.text, other.text)) / 2;
      if (score >= threshold) scores.push({ a: segment.index, b: place, score });
    }
  }
  const distance = ({ a: left, b: right }: Match): number => Math.abs(left - right);
  return scores.sort(
    (x, y) => y.score - x.score || distance(x) - distance(y) || x.a + x.b - (y.a + y.b) || x.a - y.a,
  );
};

const attached = 0.5;

/** Where the rest of a segment went: a sentence split in two, or two joined into one. */
const partners = (own: Answer, other: Answer, matched: ReadonlyMap<number, number>): number[][] => {
  const all = own.segments.length * other.segments.length <= fullMatrix;
  return own.segments.map((segment) => {
    const match = matched.get(segment.index);
    if (segment.weight === 0) return match === undefined ? [] : [match];
    const found = candidatesOf(segment, other, all)
      .map((place) => {
        const candidate = other.segments[place];
        if (candidate === undefined || place === match) return { place, share: 0 };
        const holds = coverage(segment.content, candidate.keys);
        const isHeld = candidate.weight >= 1 ? coverage(candidate.content, segment.keys) : 0;
        return { place, share: Math.max(holds, isHeld) };
      })
      .filter(({ share }) => share >= attached)
      .toSorted((x, y) => y.share - x.share || x.place - y.place)
      .slice(0, 3)
      .map(({ place }) => place);
    return match === undefined ? found : [match, ...found];
  });
};

/**
 * Pairs the segments of two answers regardless of their order: greedy by similarity, above a threshold. Sentences
 * of long answers are only compared with those that share rarer words, so that the work stays near linear.
 */
export const align = (a: Answer, b: Answer, similarity?: TextSimilarity): Alignment => {
  const matches = matchPrints(a, b);
  const taken = { a: new Set(matches.map((match) => match.a)), b: new Set(matches.map((match) => match.b)) };
  for (const match of scored(a, b, taken, similarity)) {
    if (taken.a.has(match.a) || taken.b.has(match.b)) continue;
    taken.a.add(match.a);
    taken.b.add(match.b);
    matches.push(match);
  }
  matches.sort((x, y) => x.a - y.a);
  return {
    matches,
    partnersOfA: partners(a, b, new Map(matches.map((match) => [match.a, match.b]))),
    partnersOfB: partners(b, a, new Map(matches.map((match) => [match.b, match.a]))),
  };
};
