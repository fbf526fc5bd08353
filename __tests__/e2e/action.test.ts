import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mergeGroupPayload, pullRequestPayload } from '../peers/github/payloads.ts';
import type { FakeGitHub } from '../peers/github/server.ts';
import { openStage, runPullRequest as runScenario, type Scenario, type Stage } from './pull-request.ts';
import type { FixtureRepository } from './repository.ts';
import { type ActionResult, runAction } from './run-action.ts';
import { breakingChange, brokenSuite, repairedChange, unrelatedChange } from './support-repository.ts';

/** The built Action as the runner runs it, against a GitHub on loopback that is as strict as its description. */

let stage: Stage;
let repository: FixtureRepository;
let github: FakeGitHub;
let main = '';

beforeEach(async () => {
  stage = await openStage();
  ({ repository, github, main } = stage);
});
afterEach(async () => expect(await stage.close()).toEqual([]));

const runPullRequest = (scenario: Scenario) => runScenario(stage, scenario);
const comment = (): string => github.comments[0]?.body ?? '';
const operations = () => github.requests.map(({ operation }) => operation);
/** What went wrong, where a number says too little. */
const told = ({ stdout, stderr }: ActionResult): string => `${stdout}\n${stderr}`;

describe('a pull request that breaks a prompt', () => {
  test('is commented, checked, summarised and blocked', async () => {
    const { head, result } = await runPullRequest({ files: breakingChange });
    expect([result.exitCode, told(result)]).toEqual([1, expect.any(String)]);
    expect(github.comments).toHaveLength(1);
    expect(comment().split('\n')[0]).toBe(`<!-- assay id=assay sha=${head} run=1 -->`);
    expect(comment()).toContain('✗');
    expect(comment()).toContain('asks for a refund');
    expect(github.checkRuns).toMatchObject([
      { name: 'assay report', headSha: head, status: 'completed', conclusion: 'failure' },
    ]);
    expect(github.checkRuns[0]?.annotations.map(({ path }) => path)).toContain('suites/support.suite.yml');
    expect(result.outputs).toMatchObject({
      verdict: 'fail',
      broken: '1',
      fixed: '0',
      'comment-url': expect.stringMatching(/\/pull\/7#issuecomment-\d+$/),
      results: expect.stringMatching(/results\.json$/),
      report: expect.stringMatching(/report\.html$/),
    });
    expect(result.summary).toContain('asks for a refund');
    expect(result.annotations.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('and is mended by the next push: the comment is updated, not repeated', async () => {
    const first = await runPullRequest({ files: breakingChange });
    expect(first.result.exitCode).toBe(1);
    const second = await runPullRequest({
      files: repairedChange,
      parent: first.head,
      action: 'synchronize',
      run: { runNumber: 2 },
    });
    expect([second.result.exitCode, told(second.result)]).toEqual([0, expect.any(String)]);
    expect(github.comments).toHaveLength(1);
    expect(comment()).toContain(`run=2 -->`);
    expect(comment()).toContain('✓');
    expect(github.checkRuns.map(({ headSha, conclusion }) => [headSha, conclusion])).toEqual([
      [first.head, 'failure'],
      [second.head, 'success'],
    ]);
    expect(second.result.outputs).toMatchObject({ verdict: 'pass', broken: '0' });
  });

  test('run again on the same commit: one comment, one check run', async () => {
    const { again } = await runPullRequest({ files: breakingChange });
    const annotations = github.checkRuns[0]?.annotations.length;
    const result = await again();
    expect([result.exitCode, result.outputs['calls'], told(result)]).toEqual([1, '0', expect.any(String)]);
    expect(github.comments).toHaveLength(1);
    expect(github.checkRuns).toHaveLength(1);
    expect(github.checkRuns[0]?.annotations).toHaveLength(annotations ?? -1);
  });

  test('from a fork: the token may only read, the verdict is the same', async () => {
    github.readOnly = true;
    const { result } = await runPullRequest({ files: breakingChange, fork: 'mallory/octo-repo' });
    expect([result.exitCode, told(result)]).toEqual([1, expect.any(String)]);
    expect(result.summary).toContain('A pull request from a fork has a token that may only read.');
    expect(result.outputs).toMatchObject({ verdict: 'fail', 'comment-url': '' });
    expect(result.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: 'suites/support.suite.yml' }),
    );
    expect([github.comments, github.checkRuns]).toEqual([[], []]);
  });

  test('without permission to write: it says which, and gates', async () => {
    github.readOnly = true;
    const { result } = await runPullRequest({ files: breakingChange });
    expect(result.exitCode).toBe(1);
    expect(result.summary).toContain('`permissions: pull-requests: write`');
    expect(result.summary).toContain('`permissions: checks: write`');
  });

  test('whose head moved meanwhile: the comment is left to the newer run, the verdict stands', async () => {
    const head = repository.commit('change', main, breakingChange);
    const { owner, repo } = github;
    const merged = repository.merge('refs/pull/7/merge', main, head);
    const payload = (sha: string) => pullRequestPayload({ owner, repo, baseSha: main, headSha: sha });
    github.pulls.set(7, payload('d'.repeat(40))['pull_request'] as Record<string, unknown>);
    const result = await runAction({
      event: 'pull_request',
      payload: payload(head),
      workspace: repository.clone(merged),
      apiUrl: github.url,
      repository: `${owner}/${repo}`,
      sha: merged,
    });
    expect(result.exitCode).toBe(1);
    expect(github.comments).toEqual([]);
    expect(result.summary).toContain('newer commit or run');
  });

  test('while GitHub answers 500 once and strangers copy our marker', async () => {
    github.faults.push({ operation: 'issues/list-comments', status: 500 });
    for (let id = 1; id <= 120; id++)
      github.comments.push({
        id,
        number: 7,
        body: `Hello ${id}`,
        author: 'octocat',
        at: '2026-01-01T00:00:00Z',
      });
    const forged = `<!-- assay id=assay sha=${main} run=99 -->\nAll is well`;
    github.comments.push({ id: 121, number: 7, body: forged, author: 'mallory', at: '2026-01-01T00:00:00Z' });
    const { result } = await runPullRequest({ files: breakingChange });
    expect(result.exitCode).toBe(1);
    expect(github.comments).toHaveLength(122);
    expect(github.comments[120]?.body).toBe(forged);
    expect(github.comments[121]?.author).toBe('github-actions[bot]');
  });

  test('leaves the results and the report as artifacts, where the runner has a service for them', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const token = `${part({ alg: 'none' })}.${part({ scp: 'Actions.Results:run:job' })}.x`;
    const env = { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: github.url };
    const { result } = await runPullRequest({ files: breakingChange, run: { env } });
    expect([result.exitCode, told(result)]).toEqual([1, expect.any(String)]);
    expect([...github.artifacts.keys()].toSorted()).toEqual(['assay-report.html', 'assay-results']);
    expect(github.artifacts.get('assay-report.html')?.content.toString()).toMatch(/^<!doctype html>/i);
    expect(comment()).toMatch(/\/actions\/runs\/9001\/artifacts\/70\d/);
  });

  test('fails the job only as far as fail-on says', async () => {
    const { result } = await runPullRequest({
      files: breakingChange,
      run: { inputs: { 'fail-on': 'never' } },
    });
    expect(result.exitCode).toBe(0);
    expect(result.outputs['verdict']).toBe('fail');
    expect(github.checkRuns[0]?.conclusion).toBe('failure');
  });
});

test('a pull request that changes no prompt passes without a call', async () => {
  const { result } = await runPullRequest({ files: unrelatedChange });
  expect([result.exitCode, told(result)]).toEqual([0, expect.any(String)]);
  expect(result.outputs).toMatchObject({ verdict: 'pass', calls: '0' });
  expect(github.checkRuns).toMatchObject([{ conclusion: 'success' }]);
  expect(github.comments).toHaveLength(1);
});

test('the merge queue is checked, and not commented', async () => {
  const { owner, repo } = github;
  const head = repository.commit('change', main, breakingChange);
  const merged = repository.merge(`refs/heads/gh-readonly-queue/main/pr-7-${main}`, main, head);
  const result = await runAction({
    event: 'merge_group',
    payload: mergeGroupPayload({ owner, repo, baseSha: main, headSha: merged }),
    workspace: repository.clone(merged),
    apiUrl: github.url,
    repository: `${owner}/${repo}`,
    sha: merged,
    ref: `refs/heads/gh-readonly-queue/main/pr-7-${main}`,
  });
  expect([result.exitCode, told(result)]).toEqual([1, expect.any(String)]);
  expect(github.comments).toEqual([]);
  expect(github.checkRuns).toMatchObject([{ headSha: merged, conclusion: 'failure' }]);
});

describe('a shallow clone', () => {
  test('fetches the one commit that it needs', async () => {
    const { result } = await runPullRequest({ files: breakingChange, clone: { depth: 1 } });
    expect([result.exitCode, told(result)]).toEqual([1, expect.any(String)]);
    expect(operations()).not.toContain('git/get-tree');
  });

  test('without a remote reads the base through the API', async () => {
    const { result } = await runPullRequest({ files: breakingChange, clone: { depth: 1, remote: false } });
    expect([result.exitCode, told(result)]).toEqual([1, expect.any(String)]);
    expect(operations()).toContain('git/get-tree');
    expect(result.outputs).toMatchObject({ verdict: 'fail', broken: '1' });
  });

  test('of a base that nobody can give is bad configuration: nothing is called, the check fails', async () => {
    github.withoutContents = true;
    const { result } = await runPullRequest({ files: breakingChange, clone: { depth: 1, remote: false } });
    expect([result.exitCode, told(result)]).toEqual([3, expect.any(String)]);
    expect(github.checkRuns).toMatchObject([{ conclusion: 'failure' }]);
    expect(comment()).toContain('fetch-depth: 0');
    expect(result.summary).toContain('fetch-depth: 0');
  });
});

describe('bad configuration', () => {
  test('in a suite: the place, the value and the next step, in comment, check and summary', async () => {
    const { result } = await runPullRequest({ files: brokenSuite });
    expect([result.exitCode, told(result)]).toEqual([3, expect.any(String)]);
    for (const text of [comment(), result.summary, result.stderr]) {
      expect(text).toContain('contian');
      expect(text).toContain('contains');
    }
    expect(github.checkRuns).toMatchObject([{ conclusion: 'failure' }]);
    expect(github.checkRuns[0]?.annotations).toMatchObject([
      { path: 'suites/support.suite.yml', start_line: 6, annotation_level: 'failure' },
    ]);
  });

  test('in an input: exit 3 and a failed check', async () => {
    const { result } = await runPullRequest({
      files: breakingChange,
      run: { inputs: { 'fail-on': 'failure' } },
    });
    expect([result.exitCode, told(result)]).toEqual([3, expect.any(String)]);
    expect(github.checkRuns).toMatchObject([{ conclusion: 'failure' }]);
    expect(result.summary).toContain('fail-on');
  });
});

test.each([
  undefined,
  'mallory/octo-repo',
])('pull_request_target is refused before anything is asked, head in %s', async (fork) => {
  const { result } = await runPullRequest({
    files: breakingChange,
    event: 'pull_request_target',
    ...(fork === undefined ? {} : { fork }),
  });
  expect([result.exitCode, told(result)]).toEqual([3, expect.any(String)]);
  expect(result.summary).toContain('pull_request_target');
  expect(github.requests).toEqual([]);
});
