import { type Semantic, type SemanticSeverity, semanticSeverities } from '../../model/run.ts';
import { align, type TextSimilarity } from './align.ts';
import { type Answer, analyse, coverage } from './analyse.ts';
import { codeReasons } from './code.ts';
import { type Comparison, type Draft, type Pair, span } from './comparison.ts';
import { type Edit, editOf } from './edit.ts';
import { editedReasons } from './edited.ts';
import { entityReasons } from './entities.ts';
import { factReasons, standingAlone } from './facts.ts';
import { type Json, jsonAnswer, jsonReasons } from './json-answers.ts';
import { linkReasons } from './links.ts';
import { mirrored, reasonOf } from './message.ts';
import { bareText } from './normalise.ts';
import { numberReasons } from './numbers.ts';
import { orderReasons } from './order.ts';
import { personalDataReasons } from './personal-data.ts';
import { refusalReasons } from './refusal.ts';
import { rewordedReasons } from './reworded.ts';
import { roleReasons } from './roles.ts';
import { swapReasons } from './swaps.ts';

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
  readonly alignment: readonly AlignedPair[];
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
  const aligned = { a, b, alignment, pairs };
  return { ...aligned, ...standingAlone(aligned) };
};

const contentOf = (answer: Answer) => answer.segments.flatMap(({ content }) => content);

/** Nothing of the one answer is in the other. */
const driftReasons = ({ a, b, pairs }: Comparison): Draft[] => {
  const [left, right] = [contentOf(a), contentOf(b)];
  if (left.length < 2 || right.length < 2 || pairs.some(({ score }) => score >= 0.45)) return [];
  const shared = Math.max(coverage(left, b.keys), coverage(right, a.keys));
  if (shared > 0.25) return [];
  return [
    { kind: 'drift', severity: shared <= 0.12 ? 'breaking' : 'review', a: span(a.text), b: span(b.text) },
  ];
};

const languageReasons = ({ a, b }: Comparison): Draft[] => {
  if (a.language !== null && b.language !== null && a.language !== b.language)
    return [{ kind: 'language', severity: 'breaking', a: a.language, b: b.language }];
  const other = foreign(a) ?? foreign(b);
  return other === null ? [] : [{ kind: 'language', severity: 'reworded', a: other, b: other }];
};

const foreign = ({ language }: Answer): string | null =>
  language === null || language === 'en' ? null : language;

/** A whole answer declined, replaced or in another language: its single words are no news then. */
const overriding = new Set(['refusal', 'drift', 'language']);
const keptBeside = new Set([
  'refusal',
  'drift',
  'language',
  'number',
  'url',
  'pii',
  'code',
  'fact',
  'condition',
  'entity',
]);

const draftsOf = (comparison: Comparison): Draft[] => {
  const { a, b } = comparison;
  const language = languageReasons(comparison);
  const anyLanguage = [
    ...linkReasons(comparison),
    ...numberReasons(comparison),
    ...codeReasons(comparison),
    ...personalDataReasons(a.text, b.text),
  ];
  if (language.length > 0)
    return [
      ...language,
      ...anyLanguage,
      ...(language[0]?.severity === 'breaking' ? [] : foreignFacts(comparison)),
    ];
  const whole = [...refusalReasons(comparison), ...driftReasons(comparison)];
  const drafts = [
    ...whole,
    ...anyLanguage,
    ...editedReasons(comparison),
    ...rewordedReasons(comparison),
    ...roleReasons(comparison),
    ...orderReasons(comparison),
    ...entityReasons(comparison),
    ...swapReasons(comparison),
    ...factReasons(comparison),
  ];
  return whole.some(({ kind }) => overriding.has(kind))
    ? drafts.filter(({ kind }) => keptBeside.has(kind))
    : drafts;
};

/** Without a dictionary only whole sentences that stand alone are facts. */
const foreignFacts = (comparison: Comparison): Draft[] => {
  const matched = {
    a: new Set(comparison.pairs.map((pair) => pair.a.index)),
    b: new Set(comparison.pairs.map((pair) => pair.b.index)),
  };
  return factReasons({
    ...comparison,
    pairs: [],
    goneFromA: new Set([...comparison.goneFromA].filter((index) => !matched.a.has(index))),
    newInB: new Set([...comparison.newInB].filter((index) => !matched.b.has(index))),
  });
};

const alignmentOf = ({ a, b, pairs }: Comparison): AlignedPair[] => {
  const matchedA = new Map(pairs.map((pair) => [pair.a.index, pair]));
  const matchedB = new Set(pairs.map((pair) => pair.b.index));
  return [
    ...a.segments.map(({ index, text }): AlignedPair => {
      const pair = matchedA.get(index);
      return pair === undefined
        ? { baseline: text, candidate: null, similarity: 0 }
        : { baseline: text, candidate: pair.b.text, similarity: round(pair.score) };
    }),
    ...b.segments
      .filter(({ index }) => !matchedB.has(index))
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
  return {
    drafts: draftsOf(comparison),
    similarity: round(similarityOf(comparison)),
    alignment: alignmentOf(comparison),
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
  return { drafts, similarity, alignment: [{ baseline: texts[0], candidate: texts[1], similarity }] };
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
  const drafts = distinct(outcome.drafts).map((draft) => (ordered ? draft : mirrored(draft)));
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
  const same = bareText(baseline) === bareText(candidate);
  const worst = reasons[0]?.severity ?? (same ? 'none' : 'reworded');
  return {
    severity: worst,
    reasons,
    similarity: same ? 1 : Math.min(0.999, outcome.similarity),
    alignment: outcome.alignment.map((pair) =>
      ordered ? pair : { ...pair, baseline: pair.candidate, candidate: pair.baseline },
    ),
  };
};
