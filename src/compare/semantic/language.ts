import data from './languages.json' with { type: 'json' };
import type { Token } from './tokens.ts';

/** A language code, a script for those without spaces or in other letters, or null: too little to tell. */
export type LanguageGuess = string | null;

const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['zh', /\p{Script=Han}/u],
  ['ko', /\p{Script=Hangul}/u],
  ['ru', /\p{Script=Cyrillic}/u],
  ['ar', /\p{Script=Arabic}/u],
  ['he', /\p{Script=Hebrew}/u],
  ['el', /\p{Script=Greek}/u],
  ['hi', /\p{Script=Devanagari}/u],
  ['th', /\p{Script=Thai}/u],
];

let wordTable: Map<string, readonly string[]> | undefined;
const languagesByWord = (): Map<string, readonly string[]> => {
  if (wordTable !== undefined) return wordTable;
  const table = new Map<string, string[]>();
  for (const [language, words] of Object.entries(data.words))
    for (const word of words.split(' ')) table.set(word, [...(table.get(word) ?? []), language]);
  wordTable = table;
  return table;
};

const sample = 400;

/** The language of an answer by its function words or its script. Deterministic; looks at the first words only. */
export const languageOf = (segments: readonly { readonly tokens: readonly Token[] }[]): LanguageGuess => {
  const counts = new Map<string, number>();
  const scriptCounts = new Map<string, number>();
  let words = 0;
  for (const { tokens } of segments) {
    for (const { kind, lower } of tokens) {
      if (kind !== 'word' || words >= sample) continue;
      words++;
      if (/[^\x00-\u024f]/.test(lower)) {
        const script = scripts.find(([, pattern]) => pattern.test(lower))?.[0];
        if (script !== undefined) scriptCounts.set(script, (scriptCounts.get(script) ?? 0) + 1);
      }
      for (const language of languagesByWord().get(lower) ?? [])
        counts.set(language, (counts.get(language) ?? 0) + 1);
    }
    if (words >= sample) break;
  }
  const script = [...scriptCounts].toSorted((a, b) => b[1] - a[1])[0];
  if (script !== undefined && script[1] * 2 >= words) return scriptCounts.has('ja') ? 'ja' : script[0];
  const ranked = [...counts].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const [best, second] = ranked;
  if (best === undefined || best[1] < 3 || best[1] < words * 0.15) return null;
  return second !== undefined && second[1] * 1.3 >= best[1] ? null : best[0];
};
