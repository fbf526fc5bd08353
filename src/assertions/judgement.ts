import * as z from 'zod';
import { findJson, gaveUp } from './find-json.ts';

const judgementSchema = z.object({
  reason: z.string(),
  score: z.number().min(0).max(1),
  pass: z.boolean(),
});

/** What a judge says: the reason first, so that the score follows from it. */
export type Judgement = z.infer<typeof judgementSchema>;

/** Sent along with the question; vendors that know structured answers can give nothing else. */
export const judgementFormat = {
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

export type ReadJudgement =
  | { readonly ok: true; readonly judgement: Judgement }
  | { readonly ok: false; readonly problem: string };

const fence = /^```(?:json)?[ \t]*\n([\s\S]*?)\n?[ \t]*```$/i;

const parse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

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

const check = (value: unknown): ReadJudgement => {
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

const looksLikeJudgement = (value: unknown): boolean => judgementSchema.safeParse(value).success;

/** The judgements that stand in a text. */
const judgementsIn = (text: string): readonly object[] => {
  const found: object[] = [];
  for (const value of findJson(text)) {
    if (value === gaveUp) return found;
    if (looksLikeJudgement(value)) found.push(value);
  }
  return found;
};

/**
 * The judgement in a judge's reply: the whole reply, a code fence that is the whole reply, or the one judgement
 * at the end of some prose. Prose is not trusted where the judged text holds a judgement too: the judge may
 * only be quoting it. Anything else, also a score as text, is a problem and never a judgement.
 */
export const readJudgement = (reply: string, judged: string): ReadJudgement => {
  const trimmed = reply.trim();
  if (trimmed === '') return { ok: false, problem: 'it is empty' };
  const whole = parse(trimmed) ?? parse(fence.exec(trimmed)?.[1] ?? '');
  if (whole !== null) return check(whole.value);
  const found = judgementsIn(trimmed);
  const [only] = found;
  if (
    found.length === 1 &&
    only !== undefined &&
    /\}\s*(```)?$/.test(trimmed) &&
    judgementsIn(judged).length === 0
  )
    return check(only);
  return { ok: false, problem: 'it is not one JSON object and nothing else' };
};
