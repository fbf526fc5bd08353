import { deepCompareStrict } from '@cfworker/json-schema';
import { type AssertionKind, ready } from './assertion-kind.ts';
import { textOf, wrongType } from './text-value.ts';
import { met, quote, showValue } from './wording.ts';

const parsed = (text: string): { value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

/** Text is compared as it stands (`config.trim`: without the space around it); an object or list as JSON. */
export const equals: AssertionKind = {
  summary: 'the answer is exactly this text, or, for an object or list, JSON with the same content',
  threshold: 'none',
  prepare: (value, { config }) => {
    if (typeof value === 'object' && value !== null) {
      const shown = showValue(value);
      return ready(shown, ({ text }) => {
        const found = parsed(text);
        return met(found !== null && deepCompareStrict(found.value, value), {
          want: `to equal ${shown}`,
          holds: `equals ${shown}`,
          lacks: `does not equal ${shown}`,
          found: () =>
            found === null ? `got ${quote(text)}, which is not JSON` : `got ${showValue(found.value)}`,
        });
      });
    }
    const expected = textOf(value);
    if (expected === null) return wrongType(value, 'a text, number, object or list');
    const trim = config['trim'] === true;
    const wanted = trim ? expected.trim() : expected;
    return ready(expected, ({ text }) => {
      const answer = trim ? text.trim() : text;
      return met(answer === wanted, {
        want: `to equal ${quote(wanted)}`,
        holds: `equals ${quote(wanted)}`,
        lacks: `does not equal ${quote(wanted)}`,
        found: () => (answer === wanted ? null : `got ${differing(answer, wanted)}`),
      });
    });
  },
};

/** The answer from where it begins to differ: two long texts often agree for most of their length. */
const differing = (answer: string, wanted: string): string => {
  let same = 0;
  while (same < answer.length && same < wanted.length && answer[same] === wanted[same]) same++;
  if (same < 60) return quote(answer);
  return `"…${quote(answer.slice(same - 20).toWellFormed()).slice(1)}, different from character ${same + 1} on`;
};
