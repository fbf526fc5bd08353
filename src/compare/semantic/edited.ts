import { coverage } from './analyse.ts';
import { type Comparison, type Draft, type Pair, span } from './comparison.ts';
import type { Atom, Edit, Hunk } from './edit.ts';
import { conditionMarkers, type ModalityClass, modality, opposition } from './lexicon.ts';
import type { Token } from './tokens.ts';

/**
 * Reasons within one sentence that was edited rather than reworded. The words that differ are explained one kind
 * after the other: negations, opposites, how sure and how many, conditions; what is left is a word in the place of
 * another, or something added.
 */
type Work = {
  readonly pair: Pair;
  readonly edit: Edit;
  readonly explained: Set<Token>;
  readonly drafts: Draft[];
};

type Answers = Pick<Comparison, 'a' | 'b'>;

const words = (atoms: readonly Atom[]): Token[] =>
  atoms.filter(({ quantity }) => quantity === null).map(({ token }) => token);
const allA = ({ hunks }: Edit): Token[] => hunks.flatMap(({ a }) => words(a));
const allB = ({ hunks }: Edit): Token[] => hunks.flatMap(({ b }) => words(b));

const quote = (tokens: readonly Token[]): string | null =>
  tokens.length === 0 ? null : span(tokens.map(({ text }) => text).join(' '));

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

const explainPolarity = (work: Work): void => {
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
  if (!odd) return;
  const more = cuesA > cuesB ? 'a' : 'b';
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

type Scale = {
  readonly kind: string;
  readonly classes: readonly ModalityClass[];
  readonly alone: readonly ModalityClass[];
};

/** `alone`: classes whose coming or going is a change by itself; the others change only into another class. */
const scales: readonly Scale[] = [
  {
    kind: 'modality',
    classes: ['necessity', 'advice', 'option', 'hedges', 'ability'],
    alone: ['hedges', 'option'],
  },
  { kind: 'quantifier', classes: ['all', 'most', 'some', 'only'], alone: ['some', 'only'] },
];

const classesOf = (tokens: readonly Token[], scale: Scale): Map<ModalityClass, Token> => {
  const found = new Map<ModalityClass, Token>();
  for (const token of tokens)
    for (const name of scale.classes)
      if (modality()[name].has(token.stem) && !found.has(name)) found.set(name, token);
  return found;
};

const explainModality = ({ pair, edit, explained, drafts }: Work): void => {
  for (const scale of scales) {
    const left = classesOf(
      allA(edit).filter((token) => !explained.has(token)),
      scale,
    );
    const right = classesOf(
      allB(edit).filter((token) => !explained.has(token)),
      scale,
    );
    const wholeLeft = classesOf(pair.a.tokens, scale);
    const wholeRight = classesOf(pair.b.tokens, scale);
    // May, might and can say the same of what is possible.
    const kept = (name: ModalityClass, other: Map<ModalityClass, Token>): boolean =>
      other.has(name) ||
      (name === 'hedges' && other.has('ability')) ||
      (name === 'ability' && other.has('hedges'));
    const lost = [...left].find(([name]) => !kept(name, wholeRight));
    const won = [...right].find(([name]) => !kept(name, wholeLeft));
    const counts =
      (lost !== undefined && won !== undefined) ||
      [lost, won].some((one) => one !== undefined && scale.alone.includes(one[0]));
    if (!counts) continue;
    for (const one of [lost, won]) if (one !== undefined) explained.add(one[1]);
    drafts.push({
      kind: scale.kind,
      severity: 'review',
      a: lost?.[1].text ?? null,
      b: won?.[1].text ?? null,
    });
  }
};

/** A condition that one side alone has: from its marker to the end of its clause. */
const explainConditions = ({ pair, edit, explained, drafts }: Work, answers: Answers): void => {
  const side = (own: Pair['a'], other: Pair['b'], differing: readonly Token[], which: 'a' | 'b'): void => {
    for (const marker of differing) {
      if (!conditionMarkers().has(marker.lower)) continue;
      const at = own.tokens.indexOf(marker);
      const clause = own.tokens.slice(at).filter((token) => token.clause === marker.clause);
      const content = clause.filter(({ weight }) => weight > 0);
      const elsewhere = (which === 'a' ? answers.b : answers.a).keys;
      if (content.length === 0 || coverage(content, other.keys) > 0.5 || coverage(content, elsewhere) > 0.4)
        continue;
      for (const token of clause) explained.add(token);
      const text = span(own.text.slice(marker.start, clause.at(-1)?.end ?? marker.end));
      drafts.push({
        kind: 'condition',
        severity: 'review',
        a: which === 'a' ? text : null,
        b: which === 'b' ? text : null,
      });
    }
  };
  side(pair.a, pair.b, allA(edit), 'a');
  side(pair.b, pair.a, allB(edit), 'b');
};

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

const pricing = /^(?:costs?|charges?|prices?|fees?|amounts?|totals?|totall?ing|equals?)$/;

/** `date changes cost €60` and `date change: €60`: a verb of price beside its number adds nothing. */
const pricesNumber = (word: Token, { tokens }: Pair['a']): boolean => {
  const at = tokens.indexOf(word);
  return (
    pricing.test(word.lower) && [at - 1, at + 1, at + 2].some((place) => tokens[place]?.quantity === true)
  );
};

const explainWords = ({ pair, edit, explained, drafts }: Work, answers: Answers): void => {
  const open = edit.hunks.map((hunk: Hunk) => ({
    a: openWords(hunk.a, pair.b.keys, explained),
    b: openWords(hunk.b, pair.a.keys, explained),
  }));
  const [totalA, totalB] = [weigh(open.flatMap(({ a }) => a)), weigh(open.flatMap(({ b }) => b))];
  for (const { a, b } of open) {
    const [weightA, weightB] = [weigh(a), weigh(b)];
    if (weightA === 0 && weightB === 0) continue;
    if (weightA >= 0.8 && weightB >= 0.8) {
      if (weightA <= 3 && weightB <= 3 && edit.kept >= 0.6)
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
    const enough = more >= 1.8 || (more >= 1 && (edit.kept >= 0.8 || (edit.contained && edit.kept >= 0.7)));
    // Words gone here and others come there are one rewording, not an addition and a removal.
    if (!enough || fewer >= more) continue;
    drafts.push({
      kind: 'fact',
      severity: 'review',
      a: weightA > weightB ? quote(a) : null,
      b: weightB > weightA ? quote(b) : null,
    });
  }
};

const subjects: ReadonlyMap<string, string> = new Map([
  ['i', 'us'],
  ['we', 'us'],
  ['you', 'you'],
  ['they', 'they'],
  ['he', 'they'],
  ['she', 'they'],
]);

/** We must … → you must …: another one is to act. */
const explainSubjects = ({ edit, drafts }: Work): void => {
  if (edit.kept < 0.75) return;
  for (const hunk of edit.hunks) {
    const [a, b] = [words(hunk.a), words(hunk.b)];
    const [left, right] = [a[0], b[0]];
    if (a.length !== 1 || b.length !== 1 || left === undefined || right === undefined) continue;
    const [sideA, sideB] = [subjects.get(left.lower), subjects.get(right.lower)];
    if (sideA !== undefined && sideB !== undefined && sideA !== sideB)
      drafts.push({ kind: 'role', severity: 'review', a: left.text, b: right.text });
  }
};

/** All reasons within the sentences that were edited rather than reworded. */
export const editedReasons = (comparison: Comparison): Draft[] =>
  comparison.pairs.flatMap((pair) => {
    if (pair.edit?.near !== true || pair.a.print === pair.b.print) return [];
    const work: Work = { pair, edit: pair.edit, explained: new Set(), drafts: [] };
    explainPolarity(work);
    explainConditions(work, comparison);
    explainModality(work);
    explainSubjects(work);
    explainWords(work, comparison);
    return work.drafts;
  });
