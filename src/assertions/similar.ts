import type { Embedder } from '../model/ports.ts';
import { AssertionError } from './assertion-error.ts';
import { type AssertionKind, type Problem, ready } from './assertion-kind.ts';
import { cosine } from './cosine.ts';
import { emptyText, textOf, wrongType } from './text-value.ts';
import { measured, quote, quoteAll, showScore } from './wording.ts';

/** promptfoo's default for `similar` in YAML. */
const defaultThreshold = 0.75;

const otherEmbedder = (provider: string): Problem => ({
  code: 'unsupported-embedder',
  message: `\`similar\` names the embedder "${provider}", which is not supported yet: the built-in one measures instead`,
  nextStep: "Check its threshold: scores of different embedders can't be compared",
});

/** A vector is the same to six decimals, whatever it was computed with. */
const round = (score: number): number => Math.round(score * 1_000) / 1_000;

/** The nearest of the wanted texts. An embedder that gives no numbers is an error, whatever the threshold. */
const nearestOf = async (
  embedder: Embedder,
  text: string,
  wanted: readonly string[],
): Promise<{ readonly score: number; readonly wanted: string }> => {
  const [answer, ...vectors] = await embedder.embed([text, ...wanted]);
  let best = { score: -1, wanted: '' };
  for (const [index, candidate] of wanted.entries()) {
    const vector = vectors[index];
    const score = candidate === text ? 1 : answer && vector ? round(cosine(answer, vector)) : Number.NaN;
    if (Number.isNaN(score))
      throw new AssertionError('not-measured', `the embedder ${embedder.id} gave no usable vector`);
    if (score > best.score) best = { score, wanted: candidate };
  }
  return best;
};

/** Cosine of the embeddings of answer and value; of a list, the nearest counts. */
export const similar: AssertionKind = {
  summary:
    'the answer is similar to this text, or to one of these (cosine of embeddings, at least `threshold`, default 0.75)',
  threshold: 'score',
  prepare: (value, { threshold, provider }) => {
    const wanted = (Array.isArray(value) ? value : [value]).map(textOf);
    if (!wanted.every((text) => text !== null) || wanted.length === 0)
      return wrongType(value, 'a text, or a list of texts');
    if (wanted.includes('')) return { ok: false, problem: emptyText };
    const least = threshold ?? defaultThreshold;
    return ready(
      `${quoteAll(wanted, 3)} (at least ${least})`,
      async ({ text, context }) => {
        const embedder = await context.embedder();
        const nearest = await nearestOf(embedder, text, wanted);
        const fact = `similarity ${showScore(nearest.score)} to ${quote(nearest.wanted)} (${embedder.id})`;
        return measured(nearest.score >= least, fact, `at least ${least}`, nearest.score);
      },
      provider === null ? [] : [otherEmbedder(provider)],
    );
  },
};
