import words from './words.json' with { type: 'json' };

const irregular: ReadonlyMap<string, string> = new Map(Object.entries(words.irregular));

const vowel = /[aeiouy]/;

/** `stopp` → `stop`, `bill` stays: the doubling that -ed and -ing bring. */
const undouble = (word: string): string =>
  word.length > 3 && word.at(-1) === word.at(-2) && !/[lsz]$/.test(word) ? word.slice(0, -1) : word;

const withoutPlural = (word: string): string => {
  if (word.length < 3 || !word.endsWith('s') || /(?:ss|us|is)$|^(?:its|has|was|yes|gas|as)$/.test(word))
    return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  return /(ss|sh|ch|x|zz)es$/.test(word) ? word.slice(0, -2) : word.slice(0, -1);
};

const withoutTense = (word: string): string => {
  if (word.endsWith('ied') && word.length > 4) return `${word.slice(0, -3)}y`;
  const base = word.endsWith('ed') ? word.slice(0, -2) : word.endsWith('ing') ? word.slice(0, -3) : null;
  return base !== null && base.length >= 3 && vowel.test(base) ? undouble(base) : word;
};

/** A final `e` comes and goes with endings, so it is dropped everywhere; the stem is a key, never shown. */
const withoutE = (word: string): string =>
  word.length > 3 && word.endsWith('e') && !word.endsWith('ee') ? word.slice(0, -1) : word;

const inflectional = (word: string): string => {
  const form = irregular.get(word);
  return withoutE(form ?? withoutTense(withoutPlural(word)));
};

const derivations: readonly (readonly [RegExp, string])[] = [
  [/(?:ization|isation)$/, 'is'],
  [/(?:ational|ation|ations)$/, ''],
  [/(?:ically|ical|icly)$/, 'ic'],
  [/(?:ibility|ability)$/, ''],
  [/(?:iveness|fulness|ousness)$/, ''],
  [/(?:ably|ibly|able|ible|abl|ibl)$/, ''],
  [/(?:ment|ness|less|ship)$/, ''],
  [/(?:tion|sion|tions)$/, 't'],
  [/(?:ance|ence|anc|enc|ancy|ency|ant|ent)$/, ''],
  [/(?:ity|iti)$/, ''],
  [/(?:ally|fully|ily)$/, ''],
  [/(?:ful|ous|ive|iv|al|er|or|ly|ic|ist|ism|age|ag)$/, ''],
  [/(?:iz|is|ify|at)$/, ''],
];

/** `cancellation` and `cancel`, `allergic` and `allergy`, `refundable` and `refund` share a root. */
const derivational = (stem: string): string => {
  if (stem.length < 6 || irregular.get(stem) === stem) return stem;
  for (const [ending, rest] of derivations) {
    if (!ending.test(stem)) continue;
    const base = stem.replace(ending, rest);
    if (base.length >= 4)
      return undouble(base)
        .replace(/[iye]$/, '')
        .replace(/(l)l$/, '$1');
  }
  return stem.replace(/[y]$/, '').replace(/(l)l$/, '$1');
};

export type Stem = { readonly stem: string; readonly root: string };

const cache = new Map<string, Stem>();
const maxCached = 50_000;

/** The forms of a lower-case word under which it is compared: without its endings, and without what derives it. */
export const stemOf = (word: string): Stem => {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const stem = inflectional(word);
  const found = { stem, root: derivational(stem) };
  if (cache.size >= maxCached) cache.clear();
  cache.set(word, found);
  return found;
};
