import type { GitHubClient } from './client.ts';

/**
 * The author of what a workflow's own GITHUB_TOKEN writes. No person can have the name: a login holds no
 * brackets. Only workflows of this repository write under it, so what it wrote is the repository's own.
 */
export const workflowLogin = 'github-actions[bot]';

/**
 * Who this token writes as; null: it cannot be found out. `GET /user` answers for a person's token only; an
 * installation's token (that of a GitHub App, and GITHUB_TOKEN) learns its name from GraphQL's `viewer` alone.
 */
export const ownLogin = async (client: GitHubClient): Promise<string | null> => {
  const octokit = await client.octokit();
  try {
    return (await octokit.rest.users.getAuthenticated()).data.login;
  } catch {
    // Not a person's token.
  }
  try {
    const answer = await octokit.graphql<{ viewer?: { login?: unknown } }>('query { viewer { login } }');
    const login = answer.viewer?.login;
    return typeof login === 'string' ? login : null;
  } catch {
    return null;
  }
};
