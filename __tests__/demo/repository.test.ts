import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { differenceFrom } from '../../scripts/demo/expectation.ts';
import { git, makeRepository } from '../../scripts/demo/repository.ts';

const example = join(import.meta.dirname, '..', '..', 'examples', 'finance-support');

describe("the demo's repository", () => {
  let parent = '';
  let folder = '';
  beforeAll(async () => {
    parent = await mkdtemp(join(tmpdir(), 'assay-demo-test-'));
    folder = join(parent, 'finance-support');
    await makeRepository(example, folder);
  });
  afterAll(() => rm(parent, { recursive: true, force: true }));

  test('has main and the pull request, one commit each, and nothing uncommitted', async () => {
    expect(await git(folder, 'log', '--format=%s %an', 'be-concise')).toBe(
      'Be concise Assay demo\nSupport bot with its tests Assay demo',
    );
    expect(await git(folder, 'rev-parse', 'main')).toBe(await git(folder, 'rev-parse', 'be-concise~1'));
    expect(await git(folder, 'branch', '--show-current')).toBe('be-concise');
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });

  test('the pull request adds one instruction, changes one deadline and touches nothing else', async () => {
    const lines = (await git(folder, 'diff', '--unified=0', 'main', 'be-concise')).split('\n');
    expect(lines.filter((line) => /^[+-]/.test(line))).toEqual([
      '--- a/prompts/support.prompt.yml',
      '+++ b/prompts/support.prompt.yml',
      '+      - Be concise.',
      '-      You can dispute a card payment within 120 days after it was booked.',
      '+      You can dispute a card payment within 60 days after it was booked.',
    ]);
  });

  test('has what belongs to a repository of its own, and not what belongs to the demo', async () => {
    const files = (await git(folder, 'ls-files')).split('\n');
    expect(files).toEqual(
      expect.arrayContaining([
        'assay.yml',
        '.gitignore',
        '.github/workflows/assay.yml',
        'prompts/triage.txt',
      ]),
    );
    expect(files.filter((file) => file.includes('pull-request'))).toEqual([]);
    expect(await readFile(join(folder, '.gitignore'), 'utf8')).toContain('.assay/');
  });
});

describe('the expectation', () => {
  const expectation = { broken: [{ case: 'a', providers: ['x', 'y'], why: 'it was edited' }] };
  const cell = (name: string, provider: string, change: string) => ({ case: name, provider, change });

  test('is met by exactly its cells', () => {
    const cells = [cell('a', 'x', 'broken'), cell('a', 'y', 'broken'), cell('b', 'x', 'stillPassing')];
    expect(differenceFrom(expectation, { cells })).toEqual([]);
  });

  test('names every cell that is missing, too many, or neither passing nor broken', () => {
    const cells = [cell('a', 'x', 'broken'), cell('b', 'x', 'broken'), cell('c', 'y', 'undecided')];
    expect(differenceFrom(expectation, { cells })).toEqual([
      'a on y: should have broken, but did not',
      'b on x: broke, but should not have',
      'c on y: is undecided',
    ]);
  });
});
