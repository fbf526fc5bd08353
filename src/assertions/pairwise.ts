import * as z from 'zod';
import type { Provider } from '../model/provider.ts';
import { pairwiseMessages, repairPairwise } from './judge-prompt.ts';
import { type Asking, askForJudgement } from './judge.ts';
import type { ReadReply, ReplyShape } from './judge-reply.ts';
import { trialOfVote } from './votes.ts';

const preferenceSchema = z.object({ reason: z.string(), better: z.enum(['first', 'second', 'neither']) });
type Preference = z.infer<typeof preferenceSchema>;

const check = (value: unknown): ReadReply<Preference> => {
  const read = preferenceSchema.safeParse(value);
  return read.success
    ? { ok: true, judgement: read.data }
    : {
        ok: false,
        problem: 'it is no JSON object with `reason` as a text and `better` as one of the three words',
      };
};

const preferenceShape: ReplyShape<Preference> = {
  format: {
    type: 'json_schema',
    name: 'preference',
    strict: true,
    schema: {
      type: 'object',
      properties: {
        reason: { type: 'string', description: 'one or two sentences that name the deciding words' },
        better: { type: 'string', enum: ['first', 'second', 'neither'] },
      },
      required: ['reason', 'better'],
      additionalProperties: false,
    },
  },
  looksLike: (value) => preferenceSchema.safeParse(value).success,
  check,
  repair: repairPairwise,
};

export type Comparison = {
  /** `tie`: neither is better, or the judge prefers whichever stands in one place. */
  readonly winner: 'a' | 'b' | 'tie';
  /** The judge said something else when the answers changed places: a judgement of the order, not of the answers. */
  readonly byOrder: boolean;
  /** Of the first asking. */
  readonly reason: string;
  /** Who was better with `a` in the first place, and with `b` there. */
  readonly votes: readonly ['a' | 'b' | 'tie', 'a' | 'b' | 'tie'];
  readonly models: readonly string[];
};

/**
 * Which of two answers meets a rubric better. The judge is asked in both orders, since models prefer a place
 * (Zheng et al. 2023, "Judging LLM-as-a-Judge", arXiv:2306.05685, §3.4): only an answer that wins in both has
 * won, and everything else is a tie. Throws as `askForJudgement`. Equal texts are a tie without a call.
 */
export const comparePairwise = async (
  judge: Provider,
  rubric: string,
  a: string,
  b: string,
  { trial, signal }: Asking,
): Promise<Comparison> => {
  if (a === b)
    return {
      winner: 'tie',
      byOrder: false,
      reason: 'the answers are equal',
      votes: ['tie', 'tie'],
      models: [],
    };
  const asking = { trial: trialOfVote(trial, 0), signal };
  const inOrder = (first: string, second: string) =>
    askForJudgement(
      judge,
      preferenceShape,
      pairwiseMessages(rubric, first, second),
      `${first}\n${second}`,
      asking,
    );
  const settled = await Promise.allSettled([inOrder(a, b), inOrder(b, a)]);
  const [forward, backward] = settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  if (forward === undefined || backward === undefined) throw new Error('two questions have two answers');
  const votes = [
    ({ first: 'a', second: 'b', neither: 'tie' } as const)[forward.judgement.better],
    ({ first: 'b', second: 'a', neither: 'tie' } as const)[backward.judgement.better],
  ] as const;
  const byOrder = votes[0] !== votes[1];
  return {
    winner: byOrder ? 'tie' : votes[0],
    byOrder,
    reason: forward.judgement.reason,
    votes,
    models: [forward.model, backward.model].filter((model) => model !== null),
  };
};
