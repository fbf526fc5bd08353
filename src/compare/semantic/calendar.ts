import type { Lexeme } from './lex.ts';
import { readNumber } from './number-words.ts';
import data from './quantities.json' with { type: 'json' };

/** A date, month, weekday or time of day. */
export type CalendarRead = {
  readonly dimension: 'date' | 'month' | 'weekday' | 'clock' | 'dial';
  readonly value: number;
  readonly year: number | null;
  readonly from: number;
  readonly to: number;
  readonly soft: boolean;
};

const months = new Map<string, number>(Object.entries(data.months));
const weekdays = new Map<string, number>(Object.entries(data.weekdays));
const ordinalWords = new Map<string, number>(Object.entries(data.ordinals));

/** Steps over the full stop of an abbreviated name, never over that of the sentence. */
const skipDot = (lexemes: readonly Lexeme[], at: number): number =>
  lexemes[at]?.text === '.' && (lexemes[at - 1]?.text.length ?? 9) <= 4 && lexemes[at + 1] !== undefined
    ? at + 1
    : at;

/** `may`, `march` and `mar` are months only with a capital or a number beside them. */
const monthAt = (lexemes: readonly Lexeme[], at: number, beside: boolean): number | null => {
  const lexeme = lexemes[at];
  if (lexeme?.kind !== 'word') return null;
  const month = months.get(lexeme.lower);
  if (month === undefined) return null;
  if (beside || lexeme.lower.length > 5) return month;
  return /^\p{Lu}/u.test(lexeme.text) && at > 0 && !/^[.!?:"']$/.test(lexemes[at - 1]?.text ?? '')
    ? month
    : null;
};

const dayAt = (lexemes: readonly Lexeme[], at: number): number | null => {
  const lexeme = lexemes[at];
  const value =
    lexeme?.kind === 'ordinal' || (lexeme?.kind === 'number' && /^\d{1,2}$/.test(lexeme.text))
      ? Number.parseInt(lexeme.text, 10)
      : (ordinalWords.get(lexeme?.lower ?? '') ?? 0);
  return value >= 1 && value <= 31 ? value : null;
};

const yearAt = (lexemes: readonly Lexeme[], at: number): { year: number; next: number } | null => {
  const comma = lexemes[at]?.text === ',' ? 1 : 0;
  const lexeme = lexemes[at + comma];
  if (lexeme?.kind !== 'number' || !/^(19|20)\d{2}$/.test(lexeme.text)) return null;
  return { year: Number(lexeme.text), next: at + comma + 1 };
};

const date = (
  month: number,
  day: number,
  from: number,
  next: number,
  lexemes: readonly Lexeme[],
): CalendarRead => {
  const year = yearAt(lexemes, next);
  return {
    dimension: 'date',
    value: month * 100 + day,
    year: year?.year ?? null,
    from,
    to: year?.next ?? next,
    soft: false,
  };
};

/** `March 5`, `5 March`, `the 5th of March 2024`, `2024-03-05`, `05/03/2024` (read as it stands), `March`. */
const readDate = (lexemes: readonly Lexeme[], at: number): CalendarRead | null => {
  const lexeme = lexemes[at];
  if (lexeme?.kind === 'date') {
    const parts = lexeme.text.split(/[-/.T ]/).map((part) => Number.parseInt(part, 10));
    const [one = 0, two = 0, three = 0] = parts;
    const iso = one > 31;
    return {
      dimension: 'date',
      value: iso ? two * 100 + three : two > 12 ? one * 100 + two : two * 100 + one,
      year: iso ? one : three < 100 ? 2000 + three : three,
      from: at,
      to: at + 1,
      soft: false,
    };
  }
  const day = dayAt(lexemes, at);
  if (day !== null) {
    const of = lexemes[at + 1]?.lower === 'of' ? 1 : 0;
    const month = monthAt(lexemes, at + 1 + of, true);
    const word = lexemes[at + 1 + of]?.text ?? '';
    if (month !== null && (of === 1 || word !== 'may'))
      return date(month, day, at, skipDot(lexemes, at + 2 + of), lexemes);
  }
  const behind = skipDot(lexemes, at + 1);
  const the = lexemes[behind]?.lower === 'the' ? 1 : 0;
  const month =
    monthAt(lexemes, at, false) ?? (dayAt(lexemes, behind + the) === null ? null : namedMonth(lexemes, at));
  if (month === null) return null;
  const dayAfter = dayAt(lexemes, behind + the);
  const scaled =
    lexemes[behind + the + 1]?.kind === 'word' &&
    /^(%|percent|pm|am)$/.test(lexemes[behind + the + 1]?.lower ?? '');
  if (dayAfter !== null && !scaled) return date(month, dayAfter, at, behind + the + 1, lexemes);
  const year = yearAt(lexemes, behind);
  return {
    dimension: 'month',
    value: month,
    year: year?.year ?? null,
    from: at,
    to: year?.next ?? at + 1,
    soft: false,
  };
};

/** A capitalised month at the head of a sentence counts when a day follows. */
const namedMonth = (lexemes: readonly Lexeme[], at: number): number | null =>
  /^\p{Lu}/u.test(lexemes[at]?.text ?? '') ? monthAt(lexemes, at, true) : null;

const readWeekday = (lexemes: readonly Lexeme[], at: number): CalendarRead | null => {
  const lexeme = lexemes[at];
  const value = lexeme?.kind === 'word' ? weekdays.get(lexeme.lower) : undefined;
  if (lexeme === undefined || value === undefined) return null;
  if (lexeme.lower.length < 6 && !/^\p{Lu}/u.test(lexeme.text)) return null;
  return { dimension: 'weekday', value, year: null, from: at, to: skipDot(lexemes, at + 1), soft: false };
};

/** `clock` is a time of day, `dial` one of two: half past seven. Minutes after midnight. */
const clock = (minutes: number, from: number, to: number, certain = true): CalendarRead => ({
  dimension: certain ? 'clock' : 'dial',
  value: ((minutes % 1440) + 1440) % 1440,
  year: null,
  from,
  to,
  soft: false,
});

/** am or pm at `at`, also as `a.m.`; null: neither. */
const halfDayAt = (lexemes: readonly Lexeme[], at: number): 'am' | 'pm' | null => {
  const word = lexemes[at]?.lower;
  return word === 'am' || word === 'pm' ? word : null;
};

const hourIn = (hour: number, half: 'am' | 'pm' | null): number =>
  half === 'pm' && hour < 12 ? hour + 12 : half === 'am' && hour === 12 ? 0 : hour;

const namedTimes: ReadonlyMap<string, number> = new Map([
  ['noon', 720],
  ['midday', 720],
  ['midnight', 0],
]);

/** The time a phrase such as `ten past` or `one minute to` is counted from. */
const clockAnchor = (
  lexemes: readonly Lexeme[],
  at: number,
): { minutes: number; next: number; certain: boolean } | null => {
  const named = namedTimes.get(lexemes[at]?.lower ?? '');
  if (named !== undefined) return { minutes: named, next: at + 1, certain: true };
  const number = readNumber(lexemes, at);
  if (number === null || number.value > 24 || !Number.isInteger(number.value)) return null;
  const half = halfDayAt(lexemes, number.next);
  return {
    minutes: hourIn(number.value, half) * 60,
    next: number.next + (half === null ? 0 : 1),
    certain: half !== null || number.value > 12,
  };
};

const relativeTime = (lexemes: readonly Lexeme[], at: number): CalendarRead | null => {
  const word = lexemes[at]?.lower ?? '';
  const number = word === 'half' ? 30 : word === 'quarter' ? 15 : (readNumber(lexemes, at)?.value ?? null);
  if (number === null || number >= 60) return null;
  let next = word === 'half' || word === 'quarter' ? at + 1 : (readNumber(lexemes, at)?.next ?? at + 1);
  const minutes = /^min(ute)?s?$/.test(lexemes[next]?.lower ?? '');
  if (minutes) next++;
  const direction = lexemes[next]?.lower;
  const back = direction === 'to' || direction === 'before';
  if (!back && direction !== 'past' && direction !== 'after') return null;
  const anchor = clockAnchor(lexemes, next + 1);
  const named = namedTimes.has(lexemes[next + 1]?.lower ?? '');
  // `5 to 7` is a range and `three before five` nothing: only past, or a unit, or noon and midnight make it a time.
  if (
    anchor === null ||
    !(named || (direction === 'past' && !back) || (minutes && back) || word === 'quarter')
  )
    return null;
  return clock(anchor.minutes + (back ? -number : number), at, anchor.next, anchor.certain);
};

const readClock = (lexemes: readonly Lexeme[], at: number): CalendarRead | null => {
  const lexeme = lexemes[at];
  if (lexeme === undefined) return null;
  const named = lexeme.kind === 'word' ? namedTimes.get(lexeme.lower) : undefined;
  if (named !== undefined) return clock(named, at, at + 1);
  if (lexeme.kind === 'time') {
    const [hour = 0, minute = 0] = lexeme.text.split(':').map(Number);
    if (hour > 24 || minute > 59) return null;
    const half = halfDayAt(lexemes, at + 1);
    return clock(hourIn(hour, half) * 60 + minute, at, at + (half === null ? 1 : 2));
  }
  const relative = relativeTime(lexemes, at);
  if (relative !== null) return relative;
  const number = readNumber(lexemes, at);
  if (number === null || number.value > 24) return null;
  const half = halfDayAt(lexemes, number.next);
  const oclock = lexemes[number.next]?.lower === 'o' && lexemes[number.next + 2]?.lower === 'clock';
  if (half === null && !oclock) return null;
  const dotted = number.value - Math.floor(number.value);
  const minutes = Math.floor(number.value) * 60;
  return clock(
    hourIn(Math.floor(number.value), half) * 60 + (minutes >= 0 ? Math.round(dotted * 100) : 0),
    at,
    number.next + (oclock ? 3 : 1),
    half !== null || number.value > 12,
  );
};

/** A date, month, weekday or time of day that begins at `at`; null: none. */
export const readCalendar = (lexemes: readonly Lexeme[], at: number): CalendarRead | null =>
  readDate(lexemes, at) ?? readClock(lexemes, at) ?? readWeekday(lexemes, at);
