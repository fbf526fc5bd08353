import type { Finding } from '../model/errors.ts';
import type { Tree } from '../model/ports.ts';
import type { Suite } from '../model/suite.ts';
import { readGithubSuite } from './formats/github-suite.ts';
import { readPromptfooSuite } from './formats/promptfoo-suite.ts';
import { type Reading, startReading } from './reading.ts';

type SuiteReader = (reading: Reading) => Promise<Suite | null>;

/** Kinds of suites and how each is read. */
export const suiteFormats = {
  /** `*.suite.yml`, `promptfooconfig.yaml`, and whatever else a policy's globs name. */
  promptfoo: readPromptfooSuite,
  /** GitHub's `*.prompt.yml`. */
  githubPrompt: readGithubSuite,
} as const satisfies Record<string, SuiteReader>;

/** The format of a suite, by the name of its file. */
export const suiteFormat = (path: string): keyof typeof suiteFormats =>
  /\.prompt\.ya?ml$/i.test(path) ? 'githubPrompt' : 'promptfoo';

/**
 * The suite at `path` of a tree, of any format. All findings are collected, not only the first; with any error the
 * suite is null. A `.prompt.yml` without test data is a prompt, not a suite: null without an error.
 */
export const readSuite = async (
  tree: Tree,
  path: string,
): Promise<{ suite: Suite | null; findings: Finding[] }> => {
  const reading = startReading(tree, path);
  const suite = await reading.attempt(() => suiteFormats[suiteFormat(path)](reading));
  return { suite: reading.errorCount() > 0 ? null : suite, findings: reading.findings() };
};
