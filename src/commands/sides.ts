import { userError } from '../model/errors.ts';
import type { Tree } from '../model/ports.ts';
import type { Repository } from '../repo/repository.ts';

export type Side = { readonly tree: Tree; readonly ref: string; readonly sha: string | null };

/** Which two states of the files are compared, and where the policy comes from. */
export type Sides = {
  /** null: the head alone. */
  readonly base: Side | null;
  readonly head: Side;
  /** The tree whose assay.yml is the policy: the base's, which on a pull request is its base commit. */
  readonly policy: Side;
  /** On the default branch every suite runs, not only the changed ones. */
  readonly everything: boolean;
};

export type SideOptions = {
  /** A ref, `none`, or null for the merge base with the default branch. */
  readonly base: string | null;
  /** A ref, or null for the working tree with its uncommitted edits. */
  readonly head: string | null;
};

const commit = async (repository: Repository, ref: string, flag: string): Promise<Side> => {
  const sha =
    (await repository.resolve(ref)) ??
    ((await repository.fetchCommit(ref)) ? await repository.resolve(ref) : null);
  if (sha === null) {
    throw userError('unknown-ref', `${flag} is "${ref}", which names no commit here`, {
      expected: 'a branch, tag or commit of this repository',
      nextStep: repository.hasGit
        ? 'Run git fetch, or correct the name. A shallow clone may lack it'
        : 'There is no git repository here; use --base none',
    });
  }
  return { tree: repository.tree(sha, ref), ref, sha };
};

const headSide = async (repository: Repository, ref: string | null): Promise<Side> =>
  ref === null
    ? { tree: repository.workingTree(), ref: 'working tree', sha: await repository.resolve('HEAD') }
    : commit(repository, ref, '--head');

const defaultBase = async (
  repository: Repository,
  head: Side,
): Promise<{ base: Side | null; onDefaultBranch: boolean }> => {
  if (!repository.hasGit || head.sha === null) return { base: null, onDefaultBranch: true };
  const branch = (await repository.defaultBranch()) ?? 'HEAD';
  const tip = await repository.resolve(branch);
  const sha = tip === null ? null : ((await repository.mergeBase(tip, head.sha)) ?? tip);
  if (sha === null) return { base: null, onDefaultBranch: true };
  const current = head.tree.sha === null ? await repository.currentBranch() : null;
  const onDefaultBranch = current === branch.replace(/^origin\//, '') || branch === 'HEAD';
  return { base: { tree: repository.tree(sha, branch), ref: branch, sha }, onDefaultBranch };
};

/**
 * The sides of a terminal run. Without a base (`--base none`, no git repository, no commit yet) the head is
 * judged alone and its own policy holds.
 */
export const resolveSides = async (repository: Repository, options: SideOptions): Promise<Sides> => {
  const head = await headSide(repository, options.head);
  if (options.base === 'none') return { base: null, head, policy: head, everything: true };
  if (options.base !== null) {
    const base = await commit(repository, options.base, '--base');
    return { base, head, policy: base, everything: false };
  }
  const { base, onDefaultBranch } = await defaultBase(repository, head);
  return { base, head, policy: base ?? head, everything: onDefaultBranch };
};
