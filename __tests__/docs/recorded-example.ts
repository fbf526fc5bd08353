import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { RunResult } from '../../src/model/run.ts';
import { runTest } from '../../src/commands/test.ts';
import { defaultTestOptions } from '../../src/commands/test-options.ts';
import { type GitFixture, gitFixture } from '../repo/git-fixture.ts';
import { root } from './markdown.ts';

export const example = join(root, 'examples', 'recorded-answers');
export const patch = join(example, 'pull-request', 'plain-words.patch');
export const suites = ['prompts/claims.prompt.yml', 'suites/intake.suite.yml'] as const;
export const recordings = ['recordings/gpt-5-mini.jsonl', 'recordings/haiku.jsonl'] as const;

/** The example as it is on `main`, path → text. */
export const exampleFiles: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(example, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(example, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !/^(pull-request|\.assay)\//.test(path))
    .map((path) => [path, readFileSync(join(example, path), 'utf8')]),
);

/** A repository with the example on `main` and its pull request on the branch that is checked out. */
export const pullRequest = (): GitFixture => {
  const fixture = gitFixture(exampleFiles);
  fixture.git('switch', '-q', '-c', 'plain-words');
  fixture.git('apply', '--index', patch);
  fixture.commit('Plain words and fewer lines');
  return fixture;
};

/** `assay test` in this process, without a network and without a cache. */
export const testIn = async (
  cwd: string,
  options: Partial<typeof defaultTestOptions> = {},
): Promise<RunResult> => {
  const { result } = await runTest(
    { ...defaultTestOptions, cache: false, ...options },
    {
      cwd,
      env: { PATH: process.env['PATH'] },
      fetch: async () => Promise.reject(new Error('recorded answers need no network')),
      now: () => Date.UTC(2026, 10, 23),
      random: () => 0.5,
      stdout: () => {},
      stderr: () => {},
      isTTY: false,
      ask: null,
      color: false,
      width: 100,
      signal: new AbortController().signal,
      toolVersion: '0.0.0',
    },
  );
  return result;
};
