import type { Segment } from './analyse.ts';
import { type Pair, span } from './comparison.ts';
import type { Atom, Hunk } from './edit.ts';
import { type Answers, type Work, words } from './edit-work.ts';
import { contrasting } from './lexicon.ts';
import { subjects } from './subjects.ts';
import type { Token } from './tokens.ts';

const quote = (tokens: readonly Token[]): string | null =>
  tokens.length === 0 ? null : span(tokens.map(({ text }) => text).join(' '));

const isName = (token: Token): boolean => token.capital && !token.initial && token.weight > 0;

/** Content words of a gap that no earlier step explained and that are not said elsewhere in the other sentence. */
const openWords = (
  atoms: readonly Atom[],
  otherKeys: ReadonlySet<string>,
  explained: ReadonlySet<Token>,
): Token[] =>
  words(atoms).filter(
    (token) =>
      token.weight > 0 &&
      token.kind !== 'link' &&
      !token.decorative &&
      !explained.has(token) &&
      !isName(token) &&
      !token.keys.some((key) => otherKeys.has(key)),
  );

const weigh = (tokens: readonly Token[]): number => tokens.reduce((total, { weight }) => total + weight, 0);

/** A gap as it stands in the sentence, without the marks around it. */
const spanOf = (segment: Segment, atoms: readonly Atom[]): string => {
  const from = atoms[0]?.token.start ?? 0;
  const to = Math.max(
    ...atoms.map(({ token, quantity }) => segment.tokens[(quantity?.to ?? 0) - 1]?.end ?? token.end),
  );
  return span(segment.text.slice(from, to).replace(/^[\s,;:]+|[\s,;:.!?]+$/g, ''));
};

const pricing = /^(?:costs?|charges?|prices?|fees?|amounts?|totals?|totall?ing|equals?)$/;

/** `date changes cost €60` and `date change: €60`: a verb of price beside its number adds nothing. */
const pricesNumber = (word: Token, { tokens }: Segment): boolean => {
  const at = tokens.indexOf(word);
  return (
    pricing.test(word.lower) && [at - 1, at + 1, at + 2].some((place) => tokens[place]?.quantity === true)
  );
};

/** A word in the place of another says something only where the sentence is the same; a long one shows more of itself. */
const sameSentence = ({ a, b }: Pair): number => (Math.min(a.weight, b.weight) < 3 ? 0.55 : 0.66);

/** What no other rule explained: a word in the place of another, or words added. */
export const explainWords = ({ pair, edit, explained, drafts }: Work, answers: Answers): void => {
  const open = edit.hunks.map((hunk: Hunk) => ({
    hunk,
    a: openWords(hunk.a, pair.b.keys, explained),
    b: openWords(hunk.b, pair.a.keys, explained),
  }));
  const [totalA, totalB] = [weigh(open.flatMap(({ a }) => a)), weigh(open.flatMap(({ b }) => b))];
  for (const { hunk, a, b } of open) {
    const [weightA, weightB] = [weigh(a), weigh(b)];
    if (weightA === 0 && weightB === 0) continue;
    if (weightA >= 0.8 && weightB >= 0.8) {
      const telling =
        !answers.reworded || a.some((one) => b.some((other) => contrasting(one.stem, other.stem)));
      if (telling && weightA <= 3 && weightB <= 3 && edit.kept >= sameSentence(pair))
        drafts.push({ kind: 'substitution', severity: 'review', a: quote(a), b: quote(b) });
      continue;
    }
    // What stands in another sentence of the other side was moved there.
    const elsewhere = (weightA > weightB ? answers.b : answers.a).keys;
    const own = weightA > weightB ? pair.a : pair.b;
    const gone = (weightA > weightB ? a : b).filter(
      (word) => !word.keys.some((key) => elsewhere.has(key)) && !pricesNumber(word, own),
    );
    const [more, fewer] = [weigh(gone), weightA > weightB ? totalB : totalA];
    // A relative clause of one verb ("every egg we sell") says little.
    const relative =
      gone.length === 1 &&
      words(weightA > weightB ? hunk.a : hunk.b).some(({ lower }) => subjects.has(lower));
    const enough = more >= 1.8 || (more >= 1 && (edit.kept >= 0.8 || (edit.contained && edit.kept >= 0.6)));
    // Words gone here and others come there are one rewording, not an addition and a removal.
    if (!enough || relative || fewer >= more) continue;
    const said = spanOf(own, weightA > weightB ? hunk.a : hunk.b);
    drafts.push({
      kind: 'fact',
      severity: 'review',
      a: weightA > weightB ? said : null,
      b: weightB > weightA ? said : null,
    });
  }
};
