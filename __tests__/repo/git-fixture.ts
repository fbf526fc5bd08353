import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const identity = [
  '-c',
  'user.name=Ada',
  '-c',
  'user.email=ada@example.com',
  '-c',
  'commit.gpgsign=false',
  '-c',
  'init.defaultBranch=main',
];

/** A real git repository in a temporary folder; removed when disposed. */
export type GitFixture = Disposable & {
  readonly root: string;
  git(...args: string[]): string;
  write(files: Readonly<Record<string, string>>): void;
  commit(message: string, files?: Readonly<Record<string, string>>): string;
};

export const temporaryFolder = (): Disposable & { readonly root: string } => {
  const root = mkdtempSync(join(tmpdir(), 'assay-test-'));
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
};

export const gitFixture = (files: Readonly<Record<string, string>> = {}): GitFixture => {
  const folder = temporaryFolder();
  const { root } = folder;
  const git = (...args: string[]): string =>
    execFileSync('git', [...identity, ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  const write = (content: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(content)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  const commit = (message: string, content: Readonly<Record<string, string>> = {}): string => {
    write(content);
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  git('init', '-q', '-b', 'main');
  if (Object.keys(files).length > 0) commit('start', files);
  return { root, git, write, commit, [Symbol.dispose]: folder[Symbol.dispose] };
};
