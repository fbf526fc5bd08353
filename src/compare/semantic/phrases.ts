import type { Lexeme } from './lex.ts';
import { lex } from './lex.ts';
import phraseData from './phrases.json' with { type: 'json' };
import { stemOf } from './stem.ts';

type Phrase = { readonly stems: readonly string[]; readonly word: string };

const key = (lexeme: Lexeme): string => (lexeme.kind === 'word' ? stemOf(lexeme.lower).stem : lexeme.lower);

/** A phrase pattern as stems; a lone `_` stays a gap. */
export const patternStems = (pattern: string): string[] =>
  lex(pattern)
    .filter(({ kind, text }) => kind !== 'mark' || text === '/' || text === '&')
    .map((lexeme) => (lexeme.text === '_' ? '_' : key(lexeme)));

let phrasesByFirst: Map<string, Phrase[]> | undefined;

const phrases = (): Map<string, Phrase[]> => {
  if (phrasesByFirst !== undefined) return phrasesByFirst;
  const map = new Map<string, Phrase[]>();
  for (const [word, patterns] of Object.entries(phraseData.phrases as Record<string, readonly string[]>))
    for (const pattern of patterns) {
      const stems = patternStems(pattern);
      const first = stems[0];
      if (first !== undefined) map.set(first, [...(map.get(first) ?? []), { stems, word }]);
    }
  for (const list of map.values()) list.sort((a, b) => b.stems.length - a.stems.length);
  phrasesByFirst = map;
  return map;
};

/** How many of `stems` from `at` the pattern takes up, or 0. A gap takes one word or none. */
export const matchLength = (pattern: readonly string[], stems: readonly string[], at: number): number => {
  const step = (index: number, position: number): number => {
    if (index === pattern.length) return position;
    if (pattern[index] === '_') {
      const filled = position < stems.length && stems[position] !== ',' ? step(index + 1, position + 1) : 0;
      return filled > 0 ? filled : step(index + 1, position);
    }
    return pattern[index] === stems[position] ? step(index + 1, position + 1) : 0;
  };
  return Math.max(0, step(0, at) - at);
};

const rates = new Set(['daily', 'weekly', 'monthly', 'yearly', 'hourly', 'nightly']);
const notRateBefore = new Set(
  'within for in after than least about over under by once since half of quarter'.split(' '),
);
const notRateAfter = new Set(
  'before after ahead later earlier ago from or in prior to and late long'.split(' '),
);

const spanVerbs = /^(?:tak|last|wait|spen[dt]|need|requir|add|los)/;

/** `10 mg a day` is a rate; `a day before` and `within a day` are spans of time. */
const isSpan = (word: string, length: number, lexemes: readonly Lexeme[], at: number): boolean =>
  rates.has(word) &&
  length === 2 &&
  /^an?$/.test(lexemes[at]?.lower ?? '') &&
  (spanVerbs.test(lexemes[at - 1]?.lower ?? '') ||
    notRateBefore.has(lexemes[at - 1]?.lower ?? '') ||
    notRateAfter.has(lexemes[at + length]?.lower ?? ''));

/** `sign-in` reads as sign in. */
const withoutHyphens = (lexemes: readonly Lexeme[]): Lexeme[] =>
  lexemes.filter(({ text, start, end }, at) => {
    const [before, after] = [lexemes[at - 1], lexemes[at + 1]];
    return !(
      text === '-' &&
      before?.kind === 'word' &&
      after?.kind === 'word' &&
      before.end === start &&
      after.start === end
    );
  });

/** Replaces every phrase of the dictionary by the one word that says the same. */
export const foldPhrases = (hyphenated: readonly Lexeme[]): Lexeme[] => {
  const table = phrases();
  const lexemes = withoutHyphens(hyphenated);
  const stems = lexemes.map(key);
  const folded: Lexeme[] = [];
  for (let at = 0; at < lexemes.length; ) {
    const first = lexemes[at];
    if (first === undefined) break;
    let taken = 0;
    for (const { stems: pattern, word } of table.get(stems[at] ?? '') ?? []) {
      const length = matchLength(pattern, stems, at);
      if (length === 0 || isSpan(word, length, lexemes, at)) continue;
      const end = lexemes[at + length - 1]?.end ?? first.end;
      for (const lower of word.split(' '))
        folded.push({ kind: 'word', text: lower, lower, start: first.start, end });
      taken = length;
      break;
    }
    if (taken === 0) folded.push(first);
    at += Math.max(1, taken);
  }
  return folded;
};
