import { mkdir, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import { policySchema } from '../src/model/policy.ts';
import { runResultSchema } from '../src/model/run.ts';
import { suiteFileSchema } from '../src/prompts/suite-file-schema.ts';

/** The published JSON Schemas, file name → schema; a test compares them with what is committed. */
export const schemas = (): Record<string, string> => {
  const entries = {
    'assay.schema.json': {
      title: 'assay.yml',
      description: "Assay's policy",
      ...z.toJSONSchema(policySchema, { io: 'input' }),
    },
    'suite.schema.json': {
      title: 'a suite',
      description: 'Prompts, cases and providers that belong together',
      ...z.toJSONSchema(suiteFileSchema, { io: 'input' }),
    },
    'results.schema.json': {
      title: 'results.json',
      description: 'One run of Assay',
      ...z.toJSONSchema(runResultSchema),
    },
  };
  return Object.fromEntries(
    Object.entries(entries).map(([name, schema]) => [name, `${JSON.stringify(schema, null, 2)}\n`]),
  );
};

if (import.meta.main) {
  await mkdir('schema', { recursive: true });
  for (const [name, text] of Object.entries(schemas())) await writeFile(`schema/${name}`, text);
}
