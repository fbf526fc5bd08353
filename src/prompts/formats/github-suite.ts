import type { Suite } from '../../model/suite.ts';
import { suiteName } from '../../plan/find-suites.ts';
import { makeCases } from '../make-cases.ts';
import { makePrompt } from '../make-prompt.ts';
import type { Reading } from '../reading.ts';
import { readLocated } from '../source-files.ts';
import { emptyTest, type ParsedTest } from '../test-shape.ts';
import { githubDraft, parseGithubPrompt } from './github.ts';
import { readEvaluators } from './github-evaluators.ts';
import { warnUnchecked } from './promptfoo-suite.ts';

/**
 * A `.prompt.yml` with test data: one prompt, each row a case, all evaluators on each. Without test data it is a
 * prompt and no suite: null, and no error.
 */
export const readGithubSuite = async (reading: Reading): Promise<Suite | null> => {
  const document = await readLocated(reading, reading.path, { file: reading.path, line: 1, column: 1 });
  const prompt = document === null ? null : parseGithubPrompt(reading, document);
  const draft = document === null || prompt === null ? null : await githubDraft(reading, document, prompt);
  if (document === null || prompt === null || draft === null) return null;
  const rows = prompt.testData ?? [];
  if (rows.length === 0) return null;
  const assertions = readEvaluators(reading, document, prompt.evaluators ?? []);
  const tests = rows.map((vars, index): ParsedTest => {
    const place = document.placeOf(['testData', index]);
    return { ...emptyTest(place), vars, assertions };
  });
  const cases = makeCases(reading, tests, emptyTest(document.placeOf([])), true);
  const suite: Suite = {
    path: reading.path,
    name: suiteName(reading.path),
    description: prompt.description ?? null,
    prompts: [makePrompt(draft, { id: reading.path, path: reading.path, label: null })],
    providers: [],
    cases,
    judge: null,
    repeat: 1,
    files: [...reading.files],
  };
  warnUnchecked(reading, suite);
  return suite;
};
