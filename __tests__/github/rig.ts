import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { pullRequestPayload } from '../peers/github/payloads.ts';
import { type FakeGitHub, type FakeGitHubOptions, startFakeGitHub } from '../peers/github/server.ts';

export const baseSha = 'b'.repeat(40);
export const headSha = 'a'.repeat(40);

export type Rig = { github: FakeGitHub; client: GitHubClient };

/** A loopback GitHub with pull request 7 open, and our client of it; everything is asserted to be valid at the end. */
export const withGitHub = async (
  use: (rig: Rig) => Promise<void>,
  options: FakeGitHubOptions & { retries?: number } = {},
): Promise<void> => {
  const { retries = 2, ...fake } = options;
  const github = await startFakeGitHub(fake);
  try {
    const { owner, repo } = github;
    const payload = pullRequestPayload({ owner, repo, baseSha, headSha });
    github.pulls.set(7, payload['pull_request'] as Record<string, unknown>);
    const apiUrl = github.url;
    const client = createGitHubClient({
      token: 'token',
      apiUrl,
      owner,
      repo,
      retries,
      retryDelayMs: 1,
      throttle: false,
    });
    await use({ github, client });
    if (github.violations.length > 0) throw new Error(github.violations.join('\n'));
  } finally {
    await github.close();
  }
};

/** The head of pull request 7 becomes another commit. */
export const moveHead = (github: FakeGitHub, sha: string): void => {
  const pull = github.pulls.get(7) as { head: { sha: string } };
  pull.head.sha = sha;
};

export const operationsOf = (github: FakeGitHub): (string | null)[] =>
  github.requests.map(({ operation }) => operation);
