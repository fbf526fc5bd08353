import { type RunResult, runResultSchema } from '../model/run.ts';

/** Lists whose entries are many and are read one at a time (by `grep`, by `git diff`): one entry a line. */
const linewise = new Set(['cells', 'matrix', 'tampering', 'warnings', 'prompts', 'suites', 'providers']);

const member = (key: string, value: unknown): string => {
  if (linewise.has(key) && Array.isArray(value) && value.length > 0)
    return `  ${JSON.stringify(key)}: [\n${value.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`;
  return `  ${JSON.stringify(key)}: ${JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')}`;
};

/**
 * results.json (contract.md §3). Keys stand in the order of the schema, whoever built the document (this run, or
 * a merge of shards), so that the same run gives the same bytes.
 */
export const renderJson = (result: RunResult): string => {
  // Parsing puts the keys in order. A document that does not match is still written: it is all there is of the run.
  const { data = result } = runResultSchema.safeParse(result);
  return `{\n${Object.entries(data)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => member(key, value))
    .join(',\n')}\n}\n`;
};
