import {
  annotationAnswer,
  authenticatedUserAnswer,
  checkRunAnswer,
  commentAnswer,
  commitAnswer,
} from './answers.ts';
import { readGit, readTreeEntries } from './git-objects.ts';
import type { FakeAnnotation, FakeCheckRun, FakeState } from './state.ts';

export type Answer = { status: number; body: unknown; total?: number };
export type Call = {
  state: FakeState;
  parameters: Record<string, string>;
  query: Record<string, string>;
  body: Record<string, unknown>;
};

const notFound: Answer = { status: 404, body: { message: 'Not Found' } };
const forbidden: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };

const page = <Item>(all: readonly Item[], query: Record<string, string>): Item[] => {
  const size = Number(query['per_page'] ?? 30);
  const start = (Number(query['page'] ?? 1) - 1) * size;
  return all.slice(start, start + size);
};

const nextId = (state: FakeState): number =>
  1000 + state.comments.length + state.checkRuns.length + state.requests.length;

/** GitHub's own error text; its description has no maxLength for a comment. */
const tooLong: Answer = {
  status: 422,
  body: { message: 'Validation Failed: Body is too long (maximum is 65536 characters)' },
};
const fits = (text: unknown): boolean => [...String(text)].length <= 65_536;

const issueOperations = {
  'issues/list-comments': ({ state, parameters, query }: Call): Answer => {
    const all = state.comments.filter(({ number }) => number === Number(parameters['issue_number']));
    return { status: 200, body: page(all, query).map((one) => commentAnswer(state, one)), total: all.length };
  },
  'issues/create-comment': ({ state, parameters, body }: Call): Answer => {
    if (!fits(body['body'])) return tooLong;
    const comment = {
      id: nextId(state),
      number: Number(parameters['issue_number']),
      body: String(body['body']),
      author: state.login,
      at: '2026-01-01T00:00:00Z',
    };
    state.comments.push(comment);
    return { status: 201, body: commentAnswer(state, comment) };
  },
  'issues/update-comment': ({ state, parameters, body }: Call): Answer => {
    const comment = state.comments.find(({ id }) => id === Number(parameters['comment_id']));
    if (comment === undefined) return notFound;
    if (!fits(body['body'])) return tooLong;
    comment.body = String(body['body']);
    return { status: 200, body: commentAnswer(state, comment) };
  },
  'issues/delete-comment': ({ state, parameters }: Call): Answer => {
    const index = state.comments.findIndex(({ id }) => id === Number(parameters['comment_id']));
    if (index < 0) return notFound;
    state.comments.splice(index, 1);
    return { status: 204, body: undefined };
  },
};

/** GitHub appends the annotations of an update to those that are there. */
const writeCheck = (run: FakeCheckRun, body: Record<string, unknown>): void => {
  const output = body['output'] as
    | { title: string; summary: string; annotations?: FakeAnnotation[] }
    | undefined;
  run.status = String(body['status'] ?? run.status);
  run.conclusion = (body['conclusion'] as string | undefined) ?? run.conclusion;
  run.detailsUrl = (body['details_url'] as string | undefined) ?? run.detailsUrl;
  run.externalId = (body['external_id'] as string | undefined) ?? run.externalId;
  run.title = output?.title ?? run.title;
  run.summary = output?.summary ?? run.summary;
  run.annotations.push(...(output?.annotations ?? []));
};

const checkOperations = {
  'checks/create': ({ state, body }: Call): Answer => {
    const run: FakeCheckRun = {
      id: nextId(state),
      name: String(body['name']),
      headSha: String(body['head_sha']),
      externalId: '',
      app: state.app,
      status: 'queued',
      conclusion: null,
      title: null,
      summary: null,
      detailsUrl: null,
      annotations: [],
      at: '2026-01-01T00:00:00Z',
    };
    writeCheck(run, body);
    state.checkRuns.push(run);
    return { status: 201, body: checkRunAnswer(state, run) };
  },
  'checks/update': ({ state, parameters, body }: Call): Answer => {
    const run = state.checkRuns.find(({ id }) => id === Number(parameters['check_run_id']));
    if (run === undefined) return notFound;
    if (run.app !== state.app) return { status: 403, body: { message: `Invalid app_id ${run.app}` } };
    writeCheck(run, body);
    return { status: 200, body: checkRunAnswer(state, run) };
  },
  'checks/list-for-ref': ({ state, parameters, query }: Call): Answer => {
    const all = state.checkRuns.filter(
      ({ headSha, name }) =>
        headSha === parameters['ref'] && (query['check_name'] === undefined || name === query['check_name']),
    );
    const body = {
      total_count: all.length,
      check_runs: page(all, query).map((one) => checkRunAnswer(state, one)),
    };
    return { status: 200, body, total: all.length };
  },
  'checks/list-annotations': ({ state, parameters, query }: Call): Answer => {
    const run = state.checkRuns.find(({ id }) => id === Number(parameters['check_run_id']));
    if (run === undefined) return notFound;
    const body = page(run.annotations, query).map((one) => annotationAnswer(state, one));
    return { status: 200, body, total: run.annotations.length };
  },
};

const readOperations = {
  'git/get-tree': ({ state, parameters, query }: Call): Answer => {
    const sha = parameters['tree_sha'] ?? '';
    const recursive = 'recursive' in query;
    const entries = state.withoutContents ? null : readTreeEntries(state.gitDirectory, sha, recursive);
    if (entries === null) return notFound;
    const truncated = state.truncateTrees && recursive;
    const tree = truncated ? entries.slice(0, 1) : entries;
    return { status: 200, body: { sha, url: state.url, tree, truncated } };
  },
  'git/get-blob': ({ state, parameters }: Call): Answer => {
    const sha = parameters['file_sha'] ?? '';
    const content = state.withoutContents ? null : readGit(state.gitDirectory, 'cat-file', 'blob', sha);
    if (content === null) return notFound;
    // GitHub breaks its base64 into lines.
    const encoded = content.toString('base64').replace(/.{60}/g, '$&\n');
    const blob = {
      sha,
      node_id: `B_${sha}`,
      size: content.length,
      url: state.url,
      content: encoded,
      encoding: 'base64',
    };
    return { status: 200, body: blob };
  },
  'pulls/get': ({ state, parameters }: Call): Answer => {
    const pull = state.pulls.get(Number(parameters['pull_number']));
    return pull === undefined ? notFound : { status: 200, body: pull };
  },
  'repos/compare-commits-with-basehead': ({ state, parameters }: Call): Answer => {
    const [base = '', head = ''] = (parameters['basehead'] ?? '').split('...');
    const merge = state.withoutContents ? null : readGit(state.gitDirectory, 'merge-base', base, head);
    if (merge === null) return notFound;
    const commit = (sha: string) => {
      const tree = readGit(state.gitDirectory, 'rev-parse', `${sha}^{tree}`)?.toString().trim() ?? '';
      return commitAnswer(state, sha, tree, 'A commit');
    };
    const url = `https://github.test/${state.owner}/${state.repo}/compare/${base}...${head}`;
    const body = {
      url,
      html_url: url,
      permalink_url: url,
      diff_url: `${url}.diff`,
      patch_url: `${url}.patch`,
      base_commit: commit(base),
      merge_base_commit: commit(merge.toString().trim()),
      status: 'diverged',
      ahead_by: 1,
      behind_by: 1,
      total_commits: 1,
      commits: [commit(head)],
      files: [],
    };
    return { status: 200, body };
  },
  'users/get-authenticated': ({ state }: Call): Answer =>
    state.tokenKind === 'person'
      ? { status: 200, body: authenticatedUserAnswer(state.url, state.login) }
      : forbidden,
};

/** What each operation of GitHub's API does here. */
export const operations: Record<string, (call: Call) => Answer> = {
  ...issueOperations,
  ...checkOperations,
  ...readOperations,
};

export const refused = forbidden;
