import type { Lexeme } from './lex.ts';
import data from './quantities.json' with { type: 'json' };

type Unit = { readonly dimension: string; readonly factor: number };

let unitTable: Map<string, Unit> | undefined;
const units = (): Map<string, Unit> => {
  if (unitTable !== undefined) return unitTable;
  const table = new Map<string, Unit>();
  for (const [dimension, members] of Object.entries(data.units))
    for (const [name, factor] of Object.entries(members))
      table.set(name, { dimension, factor: Number(factor) });
  for (const [name, currency] of Object.entries(data.currencies))
    table.set(name, { dimension: currency, factor: 1 });
  unitTable = table;
  return table;
};

const workdayWords = new Set(data.workdayWords);
const cents = new Set(data.cents);
/** Currency signs: `€` → EUR. */
export const symbols = new Map<string, string>(Object.entries(data.symbols));

export type ReadUnit = Unit & { readonly next: number };

/** The unit at `at`: `days`, `business days`, `per cent`, `degrees Celsius`, `%`, `USD`. */
export const readUnit = (lexemes: readonly Lexeme[], at: number): ReadUnit | null => {
  const dash = lexemes[at]?.text === '-' && lexemes[at + 1]?.kind === 'word' ? 1 : 0;
  const first = lexemes[at + dash];
  if (first === undefined) return null;
  const word = first.lower;
  const after = lexemes[at + dash + 1]?.lower ?? '';
  const next = at + dash + 1;
  if (workdayWords.has(word) && /^(days?|weeks?)$/.test(after))
    return { dimension: 'workday', factor: after.startsWith('w') ? 5 : 1, next: next + 1 };
  if (word === 'workdays' || word === 'workday' || word === 'weekdays')
    return { dimension: 'workday', factor: 1, next };
  if (word === 'per' && after === 'cent') return { dimension: 'percent', factor: 1, next: next + 1 };
  if (cents.has(word)) return { dimension: 'cents', factor: 0.01, next };
  if (word === 'percentage' && /^points?$/.test(after))
    return { dimension: 'points', factor: 1, next: next + 1 };
  if (/^(degrees?|°)$/.test(word)) {
    const scale = units().get(after) ?? units().get(`°${after}`);
    if (scale?.dimension === 'fahrenheit' || scale?.dimension === 'temperature')
      return { ...scale, next: next + 1 };
    return { dimension: 'temperature', factor: 1, next };
  }
  if (first.kind !== 'word' && !/^[%‰×]$/.test(word)) return null;
  if (dash === 0 && /^(in|a|us|may|mar|sun|second|quarter|no)$/.test(word)) return null;
  const unit = units().get(word);
  if (unit === undefined) return null;
  // A lone letter is a unit only right behind its number (`5 g`, `10m`), never as a word or a name of its own.
  if (word.length === 1 && first.text !== word) return null;
  return { ...unit, next };
};
