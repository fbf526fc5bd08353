import * as z from 'zod';

/** What stands at the top of a suite in promptfoo's shape; the parts have readers of their own. */
export const suiteSchema = z.strictObject({
  $schema: z.string().optional(),
  description: z.string().nullable().optional(),
  prompts: z.unknown().optional().describe('files, globs, texts or chats'),
  providers: z.unknown().optional().describe("ids or objects; the policy's where missing"),
  targets: z.unknown().optional().describe('the same as providers'),
  tests: z.unknown().optional().describe('a list of tests, or files (csv, json, jsonl, yaml)'),
  defaultTest: z.unknown().optional().describe('what every test starts from, or file://'),
  evaluateOptions: z
    .looseObject({ repeat: z.number().int().min(1).max(100).optional() })
    .nullable()
    .optional(),
  repeat: z.number().int().min(1).max(100).optional().describe('at least so many trials'),
});

export const suiteKeys: readonly string[] = Object.keys(suiteSchema.shape);
