import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openRepository } from '../../src/repo/repository.ts';
import { gitFixture, temporaryFolder } from './git-fixture.ts';

const env = { PATH: process.env['PATH'] };

describe('refs', () => {
  test('default branch, current branch, merge base', async () => {
    using fixture = gitFixture({ 'a.txt': '1' });
    const start = fixture.git('rev-parse', 'HEAD');
    fixture.git('checkout', '-q', '-b', 'topic');
    const tip = fixture.commit('edit', { 'a.txt': '2' });
    const repository = await openRepository(fixture.root, env);
    expect(await repository.defaultBranch()).toBe('main');
    expect(await repository.currentBranch()).toBe('topic');
    expect(await repository.mergeBase('main', tip)).toBe(start);
    expect(await repository.isDirty()).toBe(false);
  });

  test.each([
    '--upload-pack=x',
    '-q',
    'a b',
    'nothing',
    'main..topic',
    'x\0y',
    '$(touch p)',
    '`id`',
  ])('%j names no commit', async (ref) => {
    using fixture = gitFixture({ 'a.txt': '1' });
    const repository = await openRepository(fixture.root, env);
    expect(await repository.resolve(ref)).toBeNull();
  });

  test('the remote’s default branch wins over a local one', async () => {
    using origin = gitFixture({ 'a.txt': '1' });
    origin.git('branch', '-m', 'trunk');
    using clone = temporaryFolder();
    origin.git('clone', '-q', origin.root, join(clone.root, 'c'));
    const repository = await openRepository(join(clone.root, 'c'), env);
    expect(await repository.defaultBranch()).toBe('origin/trunk');
  });

  test('a shallow clone fetches the one commit that it needs', async () => {
    using origin = gitFixture({ 'a.txt': 'old' });
    const base = origin.git('rev-parse', 'HEAD');
    origin.commit('edit', { 'a.txt': 'new' });
    origin.git('config', 'uploadpack.allowReachableSHA1InWant', 'true');
    using clone = temporaryFolder();
    origin.git('clone', '-q', '--depth=1', `file://${origin.root}`, join(clone.root, 'c'));
    const repository = await openRepository(join(clone.root, 'c'), env);
    expect(await repository.isShallow()).toBe(true);
    expect(await repository.resolve(base)).toBeNull();
    expect(await repository.fetchCommit(base)).toBe(true);
    expect(await repository.tree(base, 'base').read('a.txt')).toBe('old');
    expect(await repository.fetchCommit('f'.repeat(40))).toBe(false);
  });
});

describe('files', () => {
  test('a commit and the working tree hold what they hold, with comparable hashes', async () => {
    using fixture = gitFixture({ 'prompts/ä.txt': 'Grüße', 'b.txt': 'kept' });
    fixture.write({
      'prompts/ä.txt': 'Grüße!',
      'new.txt': 'untracked',
      '.gitignore': 'ignored.txt\n',
      'ignored.txt': 'no',
    });
    const repository = await openRepository(fixture.root, env);
    const sha = (await repository.resolve('HEAD')) ?? '';
    const commit = repository.tree(sha, 'HEAD');
    const working = repository.workingTree();
    expect(await commit.list()).toEqual(['b.txt', 'prompts/ä.txt']);
    expect(await working.list()).toEqual(['.gitignore', 'b.txt', 'new.txt', 'prompts/ä.txt']);
    expect(await commit.read('prompts/ä.txt')).toBe('Grüße');
    expect(await working.read('prompts/ä.txt')).toBe('Grüße!');
    expect(await commit.hash('b.txt')).toBe(await working.hash('b.txt'));
    expect(await commit.hash('prompts/ä.txt')).not.toBe(await working.hash('prompts/ä.txt'));
    expect([await commit.read('none'), await working.read('none'), await working.hash('none')]).toEqual([
      null,
      null,
      null,
    ]);
  });

  test('a deleted file is not there; many reads come back in order', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`f${index}.txt`, `${index}\n`.repeat(index * 40)]),
    );
    using fixture = gitFixture(files);
    fixture.git('rm', '-q', '--cached', 'f1.txt');
    const repository = await openRepository(fixture.root, env);
    const commit = repository.tree((await repository.resolve('HEAD')) ?? '', 'HEAD');
    const texts = await Promise.all(Object.keys(files).map((path) => commit.read(path)));
    expect(texts).toEqual(Object.values(files));
  });

  test('symbolic links are never followed, on either side', async () => {
    using outside = temporaryFolder();
    writeFileSync(join(outside.root, 'secret.txt'), 'secret');
    using fixture = gitFixture({ 'a.txt': '1' });
    symlinkSync(join(outside.root, 'secret.txt'), join(fixture.root, 'link.txt'));
    symlinkSync(outside.root, join(fixture.root, 'folder'));
    fixture.commit('links');
    const repository = await openRepository(fixture.root, env);
    const commit = repository.tree((await repository.resolve('HEAD')) ?? '', 'HEAD');
    for (const tree of [commit, repository.workingTree()]) {
      expect(await tree.read('link.txt')).toBeNull();
      expect(await tree.read('folder/secret.txt')).toBeNull();
      expect(await tree.read('../secret.txt')).toBeNull();
      expect(await tree.read('.git/config')).toBeNull();
    }
  });

  test('a file above the cap is a located error', async () => {
    using fixture = gitFixture({ 'big.txt': 'x'.repeat(10_000_001) });
    const repository = await openRepository(fixture.root, env);
    await expect(repository.workingTree().read('big.txt')).rejects.toThrow(/big\.txt:1:1: .*10000001 bytes/);
    await expect(
      repository.tree((await repository.resolve('HEAD')) ?? '', 'HEAD').read('big.txt'),
    ).rejects.toThrow(/big\.txt:1:1/);
  });

  test('no git: the folder alone', async () => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.root, 'node_modules'));
    writeFileSync(join(folder.root, 'node_modules', 'x.txt'), '');
    writeFileSync(join(folder.root, 'a.suite.yml'), 'tests: []');
    const repository = await openRepository(folder.root, { ...env, GIT_CEILING_DIRECTORIES: folder.root });
    expect(repository.hasGit).toBe(false);
    expect(await repository.workingTree().list()).toEqual(['a.suite.yml']);
    expect(await repository.resolve('HEAD')).toBeNull();
  });
});
