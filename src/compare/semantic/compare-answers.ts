import { type Semantic, type SemanticSeverity, semanticSeverities } from '../../model/run.ts';
import { align, type TextSimilarity } from './align.ts';
import { type Answer, analyse } from './analyse.ts';
import { type Comparison, type Draft, type Pair, span } from './comparison.ts';
import { type Edit, editOf } from './edit.ts';
import { standingAlone } from './facts.ts';
import { type Json, jsonAnswer, jsonReasons } from './json-answers.ts';
import { mirrored, reasonOf } from './message.ts';
import { bareText } from './normalise.ts';
import { draftsOf } from './reasons.ts';
import { shortAnswerReasons, withNumbersPaired } from './short-answers.ts';

/** A sentence, item or row of one side and what it is on the other; null: nothing like it there. */
export type AlignedPair = {
  readonly baseline: string | null;
  readonly candidate: string | null;
  /** 0 to 1, three decimals. */
  readonly similarity: number;
};

export type SemanticComparison = Semantic & { alignment: AlignedPair[] };

export type CompareOptions = {
  /** How alike two sentences are, 0 to 1, by an embedder; averaged with our own measure when sentences are aligned. Never decides. */
  readonly similarity?: TextSimilarity;
};

type Outcome = {
  readonly drafts: readonly Draft[];
  readonly similarity: number;
  /** Seen from the side that is the baseline. */
  readonly alignment: (baseline: 'a' | 'b') => AlignedPair[];
};

const round = (value: number): number => Math.round(Math.max(0, Math.min(1, value)) * 1000) / 1000;

const comparisonOf = (a: Answer, b: Answer, similarity?: TextSimilarity): Comparison => {
  const alignment = align(a, b, similarity);
  const pairs = alignment.matches.flatMap(({ a: left, b: right, score }): Pair[] => {
    const [one, other] = [a.segments[left], b.segments[right]];
    if (one === undefined || other === undefined) return [];
    const edit: Edit | null =
      one.print === other.print && one.quantities.length === 0 ? null : editOf(one, other);
    return [{ a: one, b: other, score, edit }];
  });
  const pairOfA = new Map(pairs.map((pair) => [pair.a.index, pair]));
  const pairOfB = new Map(pairs.map((pair) => [pair.b.index, pair]));
  const aligned = { a, b, alignment, pairs, pairOfA, pairOfB };
  return { ...aligned, ...standingAlone(aligned) };
};

/** In the baseline's order, then what the candidate alone has. */
const alignmentOf = ({ a, b, pairs }: Comparison, first: 'a' | 'b'): AlignedPair[] => {
  const [left, right, second] = first === 'a' ? [a, b, 'b' as const] : [b, a, 'a' as const];
  const matched = new Map(pairs.map((pair) => [pair[first].index, pair]));
  const taken = new Set(pairs.map((pair) => pair[second].index));
  return [
    ...left.segments.map(({ index, text }): AlignedPair => {
      const pair = matched.get(index);
      return pair === undefined
        ? { baseline: text, candidate: null, similarity: 0 }
        : { baseline: text, candidate: pair[second].text, similarity: round(pair.score) };
    }),
    ...right.segments
      .filter(({ index }) => !taken.has(index))
      .map(({ text }): AlignedPair => ({ baseline: null, candidate: text, similarity: 0 })),
  ];
};

/** Mean of the matches' scores, weighted by what the sentences say; unmatched ones count 0. */
const similarityOf = ({ a, b, pairs }: Comparison): number => {
  const weight = (one: { readonly weight: number }): number => one.weight + 0.5;
  const total = [...a.segments, ...b.segments].reduce((sum, segment) => sum + weight(segment), 0);
  const shared = pairs.reduce((sum, pair) => sum + pair.score * (weight(pair.a) + weight(pair.b)), 0);
  return total === 0 ? 0 : shared / total;
};

const compareProse = (a: string, b: string, options: CompareOptions): Outcome => {
  const comparison = comparisonOf(analyse(a), analyse(b), options.similarity);
  const found = withNumbersPaired(draftsOf(comparison), comparison);
  const silent = found.every(({ severity }) => severity === 'reworded');
  return {
    drafts: silent ? [...found, ...shortAnswerReasons(comparison)] : found,
    similarity: round(similarityOf(comparison)),
    alignment: (baseline) => alignmentOf(comparison, baseline),
  };
};

const compareJsonAnswers = (
  a: Json,
  b: Json,
  texts: readonly [string, string],
  options: CompareOptions,
): Outcome => {
  const drafts = jsonReasons(a, b, (left, right) => compareProse(left, right, options).drafts);
  const similarity = drafts.length === 0 ? 1 : round(1 / (1 + drafts.length / 4));
  const alignment = (baseline: 'a' | 'b'): AlignedPair[] => [
    { baseline: texts[baseline === 'a' ? 0 : 1], candidate: texts[baseline === 'a' ? 1 : 0], similarity },
  ];
  return { drafts, similarity, alignment };
};

const compareOrdered = (a: string, b: string, options: CompareOptions): Outcome => {
  const [left, right] = [jsonAnswer(a), jsonAnswer(b)];
  if (left !== undefined && right !== undefined) return compareJsonAnswers(left, right, [a, b], options);
  const outcome = compareProse(a, b, options);
  if (left === undefined && right === undefined) return outcome;
  const shape: Draft = {
    kind: 'json',
    severity: 'breaking',
    a: left === undefined ? null : span(a),
    b: right === undefined ? null : span(b),
    detail: 'answer',
  };
  return { ...outcome, drafts: [shape, ...outcome.drafts] };
};

const rank = (severity: SemanticSeverity): number => semanticSeverities.indexOf(severity);
const maxReasons = 60;

const distinct = (drafts: readonly Draft[]): Draft[] => [
  ...new Map(drafts.map((draft) => [[draft.kind, draft.a, draft.b].join('\0'), draft])).values(),
];

const blank = (text: string): boolean => text.trim() === '';

/**
 * What changed in meaning between two answers. Typed reasons decide, no similarity does. Deterministic, without
 * a model. The two texts are compared in a fixed order and the result turned back, so that exchanging the sides
 * gives the same reasons mirrored.
 */
export const compareAnswers = (
  baseline: string,
  candidate: string,
  options: CompareOptions = {},
): SemanticComparison => {
  if (baseline === candidate)
    return {
      severity: 'none',
      reasons: [],
      similarity: 1,
      alignment: [{ baseline, candidate, similarity: 1 }],
    };
  const ordered = baseline < candidate;
  const outcome = ordered
    ? compareOrdered(baseline, candidate, options)
    : compareOrdered(candidate, baseline, options);
  const same = bareText(baseline) === bareText(candidate);
  const drafts = distinct(outcome.drafts)
    .filter(({ severity }) => !(same && severity === 'reworded'))
    .map((draft) => (ordered ? draft : mirrored(draft)));
  if (blank(baseline) !== blank(candidate))
    drafts.push({
      kind: 'drift',
      severity: 'breaking',
      a: blank(baseline) ? null : span(baseline),
      b: blank(candidate) ? null : span(candidate),
      detail: 'empty',
    });
  const reasons = drafts
    .map(reasonOf)
    .toSorted((x, y) => rank(y.severity) - rank(x.severity))
    .slice(0, maxReasons);
  const worst = reasons[0]?.severity ?? (same ? 'none' : 'reworded');
  return {
    severity: worst,
    reasons,
    similarity: same ? 1 : Math.min(0.999, outcome.similarity),
    alignment: outcome.alignment(ordered ? 'a' : 'b'),
  };
};
