import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { examplePayload, payloadErrors, pullRequestPayload } from '../peers/github/payloads.ts';
import { type FakeGitHub, startFakeGitHub } from '../peers/github/server.ts';

/** The loopback GitHub must be strict, or what passes against it says nothing. */
let github: FakeGitHub;
beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(() => github.close());

const send = (method: string, path: string, body?: unknown) =>
  fetch(`${github.url}${path}`, {
    method,
    headers: { authorization: 'token x', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const repository = '/repos/octo-org/octo-repo';
const check = { name: 'x', head_sha: 'a'.repeat(40), status: 'completed', conclusion: 'success' };
const annotation = { path: 'a', start_line: 1, end_line: 1, annotation_level: 'failure', message: 'm' };
const withOutput = (output: object) => ({ ...check, output: { title: 't', summary: 's', ...output } });

describe('a request that GitHub would refuse', () => {
  test.each([
    ['a comment without a body', 'POST', `${repository}/issues/7/comments`, {}, 422],
    ['an unknown conclusion', 'POST', `${repository}/check-runs`, { ...check, conclusion: 'red' }, 422],
    [
      'an unknown level',
      'POST',
      `${repository}/check-runs`,
      withOutput({ annotations: [{ ...annotation, annotation_level: 'error' }] }),
      422,
    ],
    [
      '51 annotations',
      'POST',
      `${repository}/check-runs`,
      withOutput({ annotations: Array(51).fill(annotation) }),
      422,
    ],
    [
      'a summary of 70,000',
      'POST',
      `${repository}/check-runs`,
      withOutput({ summary: 'x'.repeat(70_000) }),
      422,
    ],
    ['an unknown parameter', 'GET', `${repository}/issues/7/comments?sort=new`, undefined, 422],
    ['an unknown route', 'POST', `${repository}/stars`, {}, 404],
  ])('%s is refused and remembered', async (_name, method, path, body, status) => {
    expect((await send(method, path, body)).status).toBe(status);
    expect(github.violations).not.toEqual([]);
  });

  test('a comment of 70,000 characters is refused as GitHub does, beyond its description', async () => {
    const answer = await send('POST', `${repository}/issues/7/comments`, { body: 'x'.repeat(70_000) });
    expect(answer.status).toBe(422);
    expect(github.comments).toEqual([]);
  });

  test('without a token', async () => {
    expect((await fetch(`${github.url}${repository}/issues/7/comments`)).status).toBe(401);
  });
});

test('an answer that GitHub would not give is remembered', async () => {
  github.pulls.set(7, { number: 7 });
  await send('GET', `${repository}/pulls/7`);
  expect(github.violations.join()).toContain("the fake's pulls/get: answer must have required property");
});

test('a valid request leaves no complaint', async () => {
  const answer = await send('POST', `${repository}/check-runs`, withOutput({ annotations: [annotation] }));
  expect(answer.status).toBe(201);
  expect(github.violations).toEqual([]);
});

describe('payloads', () => {
  const commits = { owner: 'o', repo: 'r', baseSha: 'b'.repeat(40), headSha: 'a'.repeat(40) };
  test('of a fork differ where a fork differs', () => {
    const payload = pullRequestPayload({ ...commits, fork: 'mallory/r' }) as {
      pull_request: { head: { repo: object }; base: { repo: object } };
    };
    expect(payload.pull_request.head.repo).toMatchObject({ full_name: 'mallory/r', fork: true });
    expect(payload.pull_request.base.repo).toMatchObject({ full_name: 'o/r' });
  });

  test('are checked: a wrong one is named', () => {
    const payload = examplePayload('pull_request$opened');
    payload['number'] = 'seven';
    expect(payloadErrors('pull_request$opened', payload)).toContain('/number must be integer');
  });
});
