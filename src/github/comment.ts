import type { Octokit } from '@octokit/rest';
import { type GitHubClient, isLost } from './client.ts';
import { ownLogin, workflowLogin } from './identity.ts';
import { parseMarker, sameCommit, withMarker } from './marker.ts';

export type CommentRequest = {
  /** Of the pull request. */
  readonly number: number;
  readonly id: string;
  readonly body: string;
  readonly headSha: string;
  readonly runNumber: number;
};

export type CommentResult = {
  /** null: nothing was written, and no comment of ours is there. */
  readonly url: string | null;
  readonly action: 'created' | 'updated' | 'skipped-newer';
};

type FoundComment = {
  readonly id: number;
  readonly url: string;
  readonly sha: string;
  readonly run: number;
};

/**
 * Leaves exactly one comment of this `id` on the pull request: updates the one that is ours by marker and
 * author, or creates it. A run whose commit is no longer the head, or that is older than the run whose comment
 * stands there, writes nothing. Throws octokit's error where the token may not write.
 */
export const upsertComment = async (
  client: GitHubClient,
  request: CommentRequest,
): Promise<CommentResult> => {
  const body = withMarker(request.body, { id: request.id, sha: request.headSha, run: request.runNumber });
  for (let attempt = 0; ; attempt++) {
    const found = await findOwnComments(client, request);
    const head = await headOf(client, request.number);
    const newest = found.at(-1);
    if (isSuperseded(request, head, newest)) return { url: newest?.url ?? null, action: 'skipped-newer' };
    if (newest !== undefined) return update(client, found, newest.id, body);
    try {
      return await create(client, request.number, body);
    } catch (error) {
      // The answer was lost, the comment perhaps not: look again before writing a second one.
      if (!isLost(error) || attempt >= 2) throw error;
      await new Promise((resolve) => setTimeout(resolve, client.retryDelayMs * (attempt + 1) ** 2));
    }
  }
};

const isSuperseded = (
  { headSha, runNumber }: CommentRequest,
  head: string | null,
  existing: FoundComment | undefined,
): boolean => {
  if (head !== null && !sameCommit(head, headSha)) return true;
  if (existing === undefined || existing.run <= runNumber) return false;
  // A later run's comment stays, unless it speaks of a commit that is not the head any more.
  return head === null || sameCommit(existing.sha, head);
};

/** The commit at the head of the pull request at this moment; null: the token may not read it. */
const headOf = async ({ octokit, owner, repo }: GitHubClient, number: number): Promise<string | null> => {
  try {
    return (await (await octokit()).rest.pulls.get({ owner, repo, pull_number: number })).data.head.sha;
  } catch {
    return null;
  }
};

type ListedComment = Awaited<ReturnType<Octokit['rest']['issues']['listComments']>>['data'][number];

/** Comments of ours with this id, oldest first. Anybody can write the marker, so the author must be us, too. */
const findOwnComments = async (
  client: GitHubClient,
  { number, id }: CommentRequest,
): Promise<FoundComment[]> => {
  const { owner, repo } = client;
  const octokit = await client.octokit();
  const found: FoundComment[] = [];
  const foreign: ListedComment[] = [];
  const take = (comment: ListedComment): void => {
    const marker = parseMarker(comment.body ?? '');
    if (marker !== null)
      found.push({ id: comment.id, url: comment.html_url, sha: marker.sha, run: marker.run });
  };
  const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
    owner,
    repo,
    issue_number: number,
    per_page: 100,
  });
  for await (const { data } of pages)
    for (const comment of data) {
      if (parseMarker(comment.body ?? '')?.id !== id) continue;
      if (comment.user?.login === workflowLogin) take(comment);
      else foreign.push(comment);
    }
  // Whose token this is matters only where the marker stands in somebody else's comment.
  const self = foreign.length === 0 ? null : await ownLogin(client);
  for (const comment of foreign) if (self !== null && comment.user?.login === self) take(comment);
  return found.toSorted((a, b) => a.id - b.id);
};

const create = async (
  { octokit, owner, repo }: GitHubClient,
  number: number,
  body: string,
): Promise<CommentResult> => {
  const { data } = await (await octokit()).rest.issues.createComment({
    owner,
    repo,
    issue_number: number,
    body,
    request: { retries: 0 },
  });
  return { url: data.html_url, action: 'created' };
};

/** Writes the newest of ours; those that two runs made at the same moment are removed. */
const update = async (
  { octokit, owner, repo }: GitHubClient,
  found: readonly FoundComment[],
  id: number,
  body: string,
): Promise<CommentResult> => {
  const { rest } = await octokit();
  const { data } = await rest.issues.updateComment({ owner, repo, comment_id: id, body });
  for (const other of found)
    if (other.id !== id) await rest.issues.deleteComment({ owner, repo, comment_id: other.id });
  return { url: data.html_url, action: 'updated' };
};
