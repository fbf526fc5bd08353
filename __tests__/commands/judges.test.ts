import { describe, expect, test } from '@jest/globals';
import { runTest } from '../../src/commands/test.ts';
import { defaultTestOptions } from '../../src/commands/test-options.ts';
import { runResultSchema } from '../../src/model/run.ts';
import { isGood, replyOf } from '../assertions/scripted-judges.ts';
import { gitFixture } from '../repo/git-fixture.ts';
import { judgeServer, worldIn } from './judge-server.ts';

const policy = (url: string, rest = '') => `suites: ["*.suite.yml"]
providers: [{id: compatible:judge, config: {baseUrl: "${url}", apiKeyEnv: JUDGE_KEY}}]
judge: {provider: compatible:judge, votes: 3}
${rest}`;

const suite = (assertion: string) => `prompts: [support.txt]
providers: [echo]
tests:
  - id: form
    vars: {question: How?}
    assert: [${assertion}]
`;
const rubric = '{type: llm-rubric, value: names the refund form}';

const files = (url: string, assertion = rubric) => ({
  'assay.yml': policy(url),
  'support.suite.yml': suite(assertion),
  'support.txt': 'Use the refund form. {{ question }}\n',
});
/** Four trials on both sides: enough judged answers for the known ones to be asked. */
const many = (url: string) => ({ ...files(url), 'assay.yml': policy(url, 'trials: {min: 4, max: 4}\n') });
const edited = { 'support.txt': 'Use whatever you like. {{ question }}\n' };

const run = async (root: string) => (await runTest(defaultTestOptions, worldIn(root))).result;

describe('a run with a judge', () => {
  test('an honest one: two votes an answer, its known answers, and all of it in the results', async () => {
    using judge = await judgeServer((judged) => replyOf(isGood(judged)));
    using fixture = gitFixture(many(judge.url));
    fixture.write(edited);
    const result = await run(fixture.root);
    expect(runResultSchema.parse(result)).toEqual(result);
    expect(result.cells).toMatchObject([{ change: 'broken' }]);
    expect(result.cells[0]?.candidate?.trials[0]?.checks[0]?.judge).toEqual({
      provider: 'compatible:judge',
      model: 'judge-2026',
      votes: [0, 0],
      agreement: 1,
      promptVersion: 'rubric/1',
    });
    expect(result.judges).toEqual([
      {
        provider: 'compatible:judge',
        models: ['judge-2026'],
        promptVersions: ['rubric/1'],
        checks: 8,
        votes: 16,
        split: 0,
        agreement: 1,
        knownAnswers: { asked: 2, wrong: 0 },
      },
    ]);
    // Two known answers, and two votes on each of eight answers.
    expect(judge.asked).toHaveLength(18);
    expect([result.totals.calls, result.totals.costUsd]).toEqual([26, null]);
    const again = await run(fixture.root);
    expect([again.totals.calls, again.totals.costUsd, judge.asked.length]).toEqual([0, 0, 18]);
  });

  test('below eight judged answers nothing is asked but the judgements', async () => {
    using judge = await judgeServer(() => replyOf(true));
    using fixture = gitFixture(files(judge.url));
    fixture.write(edited);
    const result = await run(fixture.root);
    expect([result.verdict.outcome, judge.asked.length]).toEqual(['pass', 4]);
  });

  test.each([
    ['always passes', true],
    ['always fails', false],
  ])('one that %s decides nothing', async (_name, always) => {
    using judge = await judgeServer(() => replyOf(always));
    using fixture = gitFixture(many(judge.url));
    fixture.write(edited);
    const result = await run(fixture.root);
    expect(result.cells).toMatchObject([{ change: 'undecided', candidate: { state: 'errored' } }]);
    expect(result.cells[0]?.candidate?.trials[0]?.error?.kind).toBe('judge');
    expect(result.verdict).toMatchObject({ outcome: 'undecided', reasons: [{ code: 'judge-broken' }] });
    expect(result.verdict.reasons[0]?.message).toContain('failed a known-answer check (1 of 2 wrong)');
    expect(result.judges).toMatchObject([{ checks: 0, knownAnswers: { asked: 2, wrong: 1 } }]);
    expect(judge.asked).toHaveLength(2);
  });

  test('one that disagrees with itself: flaky, with the cause, never broken', async () => {
    using judge = await judgeServer((judged, before) =>
      replyOf(judged.includes('whatever') ? before === 0 : isGood(judged)),
    );
    using fixture = gitFixture(files(judge.url));
    fixture.write(edited);
    const result = await run(fixture.root);
    expect(result.cells).toMatchObject([
      { change: 'flaky', baseline: { state: 'passed' }, candidate: { state: 'flaky', cause: 'judge' } },
    ]);
    expect(result.cells[0]?.candidate?.trials[0]?.checks[0]?.reason).toMatch(
      /^judge split 2:1 on the same answer: tighten the rubric; /,
    );
    expect(result.verdict).toMatchObject({
      outcome: 'pass',
      reasons: [{ code: 'judge-split', blocking: false }],
    });
    expect(result.judges).toMatchObject([{ checks: 2, votes: 5, split: 1 }]);
  });

  test.each([
    '',
    'NaN',
    '{"reason":"r","score":NaN,"pass":true}',
    '{"reason":"r","score":"1","pass":true}',
  ])('one that replies %j: undecided, never a pass', async (reply) => {
    using judge = await judgeServer((judged) =>
      judged.includes('whatever') ? reply : replyOf(isGood(judged)),
    );
    using fixture = gitFixture(files(judge.url));
    fixture.write(edited);
    const result = await run(fixture.root);
    expect(result.cells).toMatchObject([{ change: 'undecided' }]);
    expect(result.verdict).toMatchObject({ outcome: 'undecided', reasons: [{ code: 'judge-broken' }] });
  });
});

describe('llm-pairwise in a run', () => {
  const prefers = (good: RegExp) => (question: string) => {
    if (!question.includes('<first-answer')) return replyOf(isGood(question));
    const [, first = '', second = ''] =
      /<first-[^>]+>\n([\s\S]*?)\n<\/first-[\s\S]*<second-[^>]+>\n([\s\S]*?)\n<\/second-/.exec(question) ??
      [];
    const better = good.test(first) === good.test(second) ? 'neither' : good.test(first) ? 'first' : 'second';
    return JSON.stringify({ reason: 'It helps.', better });
  };
  const pairwise = '{type: llm-pairwise, value: helps the customer}';

  test.each([
    [/refund form/, 'broken', false],
    [/whatever/, 'stillPassing', true],
    [/nothing of both/, 'stillPassing', true],
  ] as const)('a judge that prefers %s: %s', async (good, change, pass) => {
    using judge = await judgeServer(prefers(good));
    using fixture = gitFixture(files(judge.url, pairwise));
    fixture.write(edited);
    const result = await run(fixture.root);
    expect(result.cells).toMatchObject([
      { change, baseline: { trials: [{ checks: [] }] }, candidate: { trials: [{ checks: [{ pass }] }] } },
    ]);
    expect(judge.asked.filter((question) => question.includes('<first-answer'))).toHaveLength(2);
  });

  test('equal answers of both sides cost nothing', async () => {
    using judge = await judgeServer(prefers(/x/));
    using fixture = gitFixture(files(judge.url, pairwise));
    expect((await run(fixture.root)).cells).toMatchObject([{ change: 'stillPassing' }]);
    expect(judge.asked.filter((question) => question.includes('<first-answer'))).toEqual([]);
  });

  test('without a base the check is shown and decides nothing', async () => {
    using judge = await judgeServer(prefers(/x/));
    using fixture = gitFixture(files(judge.url, pairwise));
    const { result } = await runTest({ ...defaultTestOptions, base: 'none' }, worldIn(fixture.root));
    expect(result.cells).toMatchObject([
      { change: 'added', candidate: { trials: [{ checks: [{ weight: 0, pass: false }] }] } },
    ]);
  });
});
