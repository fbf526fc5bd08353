import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { gitFixture } from '../repo/git-fixture.ts';
import { cliPath, runCli } from './run-cli.ts';

const project = {
  'assay.yml': 'suites: ["*.suite.yml"]\nproviders: [echo]\ntrials: {min: 1, max: 1}\n',
  'reply.suite.yml': `prompts: [reply.txt]
tests:
  - vars: {}
    assert: [{type: similar, value: Give me my money back, threshold: 0.6}]
`,
  'reply.txt': 'I want a refund\n',
};

describe('the sentence encoder of the bundle', () => {
  test('knows a paraphrase, and lets the program end', async () => {
    using fixture = gitFixture(project);
    const run = await runCli(fixture.root, ['test', '--format', 'json']);
    expect([run.exitCode, run.stderr]).toEqual([0, expect.not.stringContaining('encoder')]);
    expect(run.stdout).toMatch(/similarity 0\.6\d* to .{1,40}\(builtin:use-lite\)/);
  });

  test('that is not there is one note, and n-grams measure', async () => {
    using fixture = gitFixture(project);
    const folder = mkdtempSync(join(tmpdir(), 'assay-dist-'));
    try {
      cpSync(dirname(cliPath), folder, {
        recursive: true,
        filter: (path) => !path.endsWith('weights.bin'),
      });
      const run = await runCli(fixture.root, ['test', '--format', 'json'], { cli: join(folder, 'cli.js') });
      expect(run.stderr.match(/sentence encoder/g)).toHaveLength(1);
      expect(run.stdout).toMatch(/similarity 0[.\d]* to .{1,40}\(builtin:ngram\)/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
