import stopWordList from './stop-words.json' with { type: 'json' };
import synonymData from './synonyms.json' with { type: 'json' };

/** A word of a question, and what counts as a mention of it: itself in full, its synonyms in part. */
export type Term = { readonly stem: string; readonly variants: readonly Variant[] };
export type Variant = { readonly stem: string; readonly weight: number };

const synonymWeight = 0.6;
/** Text beyond it is not read: a question of this length is an attack or a file, and time stays linear. */
const maxWords = 4_000;

const suffixes: readonly (readonly [ending: string, replacement: string, shortest: number])[] = [
  ['ies', 'y', 5],
  ['sses', 'ss', 6],
  ['ing', '', 6],
  ['ed', '', 5],
  ['ly', '', 6],
  ['es', 'e', 5],
  ['s', '', 4],
];

/**
 * A light stemmer: plural, -ing, -ed and -ly off, a doubled consonant halved, a final e off. Only equality of
 * stems matters, so they need not be words.
 */
export const stemOf = (word: string): string => {
  let stem = word;
  for (const [ending, replacement, shortest] of suffixes) {
    if (stem.length < shortest || !stem.endsWith(ending)) continue;
    if (ending === 's' && /(ss|us|is)$/.test(stem)) break;
    stem = stem.slice(0, -ending.length) + replacement;
    if (ending === 'ing' || ending === 'ed') stem = stem.replace(/([bdfgmnprt])\1$/, '$1');
    break;
  }
  return stem.length > 4 && stem.endsWith('e') ? stem.slice(0, -1) : stem;
};

const table = <Value>(build: () => Value): (() => Value) => {
  let value: Value | null = null;
  return () => {
    value ??= build();
    return value;
  };
};

const stopWords = table(() => new Set<string>(stopWordList));
const groupsOf = table(() => {
  const groups = new Map<string, string[][]>();
  for (const words of synonymData.groups) {
    const stems = words.map(stemOf);
    for (const stem of stems) groups.set(stem, [...(groups.get(stem) ?? []), stems]);
  }
  return groups;
});

const phrases = table(() => {
  const words = new Map(synonymData.phrases.map(([phrase = '', word = '']) => [phrase, word]));
  return { words, pattern: new RegExp([...words.keys()].join('|'), 'g') };
});

/** Several words that mean one are made one: `money back` is `refund`. */
const foldPhrases = (text: string): string => {
  const { words, pattern } = phrases();
  return text.replace(pattern, (phrase) => ` ${words.get(phrase) ?? phrase} `);
};

/** A text's words, stemmed and in order: `all`, and those that carry `content`. */
export type Stems = { readonly all: readonly string[]; readonly content: readonly string[] };

export const readStems = (text: string): Stems => {
  const plain = text.normalize('NFKC').replaceAll('’', "'").toLowerCase();
  const all: string[] = [];
  const content: string[] = [];
  for (const [word] of foldPhrases(plain).matchAll(/[\p{L}\p{N}]+(?:'\p{L}{1,3})?/gu)) {
    if (all.length >= maxWords) break;
    const bare = word.endsWith("'s") ? word.slice(0, -2) : word;
    const stem = stemOf(bare.replaceAll("'", ''));
    all.push(stem);
    if (!stopWords().has(bare)) content.push(stem);
  }
  return { all, content };
};

/** The stems that carry content. */
export const stemsOf = (text: string): readonly string[] => readStems(text).content;

/** All stems as one text with a blank around each, so that whole terms can be found in it. */
export const lineOf = (text: string): string => lineOfStems(readStems(text).all);
export const lineOfStems = (stems: readonly string[]): string => ` ${stems.join(' ')} `;

/** The distinct words of a question with their synonyms. */
export const termsOf = (text: string): Term[] =>
  [...new Set(stemsOf(text))].map((stem) => {
    const others = new Set((groupsOf().get(stem) ?? []).flat());
    others.delete(stem);
    const variants = [...others].map((other) => ({ stem: other, weight: synonymWeight }));
    return { stem, variants: [{ stem, weight: 1 }, ...variants] };
  });
