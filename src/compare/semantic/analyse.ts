import { blocksOf, type CodeBlock, type Piece } from './blocks.ts';
import { type LanguageGuess, languageOf } from './language.ts';
import type { Quantity } from './quantities.ts';
import { sameQuantity, valuesOf } from './same-quantity.ts';
import { type Token, tokensOf } from './tokens.ts';

/** A sentence, list item or table row with what is known about it. */
export type Segment = Piece & {
  readonly index: number;
  readonly tokens: readonly Token[];
  /** The words that say something. */
  readonly content: readonly Token[];
  /** Everything it says, courtesies included, under all keys. */
  readonly keys: ReadonlySet<string>;
  readonly weight: number;
  readonly quantities: readonly Quantity[];
  readonly links: readonly string[];
  /** Only politeness. */
  readonly courtesy: boolean;
  readonly trigrams: ReadonlySet<string>;
  /** The same words in the same order give the same print. */
  readonly print: string;
};

export type Answer = {
  readonly text: string;
  readonly segments: readonly Segment[];
  readonly code: readonly CodeBlock[];
  readonly language: LanguageGuess;
  /** Keys of all segments. */
  readonly keys: ReadonlySet<string>;
  /** Segments by the keys they hold. */
  readonly byKey: ReadonlyMap<string, readonly number[]>;
  /** All quantities by the values under which another could be equal to them. */
  readonly byValue: ReadonlyMap<number, readonly Quantity[]>;
};

const trigramsOf = (words: readonly Token[]): Set<string> => {
  const text = ` ${words.map(({ lower }) => lower).join(' ')} `;
  const grams = new Set<string>();
  for (let at = 0; at + 3 <= text.length; at++) grams.add(text.slice(at, at + 3));
  return grams;
};

const segmentOf = (piece: Piece, index: number): Segment => {
  const { tokens, quantities } = tokensOf(piece.text);
  const words = tokens.filter(({ kind }) => kind !== 'mark');
  const content = words.filter(({ weight, kind }) => weight > 0 && kind !== 'link');
  const keys = new Set<string>();
  for (const token of words) if (!token.quantity) for (const key of token.keys) keys.add(key);
  const links = tokens.filter(({ kind }) => kind === 'link' || kind === 'phone').map(({ text }) => text);
  const weight = content.reduce((sum, token) => sum + token.weight, 0);
  return {
    ...piece,
    index,
    tokens,
    content,
    keys,
    weight,
    quantities,
    links,
    courtesy: weight < 0.5 && quantities.length === 0 && links.length === 0,
    trigrams: trigramsOf(words.filter(({ courtesy }) => !courtesy)),
    print: words
      .filter(({ courtesy }) => !courtesy)
      .map(({ lower }) => lower)
      .join(' '),
  };
};

const maxAlike = 40;

/** An index of quantities by value. */
export const valuesIn = (segments: readonly Segment[]): Map<number, Quantity[]> => {
  const byValue = new Map<number, Quantity[]>();
  for (const { quantities } of segments)
    for (const quantity of quantities)
      for (const value of valuesOf(quantity)) {
        const alike = byValue.get(value);
        if (alike === undefined) byValue.set(value, [quantity]);
        else if (alike.length < maxAlike) alike.push(quantity);
      }
  return byValue;
};

/** Whether an answer gives a quantity anywhere. */
export const holdsQuantity = ({ byValue }: Pick<Answer, 'byValue'>, quantity: Quantity): boolean =>
  valuesOf(quantity).some(
    (value) => byValue.get(value)?.some((other) => sameQuantity(quantity, other)) === true,
  );

/** Reads an answer once: its units, their words, numbers and links, and an index over them. */
export const analyse = (text: string): Answer => {
  const { pieces, code } = blocksOf(text);
  const segments = pieces.map(segmentOf);
  const keys = new Set<string>();
  const byKey = new Map<string, number[]>();
  for (const segment of segments)
    for (const key of segment.keys) {
      keys.add(key);
      const list = byKey.get(key);
      if (list === undefined) byKey.set(key, [segment.index]);
      else list.push(segment.index);
    }
  return { text, segments, code, language: languageOf(segments), keys, byKey, byValue: valuesIn(segments) };
};

/** Share of a list of words that the other side also says, by weight; 1 for no words. */
export const coverage = (words: readonly Token[], keys: ReadonlySet<string>): number => {
  let total = 0;
  let covered = 0;
  for (const { weight, keys: own } of words) {
    total += weight;
    if (own.some((key) => keys.has(key))) covered += weight;
  }
  return total === 0 ? 1 : covered / total;
};

/** Whether two words can stand for each other. */
export const sameConcept = (a: Token, b: Token): boolean => a.keys.some((key) => b.keys.includes(key));
