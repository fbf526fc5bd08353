import type { Fact, Knowledge } from './knowledge.ts';
import { lineOf, type Term, termsOf } from './words.ts';

export type Ranked = {
  readonly index: number;
  readonly fact: Fact;
  readonly score: number;
  /** The question asks for the very term that this fact defines. */
  readonly asked: boolean;
};

const headingWeight = 0.5;
const contextWeight = 0.4;
/** Below it a question is not covered by the prompt: the share of its weight that the best fact carries. */
const minCoverage = 0.35;
const minCoverageOfLong = 0.12;
/** Words that the prompt does not know count less: people tell a story before they ask. */
const unknownShare = 0.33;
const maxAskingSentences = 8;
const maxPostings = 5_000;

/** A question of this kind prefers facts of that shape. */
const shapes: readonly { readonly asks: RegExp; readonly has: RegExp }[] = [
  {
    asks: /\b(?:how long|how soon|how quickly|when|deadline|until|too late|how many (?:days|weeks|months))\b/i,
    has: /\b(?:\d+|one|two|three|four|five|six|seven|ten) (?:\w+ )?(?:second|minute|hour|day|week|month|year)s?\b|\b(?:at once|immediately|instant\w*|the same day)\b/i,
  },
  {
    asks: /\b(?:how much|what (?:does|do|will|would) .{0,60}cost|cost|costs|fees?|price|charge|charges|rate|percent|expensive)\b/i,
    has: /[€$£%]|\b(?:free|EUR|USD|GBP|percent)\b/,
  },
  {
    asks: /\bhow (?:do|can|could|should|to)\b|\bwhere\b/i,
    has: /\b(?:choose|press|tap|open|go to|in the app|write to|call)\b/i,
  },
];
const shapeBonus = 1.3;

/** How rare a term is in the prompt, its synonyms included. */
const rarity = (knowledge: Knowledge, { variants }: Term): number => {
  const seen = variants.reduce((sum, { stem }) => sum + (knowledge.inText.get(stem)?.length ?? 0), 0);
  const rare = Math.log(1 + knowledge.facts.length / (1 + Math.min(seen, knowledge.facts.length)));
  return seen === 0 ? rare * unknownShare : rare;
};

/** Weight of one term in every fact that mentions it; the best mention counts. */
const mentions = (knowledge: Knowledge, { variants }: Term): Map<number, number> => {
  const weights = new Map<number, number>();
  const note = (facts: readonly number[] | undefined, weight: number): void => {
    for (const fact of (facts ?? []).slice(0, maxPostings)) {
      if ((weights.get(fact) ?? 0) < weight) weights.set(fact, weight);
    }
  };
  for (const { stem, weight } of variants) {
    note(knowledge.inText.get(stem), weight);
    note(knowledge.inSection.get(stem), weight * headingWeight);
  }
  return weights;
};

const articles = ['', ' a', ' an', ' the'];
const definers = [
  ' what is',
  ' what are',
  ' whats',
  ' what',
  ' what do',
  ' what doe',
  ' explain',
  ' defin',
  ' mean of',
  ' meaning of',
];
const afterTerm = new Set([
  '',
  'mean',
  'stand',
  'exactly',
  'exact',
  'actual',
  'and',
  'pleas',
  'please',
  'or',
  'to',
]);

/** `What is an overdraft?`, `what does APR mean`: the question is about the term itself. */
const asksForTerm = (question: string, term: string): boolean =>
  definers.some((definer) =>
    articles.some((article) => {
      const asked = `${definer}${article}${term}`;
      const at = question.indexOf(asked);
      if (at < 0) return false;
      return afterTerm.has(question.slice(at + asked.length).split(' ', 1)[0] ?? '');
    }),
  );

const anaphora = /\b(?:it|that|this|they|them|those|these|one)\b|^(?:and|but|what about|how about)\b/i;

type Weighted = { readonly term: Term; readonly share: number };
type Overlap = { readonly scores: Float64Array; readonly hits: Uint16Array; readonly total: number };

/** How much of the terms' worth each fact carries, and how many of them its own words name. */
const overlap = (knowledge: Knowledge, terms: readonly Weighted[]): Overlap => {
  const scores = new Float64Array(knowledge.facts.length);
  const hits = new Uint16Array(knowledge.facts.length);
  let total = 0;
  for (const { term, share } of terms) {
    const worth = rarity(knowledge, term) * share;
    total += worth;
    for (const [fact, weight] of mentions(knowledge, term)) {
      scores[fact] = (scores[fact] ?? 0) + worth * weight;
      if (weight > headingWeight) hits[fact] = (hits[fact] ?? 0) + 1;
    }
  }
  return { scores, hits, total };
};

const covers = ({ scores, hits, total }: Overlap, fact: number, bonus: number): boolean => {
  const coverage = ((scores[fact] ?? 0) * bonus) / (total || 1);
  return coverage >= minCoverage || ((hits[fact] ?? 0) >= 3 && coverage >= minCoverageOfLong);
};

/** People tell a story and then ask: the sentences that ask, where there are several. */
const askingSentences = (question: string): string[] => {
  const sentences = question.match(/[^.!?\n]{1,2000}[.!?\n]?/g) ?? [];
  if (sentences.length < 2) return [];
  return sentences
    .filter((sentence) => /\?$|\b(?:want|need|would like|please|tell me|how|when|why|what)\b/i.test(sentence))
    .slice(-maxAskingSentences);
};

const questionTerms = (knowledge: Knowledge, question: string): Term[] =>
  termsOf(question).filter(({ stem }) => !knowledge.names.has(stem));

/**
 * The prompt's facts by how well they answer the question, best first: overlap of words weighted by rarity,
 * synonyms and headings at a discount, and a bonus for the shape that the question asks for. Empty when the
 * prompt does not cover the question. Definitions rank low unless the question asks for their term.
 */
export const rank = (knowledge: Knowledge, question: string, context: string): Ranked[] => {
  const terms = questionTerms(knowledge, question);
  const weighted: Weighted[] = terms.map((term) => ({ term, share: 1 }));
  if (context !== '' && (terms.length <= 2 || anaphora.test(question))) {
    weighted.push(...questionTerms(knowledge, context).map((term) => ({ term, share: contextWeight })));
  }
  const whole = overlap(knowledge, weighted);
  const parts = askingSentences(question).map((sentence) =>
    overlap(
      knowledge,
      questionTerms(knowledge, sentence).map((term) => ({ term, share: 1 })),
    ),
  );
  const line = lineOf(question);
  const bonuses = shapes.filter(({ asks }) => asks.test(question));
  const ranked = knowledge.facts.flatMap((fact, index): Ranked[] => {
    const raw = whole.scores[index] ?? 0;
    if (raw === 0 || fact.kind === 'aside') return [];
    const asked = fact.terms.some((term) => asksForTerm(line, term));
    const shape = bonuses.some(({ has }) => has.test(fact.text)) ? shapeBonus : 1;
    if (!asked && ![whole, ...parts].some((overlapped) => covers(overlapped, index, shape))) return [];
    const length = 0.7 + (0.3 * fact.stems.content.length) / knowledge.averageLength;
    const role = asked ? 3 : fact.kind === 'definition' ? 0.4 : 1;
    return [{ index, fact, asked, score: (raw * shape * role) / length }];
  });
  return ranked.toSorted((a, b) => b.score - a.score || a.index - b.index);
};
