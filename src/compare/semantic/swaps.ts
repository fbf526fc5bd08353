import type { Answer } from './analyse.ts';
import type { Comparison, Draft } from './comparison.ts';
import { entitiesOf } from './entities.ts';
import type { Token } from './tokens.ts';

/** Something that both answers mention, and where each does. `owner`: a name, number or label rather than a word. */
type Item = {
  readonly text: string;
  readonly owner: boolean;
  readonly inA: ReadonlySet<number>;
  readonly inB: ReadonlySet<number>;
};

type Mentions = Map<string, { text: string; owner: boolean; places: Set<number> }>;

/** Names, numbers and labels by the sentence they stand in. */
const byGroup = (answer: Answer): Mentions => {
  const found: Mentions = new Map();
  const add = (key: string, text: string, place: number): void => {
    const item = found.get(key) ?? { text, owner: true, places: new Set<number>() };
    item.places.add(place);
    found.set(key, item);
  };
  for (const { text, segment } of entitiesOf(answer))
    add(text.toLowerCase(), text, answer.segments[segment]?.group ?? -1);
  for (const { quantities, label, group } of answer.segments) {
    for (const { dimension, value, text, soft } of quantities)
      if (!soft) add(`${dimension}:${value}`, text, group);
    if (label !== null) add(label, label, group);
  }
  return found;
};

/** Names and single words by the clause they stand in. */
const byClause = (answer: Answer): Mentions => {
  const found: Mentions = new Map();
  const places = (token: Token, segment: number): number => segment * 100 + Math.min(99, token.clause);
  const named = new Set<Token>();
  for (const { text, words, segment } of entitiesOf(answer)) {
    const first = words[0];
    if (first === undefined) continue;
    for (const word of words) named.add(word);
    const item = found.get(text.toLowerCase()) ?? { text, owner: true, places: new Set<number>() };
    found.set(text.toLowerCase(), item);
    item.places.add(places(first, segment));
  }
  if (found.size < 2) return new Map();
  for (const { content, index } of answer.segments)
    for (const token of content) {
      if (token.weight < 1 || named.has(token)) continue;
      const item = found.get(token.stem) ?? { text: token.text, owner: false, places: new Set<number>() };
      found.set(token.stem, item);
      item.places.add(places(token, index));
    }
  return found;
};

const maxItems = 24;

/** What both mention, at most twice each: what stands everywhere belongs to nothing. Names first. */
const sharedItems = (left: Mentions, right: Mentions): Item[] =>
  [...left]
    .flatMap(([key, { text, owner, places }]): Item[] => {
      const other = right.get(key);
      return other === undefined || places.size > 2 || other.places.size > 2
        ? []
        : [{ text, owner, inA: places, inB: other.places }];
    })
    .toSorted((x, y) => Number(y.owner) - Number(x.owner))
    .slice(0, maxItems);

type Meetings = readonly (readonly boolean[])[];

const meetings = (items: readonly Item[], side: 'inA' | 'inB'): Meetings =>
  items.map((one) => items.map((other) => [...one[side]].some((segment) => other[side].has(segment))));

/** x meets u and y meets v, and nothing else among the four meets. */
const tied = (met: Meetings, x: number, y: number, u: number, v: number): boolean =>
  met[x]?.[u] === true &&
  met[y]?.[v] === true &&
  !met[x]?.[v] &&
  !met[y]?.[u] &&
  !met[x]?.[y] &&
  !met[u]?.[v];

/**
 * Facts that changed owners: the office in building C and the desk in building F on one side, crosswise on the
 * other. Needs all four meetings, so that moved or joined sentences do not look like it.
 */
export const swapReasons = ({ a, b }: Comparison): Draft[] => {
  if (a.segments.length > maxSegments || b.segments.length > maxSegments) return [];
  const crossed = crossedIn(sharedItems(byGroup(a), byGroup(b)));
  return crossed.length > 0 ? crossed : crossedIn(sharedItems(byClause(a), byClause(b)));
};

const maxSegments = 300;

const crossedIn = (items: readonly Item[]): Draft[] => {
  const [before, now] = [meetings(items, 'inA'), meetings(items, 'inB')];
  for (let x = 0; x < items.length; x++)
    for (let y = x + 1; y < items.length; y++) {
      if (items[x]?.owner !== true || items[y]?.owner !== true) break;
      for (let u = 0; u < items.length; u++) {
        if (before[x]?.[u] !== true || u === x || u === y) continue;
        for (let v = 0; v < items.length; v++) {
          if (v === u || v === x || v === y) continue;
          if (!tied(before, x, y, u, v) || !tied(now, x, y, v, u)) continue;
          const [owner, lost, won] = [items[x]?.text ?? '', items[u]?.text ?? '', items[v]?.text ?? ''];
          return [
            {
              kind: 'entity',
              severity: 'breaking',
              a: `${owner}: ${lost}`,
              b: `${owner}: ${won}`,
              detail: 'swap',
            },
          ];
        }
      }
    }
  return [];
};
