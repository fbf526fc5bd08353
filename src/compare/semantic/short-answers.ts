import type { Comparison, Draft } from './comparison.ts';
import { span } from './comparison.ts';
import type { Token } from './tokens.ts';

/** Longer answers are understood sentence by sentence. */
const maxWords = 12;
const labelWords = 3;

const yes: ReadonlySet<string> = new Set(['yes', 'true', 'correct', 'right', 'yep', 'yeah']);
const no: ReadonlySet<string> = new Set(['no', 'false', 'incorrect', 'wrong', 'nope', 'nah']);

const wordsOf = ({ segments }: Comparison['a']): Token[] =>
  segments.flatMap(({ tokens }) => tokens.filter(({ kind, courtesy }) => kind === 'word' && !courtesy));

/** From the text itself: a bare "Yes." is a courtesy to the sentences. */
const polarity = (text: string): 'yes' | 'no' | null => {
  const first = /[\p{L}]+/u.exec(text)?.[0]?.toLowerCase() ?? '';
  return yes.has(first) ? 'yes' : no.has(first) ? 'no' : null;
};

/** Counted in the text, since "not allowed" is one word to the sentences. */
const cuesIn = (text: string): number =>
  text.match(/\b(?:not|never|cannot|without)\b|n['’]t\b/giu)?.length ?? 0;

const isNegation = ({ negation }: Token): boolean => negation === 'hard';

/** Words of `own` that `other` has under no key, in order. */
const without = (own: readonly Token[], other: readonly Token[]): Token[] => {
  const keys = new Set(other.flatMap((token) => [...token.keys]));
  return own.filter((token) => !token.keys.some((key) => keys.has(key)));
};

const joining: ReadonlySet<string> = new Set(['and', 'or']);

/** One number in each of two answers of a single sentence: the one became the other, however little else they share. */
export const withNumbersPaired = (drafts: readonly Draft[], { a, b }: Comparison): readonly Draft[] => {
  const numbers = drafts.filter(({ kind }) => kind === 'number');
  const [gone, fresh] = [
    numbers.find((draft) => draft.b === null),
    numbers.find((draft) => draft.a === null),
  ];
  const single = a.segments.length === 1 && b.segments.length === 1;
  if (!single || numbers.length !== 2 || gone === undefined || fresh === undefined) return drafts;
  const changed: Draft = { kind: 'number', severity: 'breaking', a: gone.a, b: fresh.b };
  return [changed, ...drafts.filter((draft) => draft !== gone && draft !== fresh)];
};

/**
 * What an answer of few words says with each of them, where sentences give no hold: a bare yes or no, a label, a
 * statement of function words ("You can do it."). Asked only where nothing else was found.
 */
export const shortAnswerReasons = (comparison: Comparison): Draft[] => {
  const { a, b } = comparison;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  if (Math.max(left.length, right.length) > maxWords || a.text.length + b.text.length > 300) return [];
  const spans = { a: span(a.text), b: span(b.text) };
  const [before, now] = [polarity(a.text), polarity(b.text)];
  if (before !== null && now !== null)
    return before === now ? [] : [{ kind: 'negation', severity: 'breaking', ...spans, detail: 'answer' }];
  if (left.length === 0 || right.length === 0) return [];
  // "unavailable" and "declined" carry their negation within them; what they say is no matter of one word.
  const within =
    [...left, ...right].some(({ negation }) => negation === 'verb' || negation === 'soft') ||
    [a, b].some(({ text }) => /\bnon-?\p{L}/iu.test(text));
  const turned = !within && (cuesIn(a.text) - cuesIn(b.text)) % 2 !== 0;
  const [lost, won] = [without(left, right), without(right, left)];
  const others = [...lost, ...won].filter((token) => !isNegation(token) && token.weight > 0.4);
  if (turned && others.length === 0) {
    const side = cuesIn(a.text) > cuesIn(b.text) ? 'a' : 'b';
    return [{ kind: 'negation', severity: 'breaking', ...spans, detail: `${side}:not` }];
  }
  const [one, other] = [lost[0], won[0]];
  if (one === undefined || other === undefined || lost.length > 1 || won.length > 1) return [];
  const naming = [one, other].every(({ weight, lower }) => weight === 1 || lower.length === 1);
  if (naming && Math.max(left.length, right.length) <= labelWords)
    return [{ kind: 'substitution', severity: 'breaking', a: one.text, b: other.text }];
  return joining.has(one.lower) && joining.has(other.lower)
    ? [{ kind: 'substitution', severity: 'review', a: one.text, b: other.text }]
    : [];
};
