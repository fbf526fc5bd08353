import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CheckAnnotation } from '../../src/github/check.ts';
import { createGitHubClient, type GitHubClient } from '../../src/github/client.ts';
import { type PublishInput, publishRun, type Rendered } from '../../src/github/publish.ts';
import { readTrigger } from '../../src/github/trigger.ts';
import { mergeGroupPayload, pullRequestPayload } from '../peers/github/payloads.ts';
import { baseSha, headSha, moveHead, withGitHub } from './rig.ts';

let stdout = '';
const before = { ...process.env };
const write = process.stdout.write.bind(process.stdout);
// One folder for all: @actions/core remembers where the summary goes.
const folder = mkdtempSync(join(tmpdir(), 'assay-publish-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) {
    process.env[name] = join(folder, name);
    writeFileSync(join(folder, name), '');
  }
  writeFileSync(join(folder, 'results.json'), '{}');
  writeFileSync(join(folder, 'report.html'), '<p>report</p>');
  stdout = '';
  process.stdout.write = ((chunk: string) => {
    stdout += String(chunk);
    return true;
  }) as typeof process.stdout.write;
});

afterEach(() => {
  process.stdout.write = write;
  process.env = { ...before };
});

const summary = () => readFileSync(join(folder, 'GITHUB_STEP_SUMMARY'), 'utf8');
const outputs = () =>
  Object.fromEntries(
    [
      ...readFileSync(join(folder, 'GITHUB_OUTPUT'), 'utf8').matchAll(
        /^(.+)<<(ghadelimiter_.+)\n([\s\S]*?)\n\2$/gm,
      ),
    ].map(([, name, , value]) => [name, value]),
  );

const annotation = (index: number): CheckAnnotation => ({
  path: 'support.suite.yml',
  startLine: index + 1,
  endLine: index + 1,
  level: 'failure',
  title: `case ${index}`,
  message: `100% wrong\n::add-mask::everything ${index}`,
});

const rendered: Rendered = {
  comment: `<!-- assay id=assay sha=${headSha} run=12 -->\n### ✗ 2 cases broke\n`,
  summary: '### ✗ 2 cases broke\n\nAll of it.\n',
  annotations: [annotation(0), annotation(1)],
  title: '2 cases broke',
  conclusion: 'failure',
};

const env = (event: string) => ({
  GITHUB_EVENT_NAME: event,
  GITHUB_REPOSITORY: 'octo-org/octo-repo',
  GITHUB_RUN_ID: '4711',
  GITHUB_RUN_NUMBER: '12',
  GITHUB_SERVER_URL: 'https://git.example.com',
});
const commits = { owner: 'octo-org', repo: 'octo-repo', baseSha, headSha };

const inputOf = (client: GitHubClient | null, change: Partial<PublishInput> = {}): PublishInput => ({
  trigger: readTrigger(env('pull_request'), pullRequestPayload(commits)),
  inputs: { id: 'assay', comment: 'sticky', annotations: 'on', artifact: 'on', shard: null },
  client,
  rendered,
  outputs: { verdict: 'fail', broken: '2' },
  files: [join(folder, 'results.json')],
  folder,
  reportPath: join(folder, 'report.html'),
  env: {},
  ...change,
});

const noArtifact = 'No artifact: this runner offers no artifact service.';

describe('a run on a pull request', () => {
  test('leaves comment, check run, summary and outputs', () =>
    withGitHub(async ({ github, client }) => {
      const result = await publishRun(inputOf(client));
      expect(result.notes).toEqual([noArtifact]);
      expect(result.links.runUrl).toBe('https://git.example.com/octo-org/octo-repo/actions/runs/4711');
      expect(github.comments).toHaveLength(1);
      expect(github.checkRuns).toMatchObject([
        { name: 'assay report', headSha, conclusion: 'failure', detailsUrl: result.links.runUrl },
      ]);
      expect(github.checkRuns[0]?.summary).toBe(`### ✗ 2 cases broke\n\n> ${noArtifact}\n`);
      expect(summary()).toBe(`### ✗ 2 cases broke\n\nAll of it.\n\n> ${noArtifact}\n\n`);
      expect(outputs()).toEqual({ verdict: 'fail', broken: '2', 'comment-url': result.commentUrl });
      expect(stdout).not.toContain('::error');
    }));

  test('with a token that may only read: says so, marks the lines through the log, and goes on', () =>
    withGitHub(
      async ({ github, client }) => {
        const annotations = Array.from({ length: 30 }, (_, index) => annotation(index));
        const result = await publishRun(inputOf(client, { rendered: { ...rendered, annotations } }));
        expect(result.commentUrl).toBeNull();
        expect(result.notes.slice(1)).toEqual([
          'The comment was not written: the token may not do it (403); the job summary says it instead. ' +
            'Give the job `permissions: pull-requests: write`. The verdict is unaffected.',
          'The check run was not written: the token may not do it (403); up to ten annotations of a kind come from ' +
            'the log instead. Give the job `permissions: checks: write`. The verdict is unaffected.',
        ]);
        for (const note of result.notes) expect(summary()).toContain(`> ${note}`);
        expect(outputs()).toMatchObject({ verdict: 'fail', 'comment-url': '' });
        expect(stdout.match(/^::error /gm)).toHaveLength(10);
        expect(stdout).not.toMatch(/^::add-mask::/m);
        expect([github.comments, github.checkRuns]).toEqual([[], []]);
      },
      { readOnly: true },
    ));

  test('of a fork: says that a fork may only read', () =>
    withGitHub(
      async ({ client }) => {
        const payload = pullRequestPayload({ ...commits, fork: 'mallory/octo-repo' });
        const { notes } = await publishRun(
          inputOf(client, { trigger: readTrigger(env('pull_request'), payload) }),
        );
        expect(notes[1]).toContain('A pull request from a fork has a token that may only read.');
        expect(notes[1]).not.toContain('permissions:');
      },
      { readOnly: true },
    ));

  test('whose head has moved: leaves the comment to the newer run', () =>
    withGitHub(async ({ github, client }) => {
      moveHead(github, 'c'.repeat(40));
      const { notes } = await publishRun(inputOf(client));
      expect(github.comments).toEqual([]);
      expect(notes.at(-1)).toContain('newer commit or run');
    }));

  test('without a token: the summary has everything', async () => {
    const { notes } = await publishRun(inputOf(null));
    expect(notes).toContain('The comment was not written: there is no token. The verdict is unaffected.');
    expect(stdout.match(/^::error /gm)).toHaveLength(2);
  });

  test('while GitHub is down: nothing is thrown', async () => {
    const client = createGitHubClient({
      token: 't',
      apiUrl: 'http://127.0.0.1:1',
      owner: 'octo-org',
      repo: 'octo-repo',
      retries: 0,
      throttle: false,
      retryDelayMs: 1,
    });
    const { notes } = await publishRun(inputOf(client));
    expect(notes).toHaveLength(3);
    expect(notes[1]).toMatch(/^The comment was not written: .*The verdict is unaffected\.$/);
    expect(outputs()).toMatchObject({ verdict: 'fail' });
  });

  test('does what the inputs switch off, not', () =>
    withGitHub(async ({ github, client }) => {
      const inputs = {
        id: 'nightly',
        comment: 'off',
        annotations: 'off',
        artifact: 'off',
        shard: null,
      } as const;
      const { notes } = await publishRun(inputOf(client, { inputs }));
      expect(notes).toEqual([]);
      expect(github.comments).toEqual([]);
      expect(github.checkRuns).toMatchObject([{ name: 'nightly report', annotations: [] }]);
    }));

  test('as one shard of several: speaks only in its own summary', () =>
    withGitHub(async ({ github, client }) => {
      const inputs = { ...inputOf(client).inputs, shard: { index: 2, of: 4 } };
      await publishRun(inputOf(client, { inputs }));
      expect([github.comments, github.checkRuns]).toEqual([[], []]);
      expect(summary()).toContain('2 cases broke');
    }));

  test('whose summary is above 1 MiB: writes the comment there instead', () =>
    withGitHub(async ({ client }) => {
      await publishRun(inputOf(client, { rendered: { ...rendered, summary: '€'.repeat(400_000) } }));
      expect(summary()).toMatch(/^### ✗ 2 cases broke\n/);
    }));

  test('without a place for the summary: says so', () =>
    withGitHub(async ({ client }) => {
      rmSync(join(folder, 'GITHUB_STEP_SUMMARY'));
      mkdirSync(join(folder, 'GITHUB_STEP_SUMMARY'));
      const { notes } = await publishRun(inputOf(client));
      expect(notes.at(-1)).toContain('The job summary was not written');
      rmSync(join(folder, 'GITHUB_STEP_SUMMARY'), { recursive: true });
    }));
});

test('in the merge queue: a check run on its commit, no comment', () =>
  withGitHub(async ({ github, client }) => {
    const trigger = readTrigger(env('merge_group'), mergeGroupPayload(commits));
    await publishRun(inputOf(client, { trigger }));
    expect(github.comments).toEqual([]);
    expect(github.checkRuns).toMatchObject([{ headSha }]);
  }));

describe('the artifact', () => {
  const runtimeToken = (): string => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    return `${part({ alg: 'none' })}.${part({ scp: 'Actions.Results:run:job' })}.x`;
  };

  test('is one with the results and one unzipped report, and the text can link to it', () =>
    withGitHub(async ({ github, client }) => {
      const service = { ACTIONS_RUNTIME_TOKEN: runtimeToken(), ACTIONS_RESULTS_URL: github.url };
      Object.assign(process.env, service, { GITHUB_SERVER_URL: 'https://github.com' });
      const render = (links: { reportUrl: string | null }): Rendered => ({
        ...rendered,
        comment: `[Open the report](${links.reportUrl})`,
      });
      const input = inputOf(client, { env: { ...service, RUNNER_TEMP: folder }, rendered: render });
      const first = await publishRun(input);
      expect(first.notes).toEqual([]);
      expect([...github.artifacts.keys()].toSorted()).toEqual(['assay-report.html', 'assay-results']);
      expect(github.artifacts.get('assay-report.html')).toMatchObject({
        mimeType: 'text/html',
        finalized: true,
      });
      expect(github.artifacts.get('assay-report.html')?.content.toString()).toBe('<p>report</p>');
      expect(github.artifacts.get('assay-results')?.content.subarray(0, 2).toString()).toBe('PK');
      expect(github.comments[0]?.body).toMatch(
        /\[Open the report\]\(https:\/\/git\.example\.com\/.+\/artifacts\/70\d\)/,
      );
      const again = await publishRun(input);
      expect(again.notes).toEqual([]);
      expect(github.artifacts.size).toBe(2);
    }));
});
