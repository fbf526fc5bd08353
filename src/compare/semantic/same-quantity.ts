import type { Quantity } from './quantities.ts';

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-6 * Math.max(1e-9, Math.abs(a), Math.abs(b));

const sameYear = (a: Quantity, b: Quantity): boolean =>
  a.year === null || b.year === null || a.year === b.year;

/** Whether two quantities say the same: equal value in the same dimension; a missing unit or year is tolerated. */
export const sameQuantity = (a: Quantity, b: Quantity): boolean => {
  if (a.dimension === b.dimension) return near(a.value, b.value) && sameYear(a, b);
  if (a.dimension !== null && b.dimension !== null) return mixed(a, b) || mixed(b, a);
  const [bare, full] = a.dimension === null ? [a, b] : [b, a];
  switch (full.dimension) {
    case 'clock':
    case 'dial':
      return near(bare.value * 60, full.value) || near((bare.value + 12) * 60, full.value);
    case 'date':
      return near(bare.value, full.value % 100);
    case 'cents':
      return near(bare.value, full.written);
    default:
      return near(bare.value, full.written);
  }
};

/** Dimensions that meet: cents and a currency, an ordinal and a date, a month and a date in it, `points` and per cent. */
const mixed = (a: Quantity, b: Quantity): boolean => {
  if (a.dimension === 'cents') return /^[A-Z]{3}$/.test(b.dimension ?? '') && near(a.value, b.value);
  if (a.dimension === 'dial') return b.dimension === 'clock' && near(a.value % 720, b.value % 720);
  if (a.dimension === 'ordinal') return b.dimension === 'date' && near(a.value, b.value % 100);
  if (a.dimension === 'month')
    return b.dimension === 'date' && near(a.value, Math.floor(b.value / 100)) && sameYear(a, b);
  return false;
};

const families: Readonly<Record<string, string>> = {
  time: 'duration',
  calendar: 'duration',
  workday: 'duration',
  date: 'date',
  month: 'date',
  weekday: 'weekday',
  clock: 'clock',
  dial: 'clock',
  mass: 'mass',
  avoirdupois: 'mass',
  length: 'length',
  imperial: 'length',
  volume: 'volume',
  kitchen: 'volume',
  temperature: 'temperature',
  fahrenheit: 'temperature',
  percent: 'percent',
  points: 'percent',
  cents: 'money',
};

/** What kind of quantity it is: only like can change into like. null: a bare number, which can stand for any. */
export const familyOf = ({ dimension }: Quantity): string | null =>
  dimension === null ? null : (families[dimension] ?? (/^[A-Z]{3}$/.test(dimension) ? 'money' : dimension));

/** Every value under which `sameQuantity` may find this quantity equal to another; for an index. */
export const valuesOf = ({ dimension, value, written }: Quantity): number[] => {
  const values = [value, written];
  if (dimension === 'clock' || dimension === 'dial') values.push(value / 60, value / 60 - 12, value % 720);
  if (dimension === 'date') values.push(value % 100, Math.floor(value / 100));
  return [...new Set(values.map(Math.fround))];
};
