import * as z from 'zod';

/** How a judge came to the result of one check. */
export const judgedSchema = z.object({
  provider: z.string(),
  model: z.string().nullable().describe('the model that answered, as the vendor says'),
  votes: z.array(z.number()).describe('the score of each vote, 0 to 1; the median decides'),
  agreement: z.number().describe('share of the votes on the side of the majority; 1: unanimous'),
  promptVersion: z.string().describe('which words asked the judge'),
});
export type Judged = z.infer<typeof judgedSchema>;

/** What one judge did in a whole run. */
export const judgeSchema = z.object({
  provider: z.string(),
  models: z.array(z.string()).describe('the models that answered, as the vendor says'),
  promptVersions: z.array(z.string()).describe('which words asked the judge'),
  checks: z.number().int().describe('answers that it judged, once for each assertion'),
  votes: z.number().int(),
  split: z.number().int().describe('checks on which its votes did not agree'),
  agreement: z
    .number()
    .nullable()
    .describe('mean share of the votes on the side of the majority, over the checks with two votes or more'),
  knownAnswers: z
    .object({ asked: z.number().int(), wrong: z.number().int() })
    .describe('hidden questions whose answers are known; a judge that gets one wrong decides nothing'),
});
export type JudgeRecord = z.infer<typeof judgeSchema>;
