/** A piece of a sentence before it means anything. `start` and `end` are offsets into the sentence's text. */
export type Lexeme = {
  readonly kind:
    | 'word'
    | 'number'
    | 'ordinal'
    | 'link'
    | 'date'
    | 'code'
    | 'time'
    | 'phone'
    | 'version'
    | 'mark';
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
};

const domains =
  'com|org|net|edu|gov|io|ai|app|dev|info|biz|co|eu|uk|de|fr|es|it|nl|ch|at|us|ca|au|in|jp|test|example';

const patterns = {
  link: `(?:https?://|www\\.)[^\\s<>"]{1,2000}|[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,6}|(?<![\\w.@])(?:[a-z0-9-]{1,63}\\.){1,5}(?:${domains})(?![\\w-])(?:/[^\\s<>"]{0,2000})?`,
  date: '\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2})?(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:?\\d{2})?)?(?!\\d)|(?<!\\d)\\d{1,2}([/.])\\d{1,2}\\1(?:\\d{4}|\\d{2})(?![\\d./])',
  code: '(?<![\\w-])[A-Z]{1,6}-\\d[\\w-]{0,30}|(?<![\\d.,-])\\d(?:[ -]?\\d){12,18}(?![\\d.,-]?\\d)',
  phone:
    '\\+\\d[\\d() -]{6,18}\\d|(?<![\\d-])(?:\\d-)?(?:\\(\\d{2,5}\\) ?|\\d{3,5}[ -])\\d{3,4}-\\d{3,4}(?![\\d-])',
  time: '(?<![\\d:])\\d{1,2}:\\d{2}(?::\\d{2})?(?![\\d:])',
  version: 'v?\\d+(?:\\.\\d+){2,6}|v\\d+(?:\\.\\d+)?(?!\\w)',
  ordinal: '\\d+(?:st|nd|rd|th)(?![\\p{L}\\d])',
  number:
    '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d)|(?<!\\d)\\d{1,3}(?: \\d{3})+(?![\\d.,]?\\d)|\\d+(?:[.,]\\d+)?|(?<!\\w)\\.\\d+',
  word: "(?:\\p{L}\\.){2,}|[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}]|[\\p{L}\\p{M}_][\\p{L}\\p{M}\\d_]*(?:'\\p{L}{1,3}(?!\\p{L}))?",
  mark: '\\S',
} as const;
type Kind = keyof typeof patterns;
const kinds = Object.keys(patterns) as Kind[];

let compiled: RegExp | undefined;
const master = (): RegExp => {
  compiled ??= new RegExp(
    kinds
      .map(
        (kind) =>
          `(?<${kind}>${patterns[kind].replace('\\1', '\\k<slash>').replace('([/.])', '(?<slash>[/.])')})`,
      )
      .join('|'),
    'gu',
  );
  return compiled;
};

const expansions: ReadonlyMap<string, readonly string[]> = new Map([
  ["can't", ['can', 'not']],
  ['cannot', ['can', 'not']],
  ['cant', ['can', 'not']],
  ["won't", ['will', 'not']],
  ["shan't", ['shall', 'not']],
  ["ain't", ['is', 'not']],
  ['dont', ['do', 'not']],
  ['doesnt', ['does', 'not']],
  ['isnt', ['is', 'not']],
  ["let's", ['let', 'us']],
  ["it's", ['it', 'is']],
  ["that's", ['that', 'is']],
  ["there's", ['there', 'is']],
  ["here's", ['here', 'is']],
  ["what's", ['what', 'is']],
  ["he's", ['he', 'is']],
  ["she's", ['she', 'is']],
]);
const endings: ReadonlyMap<string, string> = new Map([
  ["'ll", 'will'],
  ["'re", 'are'],
  ["'ve", 'have'],
  ["'m", 'am'],
  ["'d", 'would'],
]);

/** `don't` → do + not, `we'll` → we + will, `bank's` → bank. */
const expand = (lower: string): readonly string[] => {
  const whole = expansions.get(lower);
  if (whole !== undefined) return whole;
  if (lower.endsWith("n't")) return [lower.slice(0, -3), 'not'];
  const at = lower.indexOf("'");
  if (at < 0) return [lower];
  const ending = endings.get(lower.slice(at));
  return ending === undefined ? [lower.slice(0, at)] : [lower.slice(0, at), ending];
};

const wordLexemes = (text: string, start: number): Lexeme[] => {
  const dotted = /^(?:\p{L}\.)+$/u.test(text) ? text.replaceAll('.', '') : text;
  return expand(dotted.toLowerCase()).map((lower, index) => ({
    kind: 'word',
    text: index === 0 ? dotted.slice(0, Math.max(lower.length, 1)) : lower,
    lower,
    start,
    end: start + text.length,
  }));
};

/** Trailing punctuation belongs to the sentence, not to the address. */
const trimLink = (text: string): string => text.replace(/[.,;:!?'")\]}>]+$/, '');

/** A sentence as words, numbers, dates, times, links and marks, in order. Contractions are taken apart. */
export const lex = (text: string): Lexeme[] => {
  const lexemes: Lexeme[] = [];
  const pattern = master();
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const groups = match.groups as Partial<Record<Kind, string>>;
    const kind = kinds.find((name) => groups[name] !== undefined) ?? 'mark';
    const found = kind === 'link' ? trimLink(match[0]) : match[0];
    if (kind === 'link') pattern.lastIndex = match.index + Math.max(1, found.length);
    if (kind === 'word') lexemes.push(...wordLexemes(found, match.index));
    else
      lexemes.push({
        kind,
        text: found,
        lower: found.toLowerCase(),
        start: match.index,
        end: match.index + found.length,
      });
  }
  return lexemes;
};
