import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Path → text; null: the file goes. */
export type Files = Readonly<Record<string, string | null>>;

export type FixtureRepository = {
  readonly folder: string;
  /** The bare repository that clones come from and that the loopback GitHub serves. */
  readonly origin: string;
  /** Commits `files` on top of `parent` (null: as the first commit), and lets `branch` point there. */
  commit(branch: string, parent: string | null, files: Files, message?: string): string;
  /** The commit that GitHub makes of a pull request to check out: both sides merged. */
  merge(ref: string, base: string, head: string): string;
  /** A clone as actions/checkout leaves it: one commit, detached. */
  clone(sha: string, options?: { depth?: number; remote?: boolean }): string;
  remove(): void;
};

const identity = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false'];

const git = (cwd: string, ...args: string[]): string =>
  execFileSync('git', [...identity, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: cwd,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
      GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
    },
  }).trim();

/** A repository in a temporary folder, with as many branches and clones as a test asks for. */
export const createRepository = (): FixtureRepository => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-e2e-'));
  const origin = join(folder, 'origin.git');
  const author = join(folder, 'author');
  git(folder, 'init', '--quiet', '--bare', '--initial-branch=main', origin);
  git(folder, 'init', '--quiet', '--initial-branch=main', author);
  let clones = 0;
  const commit: FixtureRepository['commit'] = (branch, parent, files, message = 'Change') => {
    if (parent === null) git(author, 'checkout', '--quiet', '--orphan', branch);
    else git(author, 'checkout', '--quiet', '-B', branch, parent);
    for (const [path, text] of Object.entries(files)) {
      const file = join(author, path);
      mkdirSync(dirname(file), { recursive: true });
      if (text === null) rmSync(file);
      else writeFileSync(file, text);
    }
    git(author, 'add', '--all');
    git(author, 'commit', '--quiet', '--allow-empty', '-m', message);
    git(author, 'push', '--quiet', '--force', origin, `HEAD:refs/heads/${branch}`);
    return git(author, 'rev-parse', 'HEAD');
  };
  const merge: FixtureRepository['merge'] = (ref, base, head) => {
    git(author, 'checkout', '--quiet', '--detach', base);
    git(author, 'merge', '--quiet', '--no-ff', '-m', `Merge ${head} into ${base}`, head);
    git(author, 'push', '--quiet', '--force', origin, `HEAD:${ref}`);
    return git(author, 'rev-parse', 'HEAD');
  };
  const clone: FixtureRepository['clone'] = (sha, { depth, remote = true } = {}) => {
    clones += 1;
    const workspace = join(folder, `workspace-${clones}`);
    git(folder, 'init', '--quiet', workspace);
    git(workspace, 'remote', 'add', 'origin', `file://${origin}`);
    const shallow = depth === undefined ? [] : [`--depth=${depth}`];
    const branches = depth === undefined ? ['+refs/heads/*:refs/remotes/origin/*'] : [];
    git(workspace, 'fetch', '--quiet', '--no-tags', ...shallow, 'origin', sha, ...branches);
    git(workspace, 'checkout', '--quiet', '--detach', sha);
    if (!remote) git(workspace, 'remote', 'remove', 'origin');
    return workspace;
  };
  return {
    folder,
    origin,
    commit,
    merge,
    clone,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
