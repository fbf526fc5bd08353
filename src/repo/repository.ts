import type { Tree } from '../model/ports.ts';
import { createGit, type Git, GitError } from './git.ts';
import { createGitTree } from './git-tree.ts';
import { createWorkingTree } from './working-tree.ts';

/** A git repository, or a plain folder where there is none (`git` is null and only the working tree exists). */
export type Repository = {
  readonly root: string;
  readonly hasGit: boolean;
  workingTree(): Tree;
  /** The commit that a ref names; null: there is no such ref here. */
  resolve(ref: string): Promise<string | null>;
  tree(sha: string, label: string): Tree;
  mergeBase(a: string, b: string): Promise<string | null>;
  /** Brings one commit, without its history, from the remote. false: the remote does not have it, or there is none. */
  fetchCommit(sha: string): Promise<boolean>;
  isShallow(): Promise<boolean>;
  /** `origin/main` or `main`, by what exists; null: nothing that looks like a default branch. */
  defaultBranch(): Promise<string | null>;
  /** null: detached. */
  currentBranch(): Promise<string | null>;
  isDirty(): Promise<boolean>;
  /** Whether git tracks anything at or below `path`. */
  tracks(path: string): Promise<boolean>;
  /** The web address of `origin`, where it has one; for links only. */
  webUrl(): Promise<string | null>;
};

const quiet = async (work: Promise<string>): Promise<string | null> => {
  try {
    return (await work).trim();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
};

/** Opens the repository that `folder` lies in; outside of any, the folder itself. */
export const openRepository = async (
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Repository> => {
  const root = await quiet(createGit(folder, env)(['rev-parse', '--show-toplevel']));
  return root ? gitRepository(root, createGit(root, env), env) : plainFolder(folder);
};

const plainFolder = (root: string): Repository => ({
  root,
  hasGit: false,
  workingTree: () => createWorkingTree(root, null),
  resolve: async () => null,
  tree: () => createWorkingTree(root, null),
  mergeBase: async () => null,
  fetchCommit: async () => false,
  isShallow: async () => false,
  defaultBranch: async () => null,
  currentBranch: async () => null,
  isDirty: async () => false,
  tracks: async () => false,
  webUrl: async () => null,
});

const gitRepository = (
  root: string,
  git: Git,
  env: Readonly<Record<string, string | undefined>>,
): Repository => {
  const resolve = (ref: string): Promise<string | null> =>
    ref.startsWith('-') || /[\0\s~^:?*[\\]/.test(ref.replace(/[~^]\d*$/g, ''))
      ? Promise.resolve(null)
      : quiet(git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]));
  return {
    root,
    hasGit: true,
    workingTree: () => createWorkingTree(root, git),
    resolve,
    tree: (sha, label) => createGitTree(git, root, sha, label, env),
    mergeBase: (a, b) => quiet(git(['merge-base', '--', a, b])),
    fetchCommit: async (sha) => {
      if (!/^[0-9a-f]{40,64}$/.test(sha)) return false;
      const fetched = await quiet(
        git(['fetch', '--quiet', '--no-tags', '--depth=1', '--no-recurse-submodules', 'origin', sha], {
          timeoutMs: 120_000,
        }),
      );
      return fetched !== null;
    },
    isShallow: async () => (await quiet(git(['rev-parse', '--is-shallow-repository']))) === 'true',
    defaultBranch: () => findDefaultBranch(git, resolve),
    currentBranch: () => quiet(git(['symbolic-ref', '--quiet', '--short', 'HEAD'])),
    isDirty: async () => (await git(['status', '--porcelain', '--untracked-files=normal'])).trim() !== '',
    tracks: async (path) => ((await quiet(git(['ls-files', '-z', '--', path]))) ?? '') !== '',
    webUrl: async () => webUrlOf((await quiet(git(['remote', 'get-url', 'origin']))) ?? ''),
  };
};

const findDefaultBranch = async (
  git: Git,
  resolve: (ref: string) => Promise<string | null>,
): Promise<string | null> => {
  const remoteHead = await quiet(git(['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD']));
  const configured = await quiet(git(['config', '--get', 'init.defaultBranch']));
  const candidates = [remoteHead, 'origin/main', 'origin/master', 'main', 'master', configured];
  for (const name of candidates) if (name && (await resolve(name)) !== null) return name;
  return null;
};

const webUrlOf = (remote: string): string | null => {
  const match = /^(?:https?:\/\/(?:[^@/]+@)?|git@|ssh:\/\/git@)([^/:]+)[/:](.+?)(?:\.git)?\/?$/.exec(remote);
  return match ? `https://${match[1]}/${match[2]}` : null;
};
