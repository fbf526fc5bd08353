import { UserError, userError } from '../model/errors.ts';
import type { Tree } from '../model/ports.ts';
import { type GitHubClient, statusOf } from './client.ts';

/** What one run reads through the API at most; above, a checkout with history is the right way. */
const maxFileBytes = 10_000_000;
const maxRequests = 300;

type Entry = { readonly hash: string; readonly bytes: number };

/**
 * The files of one commit through GitHub's API, for a clone that lacks the commit and cannot fetch it. Each
 * tree and each blob is asked for once. Symbolic links and submodules are not files. Every method throws a
 * UserError when the commit cannot be read.
 */
export const createContentsTree = (client: GitHubClient, sha: string): Tree => {
  let listing: Promise<Map<string, Entry>> | null = null;
  const blobs = new Map<string, Promise<string>>();
  const spend = createAllowance(sha);
  const entries = (): Promise<Map<string, Entry>> => {
    listing ??= listFiles(client, sha, spend);
    return listing;
  };
  return {
    label: sha,
    sha,
    list: async () => [...(await entries()).keys()].toSorted(),
    hash: async (path) => (await entries()).get(path)?.hash ?? null,
    read: async (path) => {
      const entry = (await entries()).get(path);
      if (entry === undefined) return null;
      if (entry.bytes > maxFileBytes) throw tooLarge(path, entry.bytes);
      const reading = blobs.get(entry.hash) ?? readBlob(client, sha, entry.hash, spend);
      blobs.set(entry.hash, reading);
      return reading;
    },
  };
};

/**
 * The merge base of two commits as GitHub computes it, for a clone without the history between them; null:
 * there is none, or the token may not read it.
 */
export const findMergeBase = async (
  { octokit, owner, repo }: GitHubClient,
  base: string,
  head: string,
): Promise<string | null> => {
  try {
    const { rest } = await octokit();
    const basehead = `${base}...${head}`;
    const { data } = await rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 1 });
    return data.merge_base_commit.sha;
  } catch {
    return null;
  }
};

type Spend = () => void;

const createAllowance = (sha: string): Spend => {
  let left = maxRequests;
  return () => {
    left -= 1;
    if (left < 0) throw unreadable(sha, `it would take more than ${maxRequests} requests`);
  };
};

/** Regular files only. A listing that GitHub cuts short is taken folder by folder instead. */
const listFiles = async (client: GitHubClient, sha: string, spend: Spend): Promise<Map<string, Entry>> => {
  const files = new Map<string, Entry>();
  const visit = async (tree: string, folder: string): Promise<void> => {
    const whole = await readTree(client, sha, tree, true, spend);
    const { truncated, entries } = whole.truncated ? await readTree(client, sha, tree, false, spend) : whole;
    if (truncated) throw unreadable(sha, `the folder ${folder || '/'} has too many files`);
    for (const entry of entries) {
      const path = `${folder}${entry.path}`;
      if (entry.type === 'tree' && whole.truncated) await visit(entry.sha, `${path}/`);
      if (entry.type === 'blob' && (entry.mode === '100644' || entry.mode === '100755'))
        files.set(path, { hash: entry.sha, bytes: entry.size ?? 0 });
    }
  };
  await visit(sha, '');
  return files;
};

const readTree = async (
  { octokit, owner, repo }: GitHubClient,
  commit: string,
  tree: string,
  recursive: boolean,
  spend: Spend,
) => {
  spend();
  try {
    const { rest } = await octokit();
    const query = { owner, repo, tree_sha: tree, ...(recursive ? { recursive: '1' } : {}) };
    const { data } = await rest.git.getTree(query);
    return { truncated: data.truncated, entries: data.tree };
  } catch (error) {
    throw unreadable(commit, reasonOf(error), error);
  }
};

const readBlob = async (
  { octokit, owner, repo }: GitHubClient,
  commit: string,
  hash: string,
  spend: Spend,
): Promise<string> => {
  spend();
  try {
    const { rest } = await octokit();
    const { data } = await rest.git.getBlob({ owner, repo, file_sha: hash });
    return data.encoding === 'base64' ? Buffer.from(data.content, 'base64').toString('utf8') : data.content;
  } catch (error) {
    throw unreadable(commit, reasonOf(error), error);
  }
};

const reasonOf = (error: unknown): string => {
  const status = statusOf(error);
  return status === null ? 'GitHub did not answer' : `GitHub answered ${status}`;
};

const unreadable = (sha: string, reason: string, cause?: unknown): UserError =>
  new UserError(
    {
      severity: 'error',
      code: 'base-unreachable',
      place: null,
      message: `the files of commit ${sha.slice(0, 12)} cannot be read: ${reason}`,
      expected: 'a clone that has the base commit, or a token that may read it',
      nextStep: 'Give actions/checkout `fetch-depth: 0`, or the job `permissions: contents: read`',
    },
    { cause },
  );

const tooLarge = (path: string, bytes: number) =>
  userError('file-too-large', `${path} has ${bytes} bytes; at most ${maxFileBytes} are read`, {
    place: { file: path, line: 1, column: 1 },
    nextStep: 'Split the file',
  });
