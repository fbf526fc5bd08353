import * as z from 'zod';
import { repairRequest } from './judge-prompt.ts';
import { type ReadReply, type ReplyShape, readReply } from './judge-reply.ts';

const judgementSchema = z.object({
  reason: z.string(),
  score: z.number().min(0).max(1),
  pass: z.boolean(),
});

/** What a judge says: the reason first, so that the score follows from it. */
export type Judgement = z.infer<typeof judgementSchema>;

const format = {
  type: 'json_schema',
  name: 'judgement',
  strict: true,
  schema: {
    type: 'object',
    properties: {
      reason: { type: 'string', description: 'one or two sentences that name the deciding words' },
      score: { type: 'number', description: 'from 0 (misses the rubric) to 1 (meets it in full)' },
      pass: { type: 'boolean' },
    },
    required: ['reason', 'score', 'pass'],
    additionalProperties: false,
  },
} as const;

/** Our own words about what is wrong: they go back to the judge, so nothing of its reply may stand in them. */
const shapeProblem = (value: unknown): string => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'it is no JSON object';
  for (const [key, wanted] of [
    ['reason', 'a text'],
    ['score', 'a number from 0 to 1'],
    ['pass', 'true or false'],
  ] as const) {
    if (!Object.hasOwn(value, key)) return `\`${key}\` is missing`;
    if (!judgementSchema.shape[key].safeParse((value as Record<string, unknown>)[key]).success)
      return `\`${key}\` is not ${wanted}`;
  }
  return 'it has another shape';
};

const check = (value: unknown): ReadReply<Judgement> => {
  const read = judgementSchema.safeParse(value);
  if (!read.success) return { ok: false, problem: shapeProblem(value) };
  const { score, pass } = read.data;
  if ((pass && score === 0) || (!pass && score === 1))
    return {
      ok: false,
      problem: `\`pass\` is ${pass} and \`score\` is ${score}, which contradict each other`,
    };
  return { ok: true, judgement: read.data };
};

/** The judgement of one answer by a rubric. */
export const judgementShape: ReplyShape<Judgement> = {
  format,
  looksLike: (value) => judgementSchema.safeParse(value).success,
  check,
  repair: repairRequest,
};

export const readJudgement = (reply: string, judged: string): ReadReply<Judgement> =>
  readReply(judgementShape, reply, judged);
