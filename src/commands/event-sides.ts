import type { GitHubClient } from '../github/client.ts';
import { createContentsTree, findMergeBase } from '../github/contents.ts';
import type { Trigger } from '../github/trigger.ts';
import { UserError, userError } from '../model/errors.ts';
import type { Repository } from '../repo/repository.ts';
import { resolveSides, type Side, type Sides } from './sides.ts';

/**
 * The files of a commit: from this clone, else by fetching that one commit, else through GitHub's API. A
 * commit that none of them has is bad configuration: without it nothing can be compared, and nothing is called.
 */
const commitSide = async (
  repository: Repository,
  client: GitHubClient | null,
  sha: string,
  ref: string,
): Promise<Side> => {
  const isHere = async (): Promise<boolean> => (await repository.resolve(sha)) !== null;
  if ((await isHere()) || ((await repository.fetchCommit(sha)) && (await isHere()))) {
    return { tree: repository.tree(sha, ref), ref, sha };
  }
  if (client === null) throw unreachable(ref, sha);
  const tree = createContentsTree(client, sha);
  try {
    await tree.list();
  } catch (error) {
    if (error instanceof UserError) throw unreachable(ref, sha, error);
    throw error;
  }
  return { tree, ref, sha };
};

const unreachable = (ref: string, sha: string, cause?: UserError): UserError =>
  new UserError(
    {
      severity: 'error',
      code: 'base-unreachable',
      place: null,
      message: `commit ${sha.slice(0, 12)} (${ref}) is not in this clone, can't be fetched and can't be read through GitHub's API${cause === undefined ? '' : `: ${cause.findings[0]?.message ?? ''}`}`,
      expected: 'a clone that has the commit, a remote that serves it, or a token that may read it',
      nextStep: 'Give actions/checkout `fetch-depth: 0`, or the job `permissions: contents: read`',
    },
    cause === undefined ? undefined : { cause },
  );

/** The merge base by this clone's history, else as GitHub computes it, else the base itself. */
const mergeBase = async (
  repository: Repository,
  client: GitHubClient | null,
  base: string,
  head: string,
): Promise<string> => {
  const known = (await repository.resolve(base)) !== null && (await repository.resolve(head)) !== null;
  const local = known ? await repository.mergeBase(base, head) : null;
  return local ?? (client === null ? null : await findMergeBase(client, base, head)) ?? base;
};

type Judged = Extract<Trigger, { kind: 'pullRequest' | 'mergeGroup' }>;

/**
 * A pull request: the head commit against the merge base, under the policy of the base branch's commit.
 * Nothing is checked out; what the workspace holds does not matter.
 */
const pullRequestSides = async (
  repository: Repository,
  client: GitHubClient | null,
  trigger: Judged,
): Promise<Sides> => {
  const head = await commitSide(repository, client, trigger.headSha, trigger.headRef);
  const baseSha = await mergeBase(repository, client, trigger.baseSha, trigger.headSha);
  const base = await commitSide(repository, client, baseSha, trigger.baseRef);
  const policy =
    baseSha === trigger.baseSha
      ? base
      : await commitSide(repository, client, trigger.baseSha, trigger.baseRef);
  return { base, head, policy, everything: false };
};

/** Which sides an event compares. `base` is the Action's input, which a pull request may not use to leave its policy. */
export const eventSides = async (
  repository: Repository,
  client: GitHubClient | null,
  trigger: Trigger,
  base: string | null,
): Promise<Sides> => {
  if (trigger.kind === 'pullRequest' || trigger.kind === 'mergeGroup') {
    if (base !== null) {
      throw userError(
        'base-on-pull-request',
        `input base is "${base}", and on a pull request the base is its own`,
        {
          expected: 'no `base` on pull_request and merge_group',
          nextStep: 'Remove `base:` from the step, or give it to runs on other events only',
        },
      );
    }
    return pullRequestSides(repository, client, trigger);
  }
  if (trigger.kind === 'push' && trigger.isDefaultBranch && base === null) {
    return resolveSides(repository, { base: 'none', head: null });
  }
  return resolveSides(repository, { base, head: null });
};
