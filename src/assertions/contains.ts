import { type AssertionKind, ready } from './assertion-kind.ts';
import { emptyText, listOf, textOf, wrongType } from './text-value.ts';
import { excerpt, met, quote, quoteAll } from './wording.ts';

type Letters = 'exact' | 'anyCase';

const fold = (text: string, letters: Letters): string => (letters === 'exact' ? text : text.toLowerCase());
const inAnyCase = (letters: Letters): string => (letters === 'exact' ? '' : ' (upper or lower case)');

/** `contains`, `icontains` */
const containsOne = (letters: Letters): AssertionKind => ({
  summary: `the answer contains this text${inAnyCase(letters)}`,
  threshold: 'none',
  prepare: (value) => {
    const wanted = textOf(value);
    if (wanted === null) return wrongType(value, 'a text');
    if (wanted === '') return { ok: false, problem: emptyText };
    const needle = fold(wanted, letters);
    return ready(wanted, ({ text }) => {
      const at = fold(text, letters).indexOf(needle);
      return met(at !== -1, {
        want: `to contain ${quote(wanted)}`,
        holds: `contains ${quote(wanted)}`,
        lacks: `does not contain ${quote(wanted)}`,
        found: () => (at === -1 ? null : excerpt(text, at, needle.length)),
      });
    });
  },
});

/** `contains-any`, `contains-all` and their `icontains-` forms */
const containsList = (letters: Letters, how: 'any' | 'all'): AssertionKind => ({
  summary: `the answer contains ${how === 'any' ? 'at least one' : 'every one'} of these texts${inAnyCase(letters)}`,
  threshold: 'none',
  prepare: (value) => {
    const wanted = listOf(value);
    if (wanted === null) return wrongType(value, 'a list of texts, or one text with commas');
    if (wanted.length === 0 || wanted.includes('')) return { ok: false, problem: emptyText };
    const needles = wanted.map((text) => ({ text, needle: fold(text, letters) }));
    const all = quoteAll(wanted);
    return ready(wanted.join(', '), ({ text }) => {
      const folded = fold(text, letters);
      const present = needles.filter(({ needle }) => folded.includes(needle)).map(({ text: found }) => found);
      const pass = how === 'any' ? present.length > 0 : present.length === wanted.length;
      return met(pass, {
        want: `to contain ${how === 'any' ? 'one' : 'all'} of ${all}`,
        holds: `contains ${quoteAll(present)}`,
        lacks: present.length === 0 ? `contains none of ${all}` : `contains only ${quoteAll(present)}`,
        found: () => {
          if (pass) return `it contains ${quoteAll(present)}`;
          if (how === 'any') return null;
          return `${quoteAll(wanted.filter((item) => !present.includes(item)))} is missing`;
        },
      });
    });
  },
});

export const contains = containsOne('exact');
export const icontains = containsOne('anyCase');
export const containsAny = containsList('exact', 'any');
export const containsAll = containsList('exact', 'all');
export const icontainsAny = containsList('anyCase', 'any');
export const icontainsAll = containsList('anyCase', 'all');
