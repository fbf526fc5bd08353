import type { FakeCheckRun, FakeComment, FakeState } from './state.ts';

/** Answers in GitHub's shape. Each is validated against GitHub's description before it is sent. */

export const userAnswer = (url: string, login: string, id = 1) => ({
  login,
  id,
  node_id: `U_${id}`,
  avatar_url: `${url}/avatars/${id}`,
  gravatar_id: '',
  url: `${url}/users/${encodeURIComponent(login)}`,
  html_url: `${url}/${encodeURIComponent(login)}`,
  followers_url: `${url}/followers`,
  following_url: `${url}/following`,
  gists_url: `${url}/gists`,
  starred_url: `${url}/starred`,
  subscriptions_url: `${url}/subscriptions`,
  organizations_url: `${url}/orgs`,
  repos_url: `${url}/repos`,
  events_url: `${url}/events`,
  received_events_url: `${url}/received_events`,
  type: login.endsWith('[bot]') ? 'Bot' : 'User',
  site_admin: false,
});

export const authenticatedUserAnswer = (url: string, login: string) => ({
  ...userAnswer(url, login),
  name: null,
  company: null,
  blog: null,
  location: null,
  email: null,
  hireable: null,
  bio: null,
  public_repos: 1,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
});

export const commentAnswer = (state: FakeState, { id, body, author, number, at }: FakeComment) => {
  const repository = `${state.url}/repos/${state.owner}/${state.repo}`;
  return {
    id,
    node_id: `IC_${id}`,
    url: `${repository}/issues/comments/${id}`,
    html_url: `https://github.test/${state.owner}/${state.repo}/pull/${number}#issuecomment-${id}`,
    issue_url: `${repository}/issues/${number}`,
    body,
    user: userAnswer(state.url, author),
    created_at: at,
    updated_at: at,
    author_association: 'NONE',
    performed_via_github_app: null,
  };
};

export const checkRunAnswer = (state: FakeState, run: FakeCheckRun) => {
  const url = `${state.url}/repos/${state.owner}/${state.repo}/check-runs/${run.id}`;
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    head_sha: run.headSha,
    external_id: run.externalId,
    url,
    html_url: `https://github.test/${state.owner}/${state.repo}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.at,
    completed_at: run.status === 'completed' ? run.at : null,
    output: {
      title: run.title,
      summary: run.summary,
      text: null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: 1 },
    app: appAnswer(state, run.app),
    pull_requests: [],
  };
};

const appAnswer = (state: FakeState, slug: string) => ({
  id: 15_368,
  slug,
  node_id: 'A_1',
  client_id: 'Iv1.1',
  owner: userAnswer(state.url, 'github'),
  name: slug,
  description: null,
  external_url: 'https://github.test',
  html_url: `https://github.test/apps/${slug}`,
  created_at: '2020-01-01T00:00:00Z',
  updated_at: '2020-01-01T00:00:00Z',
  permissions: { checks: 'write' },
  events: [],
});

export const annotationAnswer = (state: FakeState, annotation: FakeCheckRun['annotations'][number]) => ({
  start_column: null,
  end_column: null,
  raw_details: null,
  blob_href: `${state.url}/repos/${state.owner}/${state.repo}/contents/${annotation.path}`,
  ...annotation,
});

export const commitAnswer = (state: FakeState, sha: string, tree: string, message: string) => {
  const url = `${state.url}/repos/${state.owner}/${state.repo}`;
  const author = { name: 'Ada', email: 'ada@example.com', date: '2026-01-01T00:00:00Z' };
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${url}/commits/${sha}`,
    html_url: `https://github.test/${state.owner}/${state.repo}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author,
      committer: author,
      message,
      comment_count: 0,
      tree: { sha: tree, url: `${url}/git/trees/${tree}` },
    },
    author: null,
    committer: null,
    parents: [],
  };
};
