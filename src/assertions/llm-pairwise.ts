import { AssertionError } from './assertion-error.ts';
import { type AssertionKind, type Outcome, ready } from './assertion-kind.ts';
import type { Rival } from './grade-context.ts';
import { promptVersion } from './judge-prompt.ts';
import { type Comparison, comparePairwise } from './pairwise.ts';
import { textOf, wrongType } from './text-value.ts';
import { shorten } from './wording.ts';

/** A tie is no loss. */
const defaultThreshold = 0.5;
const scores = { a: 0, tie: 0.5, b: 1 } as const;

const sentence = ({ winner, byOrder, reason, votes }: Comparison): string => {
  if (byOrder)
    return votes.includes('tie')
      ? 'a tie: the judge saw a difference in one order of the two answers only'
      : 'a tie: the judge named another answer when the two changed places';
  const who = { a: 'the answer before is better', b: 'this answer is better', tie: 'a tie' }[winner];
  return `${who}: ${shorten(reason.trim(), 500)}`;
};

/** Nothing to compare with is no pass: the check is shown and decides nothing. */
const noRival: Outcome = {
  pass: false,
  score: 0,
  reportsOnly: true,
  explain: () => 'not compared: there is no answer of a base',
};

const rivalText = (rival: Rival): string => {
  if (rival.kind === 'answer') return rival.text;
  throw new AssertionError('not-measured', 'the base gave no answer to compare with');
};

/** A model compares the candidate's answer with the baseline's, in both orders. The baseline has no such check. */
export const llmPairwise: AssertionKind = {
  summary:
    'a judge (another model), asked in both orders, does not prefer the answer of the base by this rubric (`threshold: 1`: it prefers this one)',
  threshold: 'score',
  prepare: (value, { provider, threshold }) => {
    const rubric = textOf(value);
    if (rubric === null || rubric.trim() === '')
      return wrongType(rubric === null ? value : '', 'a rubric: what makes one answer better than another');
    const least = threshold ?? defaultThreshold;
    return ready(rubric, async ({ text, context }) => {
      const { rival } = context;
      if (rival.kind === 'self') return null;
      if (rival.kind === 'none') return noRival;
      const before = rivalText(rival);
      const judge = await context.judge(provider);
      const comparison = await comparePairwise(judge, rubric, before, text, context);
      const score = scores[comparison.winner];
      const { votes, models, byOrder } = comparison;
      return {
        pass: score >= least,
        score,
        judge: {
          provider: judge.id,
          model: models.length === 0 ? null : [...new Set(models)].toSorted().join(', '),
          votes: votes.map((vote) => scores[vote]),
          agreement: byOrder ? 0.5 : 1,
          promptVersion: promptVersion('pairwise'),
        },
        explain: () => sentence(comparison),
      };
    });
  },
};
