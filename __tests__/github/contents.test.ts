import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createContentsTree, findMergeBase } from '../../src/github/contents.ts';
import { UserError } from '../../src/model/errors.ts';
import { operationsOf, withGitHub } from './rig.ts';

let folder = '';
const git = (...args: string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();

const text = 'Ünïcode and a long line: '.repeat(20);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-contents-'));
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'commit.gpgsign', 'false');
  writeFileSync(join(folder, 'a.txt'), text);
  execFileSync('mkdir', ['-p', join(folder, 'prompts/deep')]);
  writeFileSync(join(folder, 'prompts/deep/b.txt'), 'b');
  symlinkSync('/etc/passwd', join(folder, 'link.txt'));
  git('add', '.');
  git('commit', '--quiet', '-m', 'One');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ gitDirectory: join(folder, '.git') });

describe('a commit through the API', () => {
  test('has its regular files, their text and their hashes', () =>
    withGitHub(async ({ github, client }) => {
      const tree = createContentsTree(client, git('rev-parse', 'HEAD'));
      expect(await tree.list()).toEqual(['a.txt', 'prompts/deep/b.txt']);
      expect(await tree.read('a.txt')).toBe(text);
      expect(await tree.read('prompts/deep/b.txt')).toBe('b');
      expect(await tree.read('link.txt')).toBeNull();
      expect(await tree.read('../a.txt')).toBeNull();
      expect(await tree.hash('a.txt')).toBe(git('rev-parse', 'HEAD:a.txt'));
      await Promise.all([tree.read('a.txt'), tree.read('a.txt'), tree.list()]);
      expect(operationsOf(github)).toEqual(['git/get-tree', 'git/get-blob', 'git/get-blob']);
    }, options()));

  test('that GitHub does not give is a located next step, not a crash', () =>
    withGitHub(
      async ({ client }) => {
        const tree = createContentsTree(client, 'f'.repeat(40));
        await expect(tree.list()).rejects.toThrow(UserError);
        await expect(tree.read('a.txt')).rejects.toThrow(
          /commit ffffffffffff cannot be read: GitHub answered 404.*fetch-depth/,
        );
      },
      { ...options(), withoutContents: true },
    ));

  test('whose listing GitHub cuts short is read folder by folder', () =>
    withGitHub(
      async ({ client }) => {
        const tree = createContentsTree(client, git('rev-parse', 'HEAD'));
        expect(await tree.list()).toEqual(['a.txt', 'prompts/deep/b.txt']);
      },
      { ...options(), truncateTrees: true },
    ));

  test('is asked for again after a server error', () =>
    withGitHub(async ({ github, client }) => {
      github.faults.push({ operation: 'git/get-tree', status: 500 });
      expect(await createContentsTree(client, git('rev-parse', 'HEAD')).list()).toHaveLength(2);
    }, options()));
});

describe('the merge base', () => {
  test('is the one that git finds', () =>
    withGitHub(async ({ client }) => {
      const root = git('rev-parse', 'HEAD');
      git('checkout', '--quiet', '-b', 'change');
      git('commit', '--quiet', '--allow-empty', '-m', 'Two');
      const head = git('rev-parse', 'HEAD');
      git('checkout', '--quiet', 'main');
      git('commit', '--quiet', '--allow-empty', '-m', 'Three');
      expect(await findMergeBase(client, git('rev-parse', 'main'), head)).toBe(root);
    }, options()));

  test('is null where GitHub does not say', () =>
    withGitHub(
      async ({ client }) => {
        expect(await findMergeBase(client, 'a'.repeat(40), 'b'.repeat(40))).toBeNull();
      },
      { ...options(), withoutContents: true },
    ));
});
