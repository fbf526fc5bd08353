import { span } from './comparison.ts';
import { allA, allB, type Work, words } from './edit-work.ts';
import { opposition } from './lexicon.ts';
import type { Token } from './tokens.ts';

const isCue = ({ negation }: Token): boolean => negation === 'hard' || negation === 'verb';

type Opposites = { readonly a: Token; readonly b: Token };

/** Opposites among the differing words; in the same gap first, and never one that only moved. */
const oppositesOf = ({ edit, pair }: Work): Opposites[] => {
  const found: Opposites[] = [];
  const used = new Set<Token>();
  const search = (left: readonly Token[], right: readonly Token[], placed: boolean): void => {
    for (const a of left) {
      if (used.has(a)) continue;
      const b = right.find((word) => !used.has(word) && opposition(a.stem, word.stem) !== null);
      if (b === undefined) continue;
      // In and out, over and under are parts of many turns of phrase: only one in the very place of the other counts.
      const small = a.weight === 0 && b.weight === 0 && !a.capital;
      if (small && (!placed || left.length > 2 || right.length > 2 || edit.kept < 0.66)) continue;
      const moved = pair.b.keys.has(a.stem) && pair.a.keys.has(b.stem);
      if (moved && !placed) continue;
      used.add(a).add(b);
      found.push({ a, b });
    }
  };
  for (const hunk of edit.hunks) search(words(hunk.a), words(hunk.b), true);
  search(allA(edit), allB(edit), false);
  return found;
};

/** What a cue negates: the next word with content in its sentence. */
const headOf = (cue: Token, tokens: readonly Token[]): Token | undefined => {
  const at = tokens.indexOf(cue);
  return tokens
    .slice(at + 1, at + 7)
    .find(({ weight, negation, quantity }) => (weight > 0 || quantity) && negation !== 'hard');
};

/** The cue that one side has more: whether what it negates is said on the other side too, and so is turned round. */
const explainNegation = (work: Work, more: 'a' | 'b', inOpposites: ReadonlySet<Token>): void => {
  const { pair, edit, explained, drafts } = work;
  const own = more === 'a' ? pair.a : pair.b;
  const other = more === 'a' ? pair.b : pair.a;
  const cue = (more === 'a' ? allA(edit) : allB(edit)).find(
    (token) => isCue(token) && !inOpposites.has(token),
  );
  if (cue === undefined) return;
  const head = headOf(cue, own.tokens);
  const verb = cue.negation === 'verb';
  const shared = head === undefined || head.quantity || head.keys.some((key) => other.keys.has(key));
  // An added clause may hold a negation of its own; that is something added, not something turned round.
  if (!shared && !(verb && edit.kept >= 0.7 && !edit.contained)) return;
  if (verb && edit.contained) return;
  const softened = (more === 'a' ? allB(edit) : allA(edit)).some(({ negation }) => negation === 'soft');
  if (softened && edit.kept < 0.8) return;
  explained.add(cue);
  const spans =
    more === 'a' ? { a: span(own.text), b: span(other.text) } : { a: span(other.text), b: span(own.text) };
  drafts.push({
    kind: 'negation',
    severity: 'breaking',
    ...spans,
    detail: `${more}:${cue.lower === 'not' ? 'not' : cue.text}`,
  });
};

/**
 * Negations and opposites. An odd number of negations turns the sentence round, unless an opposite turns it back:
 * not open is closed.
 */
export const explainPolarity = (work: Work): void => {
  const { pair, edit, explained, drafts } = work;
  const opposites = oppositesOf(work);
  const inOpposites = new Set(opposites.flatMap(({ a, b }) => [a, b]));
  const cues = (tokens: readonly Token[]): number =>
    tokens.filter((token) => isCue(token) && !inOpposites.has(token)).length;
  const [cuesA, cuesB] = [cues(pair.a.tokens), cues(pair.b.tokens)];
  const odd = (cuesA + cuesB) % 2 === 1;
  if (odd && opposites.length % 2 === 1) {
    // Not open and closed: two turns cancel each other.
    for (const token of [...allA(edit), ...allB(edit)].filter(isCue)) explained.add(token);
    for (const { a, b } of opposites) explained.add(a).add(b);
    return;
  }
  for (const { a, b } of opposites) {
    explained.add(a).add(b);
    drafts.push({ kind: 'antonym', severity: 'breaking', a: a.text, b: b.text });
  }
  if (odd) explainNegation(work, cuesA > cuesB ? 'a' : 'b', inOpposites);
};
