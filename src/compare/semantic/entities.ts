import type { Answer } from './analyse.ts';
import { type Comparison, type Draft, views } from './comparison.ts';
import { commonOpeners, stopWords } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A name: of a person, place, product, menu entry; an acronym; a reference such as E-11904. */
export type Entity = {
  readonly text: string;
  readonly words: readonly Token[];
  readonly segment: number;
};

const shouted = /^[\p{Lu}\d&-]{2,}$/u;
const mixedCase = /^\p{L}*\p{Ll}\p{Lu}|^\p{L}+\d|^\d+\p{L}/u;

const isName = (token: Token, titled: boolean): boolean => {
  if (token.kind === 'code') return true;
  if (token.kind !== 'word' || token.quantity || token.courtesy || token.lower === 'i') return false;
  if (shouted.test(token.text) || mixedCase.test(token.text)) return !stopWords().has(token.lower);
  return (
    token.capital &&
    !token.initial &&
    !titled &&
    !stopWords().has(token.lower) &&
    !commonOpeners().has(token.lower)
  );
};

/** The names of an answer, neighbours taken together: `Student Services`, `Building C`. */
export const entitiesOf = (answer: Answer): Entity[] =>
  answer.segments.flatMap(({ tokens, index, kind }) => {
    const words = tokens.filter((token) => token.kind === 'word');
    const capitals = words.filter(({ capital }) => capital).length;
    const shouting =
      words.length > 3 && words.filter(({ text }) => shouted.test(text)).length > words.length / 2;
    const titled = kind === 'heading' || (words.length > 3 && capitals > words.length * 0.7);
    const entities: Entity[] = [];
    let open: Token[] = [];
    const close = (): void => {
      if (open.length > 0)
        entities.push({ text: open.map(({ text }) => text).join(' '), words: open, segment: index });
      open = [];
    };
    for (const token of tokens) {
      if (
        !shouting &&
        (isName(token, titled) ||
          (open.length > 0 && token.capital && token.text.length === 1 && token.lower !== 'i'))
      )
        open.push(token);
      else close();
    }
    close();
    return entities;
  });

const initials = (words: readonly Token[]): string => words.map(({ lower }) => lower[0] ?? '').join('');

/** Names of the own side that the other does not say in any way: not in small letters, not as initials. */
const missing = (entities: readonly Entity[], others: readonly Entity[], other: Answer): Entity[] => {
  const shortForms = new Set(
    others.flatMap(({ words }) => [initials(words), ...words.map(({ lower }) => lower)]),
  );
  const longInitials = new Set(
    others.filter(({ words }) => words.length > 1).map(({ words }) => initials(words)),
  );
  const seen = new Set<string>();
  return entities.filter(({ words, text }) => {
    const key = text.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    if (words.length > 1 && shortForms.has(initials(words))) return false;
    if (words.length === 1 && longInitials.has(words[0]?.lower ?? '')) return false;
    return (
      !words.some((word) => word.keys.some((name) => other.keys.has(name))) ||
      (words.length > 1 &&
        words.every(({ text: own }) => own.length > 1) &&
        words.filter((word) => word.keys.some((name) => other.keys.has(name))).length * 2 < words.length)
    );
  });
};

/** Names in the place of other names, and names that one side alone gives. */
export const entityReasons = (comparison: Comparison): Draft[] => {
  const [before, after] = views(comparison);
  const left = entitiesOf(comparison.a);
  const right = entitiesOf(comparison.b);
  const lost = missing(left, right, comparison.b).filter(({ segment }) => !before.alone.has(segment));
  const won = missing(right, left, comparison.a).filter(({ segment }) => !after.alone.has(segment));
  const used = new Set<Entity>();
  const changed = lost.flatMap((one): Draft[] => {
    const partner = won.find(
      (other) => !used.has(other) && before.partners[one.segment]?.includes(other.segment),
    );
    if (partner === undefined) return [];
    used.add(one).add(partner);
    const pair = comparison.pairOfA.get(one.segment);
    const near = pair?.b.index === partner.segment && pair.edit?.near === true;
    return [{ kind: 'entity', severity: near ? 'breaking' : 'review', a: one.text, b: partner.text }];
  });
  return [
    ...changed,
    ...lost
      .filter((one) => !used.has(one))
      .map(({ text }): Draft => ({ kind: 'entity', severity: 'review', a: text, b: null })),
    ...won
      .filter((one) => !used.has(one))
      .map(({ text }): Draft => ({ kind: 'entity', severity: 'review', a: null, b: text })),
  ];
};
