import { describe, expect, test } from '@jest/globals';
import { readTrigger, type Trigger } from '../../src/github/trigger.ts';
import { UserError } from '../../src/model/errors.ts';
import { examplePayload, mergeGroupPayload, pullRequestPayload } from '../peers/github/payloads.ts';

const commits = { owner: 'octo-org', repo: 'octo-repo', baseSha: 'b'.repeat(40), headSha: 'a'.repeat(40) };
const env = (event: string) => ({
  GITHUB_EVENT_NAME: event,
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_RUN_ID: '4711',
  GITHUB_RUN_NUMBER: '12',
  GITHUB_RUN_ATTEMPT: '2',
  GITHUB_SERVER_URL: 'https://git.example.com/',
  GITHUB_API_URL: 'https://git.example.com/api/v3',
  GITHUB_SHA: 'e'.repeat(40),
  GITHUB_REF: 'refs/heads/main',
});

const read = (event: string, payload: unknown): Trigger => readTrigger(env(event), payload);

describe('the event', () => {
  test('pull_request', () => {
    expect(read('pull_request', pullRequestPayload(commits))).toEqual({
      kind: 'pullRequest',
      action: 'opened',
      number: 7,
      baseSha: commits.baseSha,
      headSha: commits.headSha,
      baseRef: 'main',
      headRef: 'change',
      fromFork: false,
      draft: false,
      author: 'Codertocat',
      repository: { owner: 'octo-org', repo: 'octo-repo', private: false, defaultBranch: 'main' },
      runId: 4711,
      runNumber: 12,
      runAttempt: 2,
      serverUrl: 'https://git.example.com',
      apiUrl: 'https://git.example.com/api/v3',
    });
  });

  test('pull_request of a fork, and of a fork that is gone', () => {
    const payload = pullRequestPayload({ ...commits, fork: 'mallory/octo-repo' });
    expect(read('pull_request', payload)).toMatchObject({ fromFork: true });
    (payload as { pull_request: { head: { repo: unknown } } }).pull_request.head.repo = null;
    expect(read('pull_request', payload)).toMatchObject({ fromFork: true });
  });

  test('merge_group, with the number of its pull request', () => {
    expect(read('merge_group', mergeGroupPayload({ ...commits, number: 42 }))).toMatchObject({
      kind: 'mergeGroup',
      baseSha: commits.baseSha,
      headSha: commits.headSha,
      number: 42,
    });
  });

  test('push to the default branch, to another, of a new branch and of a deleted one', () => {
    const payload = examplePayload('push$event');
    Object.assign(payload, { ref: 'refs/heads/main', before: commits.baseSha, after: commits.headSha });
    Object.assign(payload['repository'] as object, { default_branch: 'main' });
    expect(read('push', payload)).toMatchObject({
      kind: 'push',
      before: commits.baseSha,
      isDefaultBranch: true,
    });
    expect(read('push', { ...payload, ref: 'refs/tags/main' })).toMatchObject({ isDefaultBranch: false });
    expect(read('push', { ...payload, before: '0'.repeat(40) })).toMatchObject({ before: null });
    expect(read('push', { ...payload, after: '0'.repeat(40) })).toMatchObject({ after: null });
  });

  test.each([
    ['schedule', { schedule: '15 4 * * *' }, { kind: 'schedule', cron: '15 4 * * *', sha: 'e'.repeat(40) }],
    ['workflow_dispatch', null, { kind: 'workflowDispatch', ref: 'refs/heads/main' }],
    ['repository_dispatch', null, { kind: 'repositoryDispatch', action: 'on-demand-test' }],
  ])('%s', (event, payload, expected) => {
    expect(read(event, payload ?? examplePayload(`${event}$event`))).toMatchObject(expected);
  });

  test('issue_comment on an issue and on a pull request', () => {
    const payload = examplePayload('issue_comment$created');
    expect(read('issue_comment', payload)).toMatchObject({ kind: 'issueComment', isPullRequest: false });
    Object.assign(payload['issue'] as object, { pull_request: { url: 'https://api.example.com/pulls/1' } });
    expect(read('issue_comment', payload)).toMatchObject({ isPullRequest: true });
  });

  test('workflow_run', () => {
    const payload = examplePayload('workflow_run$completed');
    const run = payload['workflow_run'] as { head_repository: unknown };
    expect(read('workflow_run', payload)).toMatchObject({ kind: 'workflowRun', fromFork: false });
    run.head_repository = null;
    expect(read('workflow_run', payload)).toMatchObject({ kind: 'workflowRun', fromFork: true });
  });

  test.each(['release', 'toString', ''])('%j is not known, and says what is', (event) => {
    const trigger = read(event, {});
    expect(trigger.kind).toBe('unsupported');
    expect('message' in trigger && trigger.message).toMatch(/pull_request|command line/);
  });
});

describe('an unsafe context', () => {
  test.each([undefined, 'mallory/octo-repo'])('pull_request_target is refused, head in %s', (fork) => {
    const payload = pullRequestPayload({ ...commits, ...(fork === undefined ? {} : { fork }) });
    const trigger = read('pull_request_target', payload);
    expect(trigger.kind).toBe('unsafe');
    expect('message' in trigger && trigger.message).toContain('Use `on: pull_request`');
  });

  test('workflow_run is refused where the commit of a fork is checked out', () => {
    const payload = examplePayload('workflow_run$completed');
    const run = payload['workflow_run'] as { head_sha: string; head_repository: { full_name: string } };
    const checkedOut = (sha: string | null) => readTrigger(env('workflow_run'), payload, sha).kind;
    expect(checkedOut(run.head_sha)).toBe('workflowRun');
    run.head_repository.full_name = 'mallory/octo-repo';
    expect(checkedOut(run.head_sha)).toBe('unsafe');
    expect(checkedOut(commits.baseSha)).toBe('workflowRun');
    expect(checkedOut(null)).toBe('workflowRun');
  });
});

describe('a payload that is not one', () => {
  test.each([
    null,
    [],
    'text',
    {},
    { number: 7 },
    { action: 'opened', number: 7, pull_request: {} },
  ])('%j is refused with the field that is missing', (payload) => {
    expect(() => read('pull_request', payload)).toThrow(UserError);
  });

  test('hostile names stay data', () => {
    const title = '$(touch x) `id` "; id # --upload-pack=x\n::set-output name=x::';
    const payload = pullRequestPayload({ ...commits, title, headRef: title });
    expect(read('pull_request', payload)).toMatchObject({ kind: 'pullRequest', headRef: title });
    const forged = { ...payload, number: '7; id' };
    expect(() => read('pull_request', forged)).toThrow(UserError);
  });

  test('a commit that is no commit is refused', () => {
    const payload = pullRequestPayload(commits);
    (payload as { pull_request: { head: { sha: string } } }).pull_request.head.sha = '--upload-pack=x';
    expect(() => read('pull_request', payload)).toThrow(/head\.sha/);
  });
});
