import data from './courtesy.json' with { type: 'json' };
import type { Lexeme } from './lex.ts';
import { courtesyWords } from './lexicon.ts';
import { matchLength, patternStems } from './phrases.ts';
import { stemOf } from './stem.ts';

const byFirst = (patterns: readonly string[]): Map<string, string[][]> => {
  const map = new Map<string, string[][]>();
  for (const pattern of patterns) {
    const stems = patternStems(pattern);
    const first = stems[0];
    if (first !== undefined) map.set(first, [...(map.get(first) ?? []), stems]);
  }
  for (const list of map.values()) list.sort((a, b) => b.length - a.length);
  return map;
};

type Table = Map<string, string[][]>;
let tables: { remarks: Table; openers: Table; harmless: Table } | undefined;
const patterns = () => {
  tables ??= {
    remarks: byFirst(data.remarks),
    openers: byFirst(data.openers),
    harmless: byFirst(data.harmless),
  };
  return tables;
};

const longest = (table: Map<string, string[][]>, stems: readonly string[], at: number): number => {
  for (const pattern of table.get(stems[at] ?? '') ?? []) {
    const length = matchLength(pattern, stems, at);
    if (length > 0) return length;
  }
  return 0;
};

const ends = /^[,;:!?.()]$/;

/** Facts make a remark worth comparing: a number, an address, a refusal of something. */
const factual = (lexemes: readonly Lexeme[]): boolean =>
  lexemes.some(({ kind }) => kind !== 'word' && kind !== 'mark');

/**
 * Which parts of a sentence are politeness: greetings, thanks, apologies, offers to help. Asked by the offset
 * of a word in the sentence.
 */
export const courtesyMask = (lexemes: readonly Lexeme[]): ((start: number) => boolean) => {
  const stems = lexemes.map(({ kind, lower }) => (kind === 'word' ? stemOf(lower).stem : lower));
  const polite = new Set<number>();
  const { remarks, openers, harmless } = patterns();
  for (let from = 0; from < lexemes.length; ) {
    let to = from;
    while (to < lexemes.length && !ends.test(lexemes[to]?.text ?? '')) to++;
    const clause = lexemes.slice(from, to);
    let opened = from;
    for (let length = longest(openers, stems, opened); length > 0 && opened + length <= to; ) {
      opened += length;
      length = longest(openers, stems, opened);
    }
    // An opener is a remark by itself only where it fills the clause; else it introduces one.
    for (let at = from; at < opened; at++) polite.add(lexemes[at]?.start ?? -1);
    const begins = [from, opened, opened + 1, opened + 2].some(
      (at) => at < to && longest(remarks, stems, at) > 0,
    );
    if (begins && !factual(clause)) for (const { start } of clause) polite.add(start);
    from = to + 1;
  }
  lexemes.forEach(({ start }, index) => {
    if (courtesyWords().has(stems[index] ?? '')) polite.add(start);
    // "Don't hesitate", "no problem": a cue that negates nothing.
    const taken = longest(harmless, stems, index);
    for (const { start: within } of lexemes.slice(index, index + taken)) polite.add(within);
  });
  return (start) => polite.has(start);
};
