import type { Lexeme } from './lex.ts';
import data from './quantities.json' with { type: 'json' };

const ones = new Map<string, number>(Object.entries(data.ones));
const tens = new Map<string, number>(Object.entries(data.tens));
const scales = new Map<string, number>(Object.entries(data.scales));

/** A number read off the lexemes from `at`: its value, where it ends, and how it was written. */
export type ReadNumber = {
  readonly value: number;
  readonly next: number;
  /** Written with digits. */
  readonly digits: boolean;
  /** `a`, `one`: may be an article or a pronoun rather than a number. */
  readonly soft: boolean;
};

/** `1,200.50` → 1200.5; a comma before other than three digits is a decimal comma. */
export const parseDigits = (text: string): number =>
  Number(/^\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$/.test(text) ? text.replace(/[, ]/g, '') : text.replace(',', '.'));

const smallWord = (lexemes: readonly Lexeme[], at: number): { value: number; next: number } | null => {
  const word = lexemes[at]?.lower ?? '';
  const ten = tens.get(word);
  if (ten === undefined) {
    const one = ones.get(word);
    return one === undefined ? null : { value: one, next: at + 1 };
  }
  const dash = lexemes[at + 1]?.text === '-' ? 1 : 0;
  const one = ones.get(lexemes[at + 1 + dash]?.lower ?? '');
  return one !== undefined && one > 0 && one < 10
    ? { value: ten + one, next: at + 2 + dash }
    : { value: ten, next: at + 1 };
};

const scaleAt = (lexemes: readonly Lexeme[], at: number, glued: boolean): number | undefined => {
  const lexeme = lexemes[at];
  if (lexeme === undefined) return undefined;
  const attached = lexemes[at - 1]?.end === lexeme.start;
  if (lexeme.lower === 'k' || lexeme.lower === 'bn' || lexeme.lower === 'mn')
    return attached || lexeme.lower !== 'k' ? scales.get(lexeme.lower) : undefined;
  if (lexeme.lower === 'm' && glued && attached) return 1_000_000;
  return scales.get(lexeme.lower);
};

/** Number words with their scales: `two hundred and fifty thousand`, `a million`, `half a dozen` is not one. */
const readWords = (lexemes: readonly Lexeme[], at: number): ReadNumber | null => {
  let total = 0;
  let current = 0;
  let next = at;
  let seen = false;
  if (/^an?$/.test(lexemes[at]?.lower ?? '')) {
    const scale =
      scales.get(lexemes[at + 1]?.lower ?? '') ?? (lexemes[at + 1]?.lower === 'dozen' ? 12 : undefined);
    if (scale === undefined || lexemes[at + 1]?.lower === 'k') return null;
    return { value: scale, next: at + 2, digits: false, soft: false };
  }
  for (;;) {
    const joined = seen && lexemes[next]?.lower === 'and' && current >= 100 ? 1 : 0;
    const small = smallWord(lexemes, next + joined);
    if (small !== null && (!seen || current === 0 || current % 100 === 0)) {
      current += small.value;
      next = small.next;
      seen = true;
      continue;
    }
    const scale = seen ? scaleAt(lexemes, next, false) : undefined;
    if (scale === undefined) break;
    if (scale === 100) current *= 100;
    else {
      total += current * scale;
      current = 0;
    }
    next++;
  }
  if (!seen) return null;
  const soft = next === at + 1 && lexemes[at]?.lower === 'one';
  return { value: total + current, next, digits: false, soft };
};

/** The number that begins at `at`, in digits or words, with `k`, `million` and `and a half`; null: none. */
export const readNumber = (lexemes: readonly Lexeme[], at: number): ReadNumber | null => {
  const first = lexemes[at];
  if (first === undefined) return null;
  let read: ReadNumber | null = null;
  if (first.kind === 'number') {
    const money = Object.hasOwn(data.symbols, lexemes[at - 1]?.text ?? '');
    const scale = scaleAt(lexemes, at + 1, money);
    read = {
      value: parseDigits(first.text) * (scale ?? 1),
      next: at + (scale === undefined ? 1 : 2),
      digits: true,
      soft: false,
    };
  } else if (first.kind === 'word') {
    read = readWords(lexemes, at);
  }
  if (read === null || !Number.isFinite(read.value)) return null;
  const half = ['and', 'a', 'half'].every(
    (word, offset) => lexemes[(read?.next ?? 0) + offset]?.lower === word,
  );
  return half ? { ...read, value: read.value + 0.5, next: read.next + 3 } : read;
};
