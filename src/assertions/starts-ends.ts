import { type AssertionKind, ready } from './assertion-kind.ts';
import { emptyText, textOf, wrongType } from './text-value.ts';
import { met, quote, shorten } from './wording.ts';

/** `starts-with`, `ends-with`; `config.trim` and `config.caseInsensitive` as GitHub's prompt files need them. */
const edge = (verb: 'start' | 'end'): AssertionKind => ({
  summary: `the answer ${verb}s with this text`,
  threshold: 'none',
  prepare: (value, { config }) => {
    const wanted = textOf(value);
    if (wanted === null) return wrongType(value, 'a text');
    if (wanted === '') return { ok: false, problem: emptyText };
    const fold = (text: string): string => (config['caseInsensitive'] === true ? text.toLowerCase() : text);
    const needle = fold(wanted);
    return ready(wanted, ({ text }) => {
      const answer = config['trim'] === true ? text.trim() : text;
      const folded = fold(answer);
      const pass = verb === 'start' ? folded.startsWith(needle) : folded.endsWith(needle);
      return met(pass, {
        want: `to ${verb} with ${quote(wanted)}`,
        holds: `${verb}s with ${quote(wanted)}`,
        lacks: `does not ${verb} with ${quote(wanted)}`,
        found: () =>
          pass ? null : `it ${verb}s with ${verb === 'start' ? quote(answer, 60) : lastOf(answer)}`,
      });
    });
  },
});

const lastOf = (text: string): string =>
  text.length <= 60 ? `"${text}"` : `"…${shorten(text.slice(-60).toWellFormed(), 60)}"`;

export const startsWith = edge('start');
export const endsWith = edge('end');
