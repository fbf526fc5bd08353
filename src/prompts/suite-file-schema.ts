import * as z from 'zod';
import { providerObjectSchema } from './provider-spec.ts';
import { assertionSchema } from './read-assertions.ts';
import { promptObjectSchema } from './read-prompts.ts';
import recognised from './recognised-keys.json' with { type: 'json' };
import { suiteSchema } from './suite-shape.ts';
import { testSchema } from './test-shape.ts';

/** Keys that are read over with a warning: an editor must not call them wrong. */
const tolerated = (level: keyof typeof recognised): Record<string, z.ZodOptional<z.ZodUnknown>> =>
  Object.fromEntries(
    Object.keys(recognised[level]).map((key) => [
      key,
      z.unknown().optional().describe('recognised, but not supported'),
    ]),
  );

const provider = z.union([
  z.string(),
  providerObjectSchema.extend(tolerated('provider')),
  z.record(z.string(), z.unknown()),
]);
const assertion = assertionSchema.extend(tolerated('assertion'));
const test = testSchema.extend({
  ...tolerated('test'),
  vars: z.union([z.record(z.string(), z.unknown()), z.string(), z.array(z.string())]).optional(),
  assert: z.array(assertion).optional(),
});
const chat = z.array(z.object({ role: z.string(), content: z.unknown() }));
const prompt = z.union([z.string(), promptObjectSchema, chat]);

/**
 * A whole suite file, for the published JSON Schema and the editors that use it. The readers are stricter: they also
 * look at what the parts name.
 */
export const suiteFileSchema = suiteSchema.extend({
  ...tolerated('suite'),
  prompts: z.union([z.string(), z.array(prompt), chat, z.record(z.string(), z.string())]),
  providers: z.union([z.string(), z.array(provider)]).optional(),
  targets: z.union([z.string(), z.array(provider)]).optional(),
  tests: z.union([z.string(), z.array(z.union([z.string(), test]))]),
  defaultTest: z.union([z.string(), test]).optional(),
});
