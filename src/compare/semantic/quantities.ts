import { boundOf, type ReadBound } from './bounds.ts';
import { type CalendarRead, readCalendar } from './calendar.ts';
import type { Lexeme } from './lex.ts';
import { readNumber } from './number-words.ts';
import data from './quantities.json' with { type: 'json' };
import { readUnit, symbols } from './units.ts';

/** A number, amount, date, time or measure with its canonical value. */
export type Quantity = ReadBound & {
  /** `USD`, `time`, `mass`, `date`, …; null: a bare number. */
  readonly dimension: string | null;
  /** In the base unit of the dimension; a date is month × 100 + day, a clock time minutes after midnight. */
  readonly value: number;
  /** The number as it was written, before its unit. */
  readonly written: number;
  readonly year: number | null;
  /** Span of the sentence's text. */
  readonly text: string;
  /** First and one past the last lexeme. */
  readonly from: number;
  readonly to: number;
  /** `one`, `half`, `first`, `an hour`: explains a number of the other side, is never reported alone. */
  readonly soft: boolean;
};

type Draft = Omit<Quantity, 'text' | 'bound' | 'boundCue'>;

const measure = (lexemes: readonly Lexeme[], at: number): Draft | null => {
  const number = readNumber(lexemes, at);
  if (number === null) return null;
  const before = lexemes[at - 1];
  const symbol = before === undefined ? undefined : symbols.get(before.text);
  const trailing = symbols.get(lexemes[number.next]?.text ?? '');
  const unit = readUnit(lexemes, number.next);
  const base = { written: number.value, year: null, soft: false };
  if (symbol !== undefined)
    return {
      ...base,
      dimension: symbol,
      // An amount has no third decimal, so the point of `€1.500` groups thousands.
      value: /^\d{1,3}(\.\d{3})+$/.test(lexemes[at]?.text ?? '') ? number.value * 1000 : number.value,
      from: at - 1,
      to: unit?.dimension === symbol ? unit.next : number.next,
    };
  if (trailing !== undefined)
    return { ...base, dimension: trailing, value: number.value, from: at, to: number.next + 1 };
  if (unit?.dimension === 'times' && lexemes[number.next]?.lower !== 'times')
    return { ...base, dimension: null, value: number.value, from: at, to: unit.next };
  if (unit !== null)
    return { ...base, dimension: unit.dimension, value: number.value * unit.factor, from: at, to: unit.next };
  const pronoun = number.soft;
  return { ...base, dimension: null, value: number.value, from: at, to: number.next, soft: pronoun };
};

const fractionWords = new Map<string, number>(Object.entries(data.fractions));
const multiples = new Map<string, number>(Object.entries(data.multiples));
const ordinalWords = new Map<string, number>(Object.entries(data.ordinals));

/** `half an hour`, `an hour`, `half`, `twice`, `both`, `the first`. */
const looseMeasure = (lexemes: readonly Lexeme[], at: number): Draft | null => {
  const word = lexemes[at]?.lower ?? '';
  const base = { year: null, from: at, soft: true };
  const part = fractionWords.get(word);
  const article = /^an?$/;
  if (part !== undefined && /^(half|quarter)$/.test(word)) {
    let next = at + 1;
    if (lexemes[next]?.lower === 'of') next++;
    const unit = article.test(lexemes[next]?.lower ?? '') ? readUnit(lexemes, next + 1) : null;
    if (unit !== null && /^(time|mass|volume|length|calendar|kitchen)$/.test(unit.dimension))
      return {
        ...base,
        dimension: unit.dimension,
        value: (part / 100) * unit.factor,
        written: part / 100,
        to: unit.next,
        soft: false,
      };
    const of = lexemes[at + 1]?.lower === 'of';
    return word === 'half'
      ? { ...base, dimension: 'percent', value: part, written: part, to: at + 1, soft: !of }
      : null;
  }
  const share = fractionWords.get(lexemes[at + 1]?.lower ?? '');
  if (article.test(word) && share !== undefined && lexemes[at + 2]?.lower === 'of')
    return { ...base, dimension: 'percent', value: share, written: share, to: at + 3, soft: false };
  if (article.test(word)) {
    const unit = readUnit(lexemes, at + 1);
    if (unit === null || !/^(time|calendar|workday)$/.test(unit.dimension)) return null;
    return { ...base, dimension: unit.dimension, value: unit.factor, written: 1, to: unit.next };
  }
  const times = multiples.get(word);
  if (times !== undefined)
    return { ...base, dimension: 'times', value: times, written: times, to: at + 1, soft: times === 1 };
  if (word === 'both' || word === 'couple' || word === 'pair')
    return { ...base, dimension: null, value: 2, written: 2, to: at + 1 };
  if (lexemes[at]?.kind === 'ordinal') {
    const value = Number.parseInt(word, 10);
    return { ...base, dimension: 'ordinal', value, written: value, to: at + 1, soft: false };
  }
  const ordinal = ordinalWords.get(word);
  return ordinal === undefined
    ? null
    : { ...base, dimension: 'ordinal', value: ordinal, written: ordinal, to: at + 1 };
};

const fromCalendar = (read: CalendarRead): Draft => ({ ...read, written: read.value });

const readAt = (lexemes: readonly Lexeme[], at: number): Draft | null => {
  const lexeme = lexemes[at];
  if (lexeme === undefined || lexeme.kind === 'link' || lexeme.kind === 'code') return null;
  const calendar = readCalendar(lexemes, at);
  if (calendar !== null) return fromCalendar(calendar);
  if (lexeme.kind === 'phone' || lexeme.kind === 'version') return null;
  return measure(lexemes, at) ?? looseMeasure(lexemes, at);
};

const connectors = new Set(['-', 'to', 'or', 'and', 'through', 'until', 'by', 'x', '×', ',']);

/** `3 to 5 days`: the first number takes the unit of the second. `2 hours 30 minutes` is one span of time. */
const join = (drafts: readonly Draft[], lexemes: readonly Lexeme[]): Draft[] => {
  const joined: Draft[] = [];
  for (const draft of drafts.toReversed()) {
    const after = joined.at(-1);
    const gap = after === undefined ? 99 : after.from - draft.to;
    const between = lexemes[draft.to]?.text.toLowerCase() ?? '';
    if (after === undefined || gap > 1 || (gap === 1 && !connectors.has(between))) {
      joined.push(draft);
      continue;
    }
    const compound =
      draft.dimension !== null &&
      draft.dimension === after.dimension &&
      /^(time|calendar|mass|length|imperial)$/.test(draft.dimension) &&
      draft.value / draft.written > after.value / after.written &&
      (gap === 0 || between === 'and');
    if (compound) {
      joined.pop();
      const value = draft.value + after.value;
      joined.push({ ...draft, value, written: value, to: after.to, soft: false });
      continue;
    }
    joined.push(gap === 1 && between !== ',' ? shareUnit(draft, after) : draft);
  }
  return joined.toReversed();
};

const shareUnit = (first: Draft, second: Draft): Draft => {
  if (first.dimension !== null || second.dimension === null) return first;
  if (second.dimension === 'date' && first.value <= 31)
    return { ...first, dimension: 'date', value: Math.floor(second.value / 100) * 100 + first.value };
  if (/^(clock|dial|date|month|weekday|ordinal|times)$/.test(second.dimension)) return first;
  return {
    ...first,
    dimension: second.dimension,
    value: first.written * (second.written === 0 ? 1 : second.value / second.written),
    soft: false,
  };
};

/** All quantities of a sentence, in order. */
export const readQuantities = (lexemes: readonly Lexeme[], text: string): Quantity[] => {
  const drafts: Draft[] = [];
  for (let at = 0; at < lexemes.length; ) {
    const draft = readAt(lexemes, at);
    const last = drafts.at(-1);
    if (draft !== null && draft.to > at) {
      drafts.push(last !== undefined && draft.from < last.to ? { ...draft, from: last.to } : draft);
      at = draft.to;
    } else at++;
  }
  return join(drafts, lexemes).map((draft) => ({
    ...draft,
    text: text.slice(lexemes[draft.from]?.start ?? 0, lexemes[draft.to - 1]?.end ?? 0),
    ...boundOf(lexemes, draft.from, draft.to),
  }));
};
