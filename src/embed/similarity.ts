import { cosine } from '../assertions/cosine.ts';
import type { TextSimilarity } from '../compare/semantic/align.ts';
import { compareAnswers } from '../compare/semantic/compare-answers.ts';
import { jsonAnswer } from '../compare/semantic/json-answers.ts';
import type { Embedder } from '../model/ports.ts';

export type AnswerPair = { readonly baseline: string; readonly candidate: string };

/** How alike the sentences of a pair of answers are; undefined: not measured, the comparer's own measure has to do. */
export type SimilarityOf = (baseline: string, candidate: string) => TextSimilarity | undefined;

export type MeasuredSimilarity = {
  readonly of: SimilarityOf;
  /** Pairs that have their sentences' vectors. */
  readonly measured: number;
  /** Pairs that were left to the comparer: their sentences would not have fitted under the cap. */
  readonly left: number;
};

/** Some 10 ms a sentence: 40 s, beside calls that take longer. */
const maxSentences = 4_000;
/** More are in answers of tens of kilobytes; the comparer finds what they share without us. */
const maxSentencesOfPair = 120;

/** A pair that the comparer finds so much alike needs no vectors. */
const settledScore = 0.5;

const keyOf = ({ baseline, candidate }: AnswerPair): string =>
  JSON.stringify([baseline, candidate].toSorted());

const partnersOf = (a: string, b: string): string => JSON.stringify([a, b]);

/** What is open between two answers: sentences that the comparer's own measure leaves alone or pairs with doubt. */
type Open = {
  readonly sentences: ReadonlySet<string>;
  /** The scores of the pairs that stand. */
  readonly settled: ReadonlyMap<string, number>;
};

const openBetween = ({ baseline, candidate }: AnswerPair): Open | null => {
  // JSON is aligned by its paths.
  if (jsonAnswer(baseline) !== undefined && jsonAnswer(candidate) !== undefined) return null;
  const { alignment } = compareAnswers(baseline, candidate);
  const open = alignment.filter(({ similarity }) => similarity < settledScore);
  const before = open.flatMap(({ baseline: text }) => text ?? []);
  const after = open.flatMap(({ candidate: text }) => text ?? []);
  if (before.length === 0 || after.length === 0) return null;
  const settled = alignment.flatMap(({ baseline: a, candidate: b, similarity }) =>
    a === null || b === null || similarity < settledScore
      ? []
      : ([
          [partnersOf(a, b), similarity],
          [partnersOf(b, a), similarity],
        ] as const),
  );
  return { sentences: new Set([...before, ...after]), settled: new Map(settled) };
};

const round = (score: number): number => Math.round(score * 1_000) / 1_000;

/** Open sentences by their vectors; a settled pair keeps its score, and nothing comes between it. */
const similarityBy =
  (vectors: ReadonlyMap<string, Float32Array>, { sentences, settled }: Open): TextSimilarity =>
  (a, b) => {
    const stands = settled.get(partnersOf(a, b));
    if (stands !== undefined) return stands;
    const [first, second] = [vectors.get(a), vectors.get(b)];
    if (first === undefined || second === undefined || !sentences.has(a) || !sentences.has(b)) return 0;
    return round(cosine(first, second));
  };

/**
 * The vectors of all sentences of a batch of answer pairs, so that the synchronous comparer can ask how alike two
 * sentences are: the cosine of their embeddings, 0 to 1, three decimals. The comparer takes its mean with its own
 * measure, in which character trigrams weigh a third. Pairs are served in their order until the caps are reached.
 * With `builtin:ngram` nothing is measured: the comparer's own measure knows more. Rejects when the embedder does.
 */
export const measureSimilarity = async (
  embedder: Embedder,
  pairs: readonly AnswerPair[],
): Promise<MeasuredSimilarity> => {
  const opened = new Map<string, Open>();
  const sentences = new Set<string>();
  let left = 0;
  for (const pair of embedder.id === 'builtin:ngram' ? [] : pairs) {
    const key = keyOf(pair);
    if (pair.baseline === pair.candidate || opened.has(key)) continue;
    const open = openBetween(pair);
    if (open === null) continue;
    const fresh = [...open.sentences].filter((text) => !sentences.has(text));
    if (open.sentences.size > maxSentencesOfPair || sentences.size + fresh.length > maxSentences) {
      left++;
      continue;
    }
    for (const text of fresh) sentences.add(text);
    opened.set(key, open);
  }
  const texts = [...sentences];
  const found = texts.length === 0 ? [] : await embedder.embed(texts);
  const vectors = new Map(
    texts.flatMap((text, index) => (found[index] ? [[text, found[index]] as const] : [])),
  );
  return {
    of: (baseline, candidate) => {
      const open = opened.get(keyOf({ baseline, candidate }));
      return open && similarityBy(vectors, open);
    },
    measured: opened.size,
    left,
  };
};
