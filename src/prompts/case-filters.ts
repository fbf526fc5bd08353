import picomatch from 'picomatch';
import { expectedOneOf } from '../model/nearest.ts';
import type { Prompt } from '../model/prompt.ts';
import type { Case } from '../model/suite.ts';
import type { Reading } from './reading.ts';
import { folderOf, resolveReference } from './source-files.ts';

const matching = (reading: Reading, prompts: readonly Prompt[], written: string): string[] => {
  const file = resolveReference(folderOf(reading.path), written);
  const path = 'path' in file ? file.path : null;
  const exact = prompts.filter(
    (prompt) =>
      prompt.label === written ||
      prompt.id === written ||
      prompt.path === path ||
      prompt.label.startsWith(`${written}:`),
  );
  if (exact.length > 0) return exact.map(({ id }) => id);
  if (!written.includes('*') || written.split('*').length > 8) return [];
  const matches = picomatch(written, { noextglob: true });
  return prompts.filter(({ label, path: own }) => matches(label) || matches(own)).map(({ id }) => id);
};

/** `prompts` of a case as prompt ids; a name that fits none of the suite's prompts is an error. */
export const resolveFilters = (
  reading: Reading,
  prompts: readonly Prompt[],
  cases: readonly Case[],
): Case[] => {
  const reported = new Set<string>();
  return cases.map((testCase) => {
    if (testCase.prompts === null) return testCase;
    const ids = testCase.prompts.flatMap((written) => {
      const found = matching(reading, prompts, written);
      if (found.length === 0 && !reported.has(written)) {
        reported.add(written);
        reading.error(
          'unknown-prompt',
          testCase.place,
          `the case "${testCase.id}" names the prompt "${written}", which the suite lacks`,
          {
            expected: expectedOneOf(
              written,
              prompts.map(({ label }) => label),
            ),
          },
        );
      }
      return found;
    });
    return { ...testCase, prompts: [...new Set(ids)] };
  });
};
