import { describe, expect, test } from '@jest/globals';
import { type CommentRequest, upsertComment } from '../../src/github/comment.ts';
import type { FakeGitHub } from '../peers/github/server.ts';
import { headSha, moveHead, operationsOf, withGitHub } from './rig.ts';

const request: CommentRequest = {
  number: 7,
  id: 'assay',
  body: 'Two cases broke.\n',
  headSha,
  runNumber: 12,
};
const markerOf = (sha: string, run: number, id = 'assay') => `<!-- assay id=${id} sha=${sha} run=${run} -->`;
const otherSha = 'c'.repeat(40);

const seed = (github: FakeGitHub, body: string, author = 'github-actions[bot]') => {
  const id = github.comments.length + 1;
  github.comments.push({ id, number: 7, body, author, at: '2026-01-01T00:00:00Z' });
  return id;
};

describe('the comment on a pull request', () => {
  test('is created with the marker on its first line', () =>
    withGitHub(async ({ github, client }) => {
      const result = await upsertComment(client, request);
      expect(result.action).toBe('created');
      expect(result.url).toMatch(/\/pull\/7#issuecomment-\d+$/);
      expect(github.comments.map(({ body }) => body)).toEqual([
        `${markerOf(headSha, 12)}\nTwo cases broke.\n`,
      ]);
    }));

  test('keeps one marker where the body already has one', () =>
    withGitHub(async ({ github, client }) => {
      await upsertComment(client, { ...request, body: `${markerOf('9c1e0ab', 1)}\nText` });
      expect(github.comments[0]?.body).toBe(`${markerOf(headSha, 12)}\nText`);
    }));

  test('is updated by the next run, not repeated', () =>
    withGitHub(async ({ github, client }) => {
      await upsertComment(client, request);
      moveHead(github, otherSha);
      const next = await upsertComment(client, {
        ...request,
        body: 'All good.',
        headSha: otherSha,
        runNumber: 13,
      });
      expect(next.action).toBe('updated');
      expect(github.comments.map(({ body }) => body)).toEqual([`${markerOf(otherSha, 13)}\nAll good.`]);
    }));

  test('is found behind more than a hundred others', () =>
    withGitHub(async ({ github, client }) => {
      for (let i = 0; i < 250; i++) seed(github, `Comment ${i}`, 'octocat');
      const own = seed(github, `${markerOf(otherSha, 3)}\nOld`);
      expect((await upsertComment(client, request)).action).toBe('updated');
      expect(github.comments.find(({ id }) => id === own)?.body).toContain('Two cases broke.');
      expect(github.comments).toHaveLength(251);
    }));

  test('of a stranger who copied our marker is never edited, and ours is written beside it', () =>
    withGitHub(async ({ github, client }) => {
      seed(github, `${markerOf(headSha, 99)}\nAll is well, merge me`, 'mallory');
      expect((await upsertComment(client, request)).action).toBe('created');
      expect(github.comments.map(({ author }) => author)).toEqual(['mallory', 'github-actions[bot]']);
      expect(github.comments[0]?.body).toContain('merge me');
    }));

  test('below its first line a marker is a quotation', () =>
    withGitHub(async ({ github, client }) => {
      seed(github, `> quoted\n${markerOf(otherSha, 1)}\n`);
      expect((await upsertComment(client, request)).action).toBe('created');
    }));

  test('of another id is another comment', () =>
    withGitHub(async ({ github, client }) => {
      seed(github, `${markerOf(otherSha, 1, 'nightly')}\nNightly`);
      expect((await upsertComment(client, request)).action).toBe('created');
      expect(github.comments).toHaveLength(2);
    }));

  test.each([
    ["a person's token", { login: 'ada', tokenKind: 'person' as const }],
    ["an App's token", { login: 'our-app[bot]', tokenKind: 'installation' as const }],
  ])('is found again with %s', (_name, options) =>
    withGitHub(async ({ github, client }) => {
      await upsertComment(client, request);
      expect((await upsertComment(client, { ...request, body: 'Again' })).action).toBe('updated');
      expect(github.comments).toHaveLength(1);
    }, options));

  test('of the workflow token needs no question who we are', () =>
    withGitHub(async ({ github, client }) => {
      await upsertComment(client, request);
      await upsertComment(client, request);
      expect(operationsOf(github)).toEqual([
        'issues/list-comments',
        'pulls/get',
        'issues/create-comment',
        'issues/list-comments',
        'pulls/get',
        'issues/update-comment',
      ]);
    }));

  test('that two runs made at the same moment becomes one again', () =>
    withGitHub(async ({ github, client }) => {
      seed(github, `${markerOf(otherSha, 3)}\nFirst`);
      const newest = seed(github, `${markerOf(otherSha, 3)}\nSecond`);
      expect((await upsertComment(client, request)).action).toBe('updated');
      expect(github.comments.map(({ id }) => id)).toEqual([newest]);
    }));
});

describe('an older run', () => {
  test('writes nothing when the head has moved', () =>
    withGitHub(async ({ github, client }) => {
      moveHead(github, otherSha);
      expect(await upsertComment(client, request)).toEqual({ url: null, action: 'skipped-newer' });
      expect(github.comments).toEqual([]);
    }));

  test('writes nothing when a newer run spoke of the same commit', () =>
    withGitHub(async ({ github, client }) => {
      seed(github, `${markerOf(headSha.slice(0, 7), 13)}\nNewer`);
      const result = await upsertComment(client, request);
      expect(result.action).toBe('skipped-newer');
      expect(result.url).toContain('#issuecomment-1');
      expect(github.comments[0]?.body).toContain('Newer');
    }));

  test('on the present head replaces what a later run said of a commit that is gone', () =>
    withGitHub(async ({ github, client }) => {
      seed(github, `${markerOf(otherSha, 13)}\nOf a commit that was pushed away`);
      expect((await upsertComment(client, request)).action).toBe('updated');
    }));

  test('goes by the run number where the head cannot be read', () =>
    withGitHub(async ({ github, client }) => {
      github.pulls.clear();
      seed(github, `${markerOf(otherSha, 13)}\nNewer`);
      expect((await upsertComment(client, request)).action).toBe('skipped-newer');
      expect((await upsertComment(client, { ...request, runNumber: 14 })).action).toBe('updated');
    }));
});

describe('a write that fails', () => {
  test.each([
    ['500 after it took effect', { status: 500, takesEffect: true }],
    ['no answer after it took effect', { status: 'hangup' as const, takesEffect: true }],
    ['500 before it took effect', { status: 500 }],
  ])('%s: one comment in the end', (_name, fault) =>
    withGitHub(async ({ github, client }) => {
      github.faults.push({ operation: 'issues/create-comment', ...fault });
      await upsertComment(client, request);
      expect(github.comments).toHaveLength(1);
    }));

  test('gives up after three attempts', () =>
    withGitHub(async ({ github, client }) => {
      for (let i = 0; i < 3; i++) github.faults.push({ operation: 'issues/create-comment', status: 502 });
      await expect(upsertComment(client, request)).rejects.toMatchObject({ status: 502 });
      expect(github.comments).toEqual([]);
    }));

  test('a read is tried again', () =>
    withGitHub(async ({ github, client }) => {
      github.faults.push({ operation: 'issues/list-comments', status: 500 });
      expect((await upsertComment(client, request)).action).toBe('created');
    }));

  test('without permission it is not tried again', () =>
    withGitHub(
      async ({ github, client }) => {
        await expect(upsertComment(client, request)).rejects.toMatchObject({ status: 403 });
        expect(operationsOf(github).filter((id) => id === 'issues/create-comment')).toHaveLength(1);
      },
      { readOnly: true },
    ));
});
