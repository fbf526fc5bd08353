import { type AssertionKind, ready } from './assertion-kind.ts';
import { compilePattern } from './linear-pattern.ts';
import { emptyText, textOf, wrongType } from './text-value.ts';
import { met, quote, shorten } from './wording.ts';

/** `/x/i` is JavaScript's way to write a literal, not a pattern: here the slashes would be looked for. */
const slashes = /^\/(.+)\/([a-z]*)$/s;

/** A JavaScript regular expression without flags, anywhere in the answer; `(?i)` at its start ignores case. */
export const regex: AssertionKind = {
  summary: 'the answer matches this regular expression (linear time; `(?i)` at its start ignores case)',
  threshold: 'none',
  prepare: (value) => {
    const source = textOf(value);
    if (source === null) return wrongType(value, 'a regular expression as text');
    if (source === '') return { ok: false, problem: emptyText };
    const pattern = compilePattern(source);
    if ('problem' in pattern) return { ok: false, problem: pattern.problem };
    const literal = slashes.exec(source);
    const warnings =
      literal === null
        ? []
        : [
            {
              code: 'regex-slashes',
              message: `the slashes of ${quote(source)} are part of the pattern`,
              nextStep: `Write ${literal[2]?.includes('i') ? '(?i)' : ''}${literal[1]}`,
            },
          ];
    const shown = `/${shorten(source, 80)}/`;
    return ready(
      source,
      ({ text }) =>
        met(pattern.test(text), {
          want: `to match ${shown}`,
          holds: `matches ${shown}`,
          lacks: `does not match ${shown}`,
        }),
      warnings,
    );
  },
};
