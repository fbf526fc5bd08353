import { describe, expect, test } from '@jest/globals';
import { type CheckRequest, publishCheck } from '../../src/github/check.ts';
import { headSha, operationsOf, withGitHub } from './rig.ts';

const annotation = (line: number) => ({
  path: 'prompts/support.txt',
  startLine: line,
  endLine: line,
  level: 'failure' as const,
  title: 'support: asks for a refund',
  message: `broken on line ${line}`,
});

const request: CheckRequest = {
  name: 'assay report',
  headSha,
  conclusion: 'failure',
  title: '2 cases broke',
  summary: 'Two cases broke.',
  annotations: [annotation(3)],
  detailsUrl: 'https://github.test/octo-org/octo-repo/actions/runs/1',
  externalId: 'assay:assay',
};
const lines = (count: number) => Array.from({ length: count }, (_, index) => annotation(index + 1));

describe('the check run', () => {
  test('is created on the head commit with its conclusion and annotations', () =>
    withGitHub(async ({ github, client }) => {
      const result = await publishCheck(client, request);
      expect(result.action).toBe('created');
      expect(github.checkRuns).toMatchObject([
        {
          name: 'assay report',
          headSha,
          status: 'completed',
          conclusion: 'failure',
          externalId: 'assay:assay',
          title: '2 cases broke',
          annotations: [{ path: 'prompts/support.txt', start_line: 3, annotation_level: 'failure' }],
        },
      ]);
    }));

  test.each([
    [0, 1],
    [50, 1],
    [51, 2],
    [120, 3],
  ])('with %i annotations takes %i writes of at most 50', (count, writes) =>
    withGitHub(async ({ github, client }) => {
      await publishCheck(client, { ...request, annotations: lines(count) });
      expect(github.checkRuns[0]?.annotations).toHaveLength(count);
      expect(
        operationsOf(github).filter((id) => id === 'checks/create' || id === 'checks/update'),
      ).toHaveLength(writes);
    }));

  test('of a re-run is the same check run, and no annotation stands there twice', () =>
    withGitHub(async ({ github, client }) => {
      await publishCheck(client, { ...request, annotations: lines(60) });
      const again = await publishCheck(client, { ...request, conclusion: 'success', annotations: lines(61) });
      expect(again.action).toBe('updated');
      expect(github.checkRuns).toHaveLength(1);
      expect(github.checkRuns[0]?.conclusion).toBe('success');
      expect(github.checkRuns[0]?.annotations.map(({ start_line }) => start_line)).toEqual(
        lines(61).map(({ startLine }) => startLine),
      );
    }));

  test('of another tool with the same name is left alone', () =>
    withGitHub(async ({ github, client }) => {
      await publishCheck(client, { ...request, externalId: 'another tool' });
      expect((await publishCheck(client, request)).action).toBe('created');
      expect(github.checkRuns).toHaveLength(2);
    }));

  test('of another App with our name and id is left alone', () =>
    withGitHub(async ({ github, client }) => {
      github.app = 'another-app';
      await publishCheck(client, { ...request, conclusion: 'success' });
      github.app = 'github-actions';
      expect((await publishCheck(client, request)).action).toBe('created');
      expect(github.checkRuns.map(({ app, conclusion }) => [app, conclusion])).toEqual([
        ['another-app', 'success'],
        ['github-actions', 'failure'],
      ]);
    }));

  test("keeps GitHub's limits whatever it is given", () =>
    withGitHub(async ({ github, client }) => {
      await publishCheck(client, {
        ...request,
        title: '𝒯'.repeat(400),
        summary: '€'.repeat(70_000),
        annotations: [{ ...annotation(0), endLine: -1, title: 'x'.repeat(300), message: '€'.repeat(40_000) }],
      });
      const [run] = github.checkRuns;
      expect(Buffer.byteLength(run?.summary ?? '')).toBeLessThanOrEqual(65_535);
      expect(run?.summary).not.toContain('\uFFFD');
      expect([...(run?.title ?? '')]).toHaveLength(255);
      expect(run?.annotations[0]).toMatchObject({ start_line: 1, end_line: 1 });
      expect(Buffer.byteLength(run?.annotations[0]?.message ?? '')).toBeLessThanOrEqual(65_536);
    }));
});
