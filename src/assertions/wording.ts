import type { Outcome } from './assertion-kind.ts';

const ellipsis = '…';

/** The first `limit` characters, never half of one. */
export const shorten = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(limit - 1)) ? limit - 1 : limit;
  return `${text.slice(0, end)}${ellipsis}`;
};

/** Text in quotation marks, short enough for a sentence. It stays plain: whoever prints it escapes it. */
export const quote = (text: string, limit = 80): string => `"${shorten(text, limit)}"`;

/** `"a", "b" and 3 more` */
export const quoteAll = (texts: readonly string[], most = 6): string => {
  const shown = texts.slice(0, most).map((text) => quote(text, 40));
  return texts.length > most ? `${shown.join(', ')} and ${texts.length - most} more` : shown.join(', ');
};

/** The text around `at`, so that a reviewer sees where a forbidden word stands. */
export const excerpt = (text: string, at: number, length: number): string => {
  const from = Math.max(0, at - 20);
  const to = Math.min(text.length, at + Math.min(length, 60) + 20);
  const inside = text.slice(from, to).toWellFormed();
  return `"${from > 0 ? ellipsis : ''}${inside}${to < text.length ? ellipsis : ''}"`;
};

/** A value as a reader would write it. */
export const showValue = (value: unknown, limit = 200): string => {
  if (value === undefined) return 'missing';
  return shorten(typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value)), limit);
};

/** A score or a similarity: three decimals, so that 0.749 is not shown as the 0.75 it missed. */
export const showScore = (score: number): string => String(Math.round(score * 1000) / 1000);

/** An expectation that holds or doesn't: `expected to contain "x"`, `expected not to contain "x": "… x …"`. */
export const met = (
  pass: boolean,
  words: {
    /** `to contain "x"` */
    readonly want: string;
    /** `contains "x"` */
    readonly holds: string;
    /** `does not contain "x"` */
    readonly lacks: string;
    /** What was found instead, appended when the check fails. */
    readonly found?: () => string | null;
  },
): Outcome => ({
  pass,
  score: pass ? 1 : 0,
  explain: (negated) => {
    if (pass !== negated) return pass ? words.holds : words.lacks;
    const found = words.found?.() ?? null;
    return `expected ${negated ? 'not ' : ''}${words.want}${found === null ? '' : `: ${found}`}`;
  },
});

/** A measured number against its limits: `has 212 words, at most 120 expected`. */
export const measured = (pass: boolean, fact: string, limit: string, score = pass ? 1 : 0): Outcome => ({
  pass,
  score,
  explain: (negated) => {
    if (pass !== negated) return fact;
    return negated ? `${fact}, anything but ${limit} expected` : `${fact}, ${limit} expected`;
  },
});
