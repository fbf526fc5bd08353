import { describe, expect, test } from '@jest/globals';
import { calibrateJudge } from '../../src/commands/calibrate-judge.ts';
import { readLabels } from '../../src/commands/read-labels.ts';
import { defaultTestOptions } from '../../src/commands/test-options.ts';
import { formatFinding, UserError } from '../../src/model/errors.ts';
import { replyOf } from '../assertions/scripted-judges.ts';
import { gitFixture } from '../repo/git-fixture.ts';
import { judgeServer, worldIn } from './judge-server.ts';

const project = (url: string) => ({
  'assay.yml': `suites: ["*.suite.yml"]
providers: [{id: compatible:judge, config: {baseUrl: "${url}", apiKeyEnv: JUDGE_KEY}}]
judge: {provider: compatible:judge}
`,
  'support.suite.yml': `prompts: [support.txt]
providers: [echo]
tests:
  - id: refund
    vars: {question: How?, thing: form}
    assert:
      - {type: contains, value: never in any answer}
      - {type: llm-rubric, value: "names the {{thing}}", weight: 0}
  - id: hours
    vars: {question: When?}
    assert: [{type: contains, value: nine}]
`,
  'other.suite.yml': `prompts: [support.txt]
providers: [echo]
tests: [{id: hours, vars: {question: When?}, assert: [{type: llm-rubric, value: says when}]}]
`,
  'support.txt': '{{ question }}\n',
});

const lines = (...labels: readonly object[]): string =>
  labels.map((label) => JSON.stringify(label)).join('\n');
const label = (output: string, word: unknown, rest: object = {}) => ({
  case: 'refund',
  output,
  label: word,
  ...rest,
});

const calibrate = async (root: string, format: 'pretty' | 'json' = 'json') => {
  const world = worldIn(root);
  const exitCode = await calibrateJudge({ file: 'labels.jsonl', options: defaultTestOptions, format }, world);
  return { exitCode, out: world.written.out };
};

const good = (judged: string): string => replyOf(judged.includes('form'));

describe('assay test --judge-calibration', () => {
  test('accuracy, κ, the table, and every difference', async () => {
    using judge = await judgeServer(good);
    using fixture = gitFixture(project(judge.url));
    const labels = [
      ...Array.from({ length: 20 }, (_entry, at) => label(`the form ${at}`, 'pass')),
      ...Array.from({ length: 5 }, (_entry, at) => label(`a form, but rude ${at}`, 'fail')),
      ...Array.from({ length: 10 }, (_entry, at) => label(`the sheet ${at}`, true)),
      ...Array.from({ length: 15 }, (_entry, at) => label(`no idea ${at}`, 0)),
    ];
    fixture.write({ 'labels.jsonl': `${lines(...labels)}\n\n` });
    const { exitCode, out } = await calibrate(fixture.root);
    const read = JSON.parse(out);
    expect(exitCode).toBe(0);
    expect(read).toMatchObject({
      file: 'labels.jsonl',
      labels: 50,
      judged: 50,
      accuracy: 0.7,
      kappa: 0.4,
      table: { bothPass: 20, judgeOnly: 5, humanOnly: 10, bothFail: 15 },
      split: 0,
      notJudged: [],
      judges: [{ provider: 'compatible:judge', models: ['judge-2026'], checks: 50, agreement: 1 }],
      totals: { calls: 100 },
    });
    expect(read.disagreements).toHaveLength(15);
    expect(read.disagreements[0]).toEqual({
      line: 21,
      case: 'refund',
      label: false,
      judged: true,
      score: 1,
      reason: 'the judge gave 1: It does.',
      split: false,
    });
    const { out: pretty } = await calibrate(fixture.root, 'pretty');
    expect(pretty).toContain('compatible:judge (judge-2026) against 50 labels of labels.jsonl');
    expect(pretty).toMatch(/accuracy +70\.0 % \(35 of 50, 95 % CI 56\.2 % to 80\.9 %\)/);
    expect(pretty).toMatch(/Cohen's κ +0\.40 \(fair, n = 50\)/);
    expect(pretty).toMatch(/label: pass +20 +10\n +label: fail +5 +15\n/);
    expect(pretty).toContain('✗ line 21  refund: label fail, judge pass. the judge gave 1: It does.');
    expect(judge.asked).toHaveLength(100);
  });

  test('what has no judgement counts for neither; with none at all there is no agreement', async () => {
    using judge = await judgeServer((judged) => (judged.includes('?') ? 'no idea' : good(judged)));
    using fixture = gitFixture(project(judge.url));
    fixture.write({
      'labels.jsonl': lines(label('the form', 1), label('the form?', 1), label('no', 'FAIL')),
    });
    const some = await calibrate(fixture.root);
    expect([some.exitCode, JSON.parse(some.out)]).toMatchObject([
      0,
      { labels: 3, judged: 2, accuracy: 1, kappa: 1, notJudged: [{ line: 2, case: 'refund' }] },
    ]);
    fixture.write({ 'labels.jsonl': lines(label('the form?', 1)) });
    const none = await calibrate(fixture.root);
    expect([none.exitCode, JSON.parse(none.out)]).toMatchObject([
      2,
      { judged: 0, accuracy: null, kappa: null },
    ]);
    expect((await calibrate(fixture.root, 'pretty')).out).toContain('nothing was judged');
  });

  test('hostile answers and reasons stay on their line', async () => {
    using judge = await judgeServer(() =>
      JSON.stringify({ reason: '\u001b[31m\n::error::forged', score: 1, pass: true }),
    );
    using fixture = gitFixture(project(judge.url));
    fixture.write({ 'labels.jsonl': lines(label('x', 'fail')) });
    const { out } = await calibrate(fixture.root, 'pretty');
    expect(out).not.toContain('\u001b');
    expect(out).not.toMatch(/^\s*::/m);
  });

  test('a case of several suites is named with its suite', async () => {
    using judge = await judgeServer(good);
    using fixture = gitFixture(project(judge.url));
    fixture.write({ 'labels.jsonl': lines(label('the form', 'pass', { case: 'other/hours' })) });
    expect(JSON.parse((await calibrate(fixture.root)).out)).toMatchObject({ judged: 1, accuracy: 1 });
  });

  test.each<[string, object, RegExp]>([
    [
      'an unknown case',
      { case: 'refnd' },
      /^labels\.jsonl:2:1: `case` is "refnd", which no suite has\. .*Did you mean refund\?/,
    ],
    [
      'a case of two suites',
      { case: 'hours' },
      /^labels\.jsonl:2:1: .*which 2 suites have\. Expected other\/hours or support\/hours/,
    ],
    [
      'a case without a judge',
      { case: 'support/hours' },
      /^labels\.jsonl:2:1: .*which no judge grades\. Expected a case with an llm-rubric/,
    ],
  ])('%s: located, and nothing is called', async (_name, rest, message) => {
    using judge = await judgeServer(good);
    using fixture = gitFixture(project(judge.url));
    fixture.write({ 'labels.jsonl': lines(label('a', 1), label('b', 1, rest)) });
    await expect(calibrate(fixture.root)).rejects.toThrow(message);
    expect(judge.asked).toEqual([]);
  });

  test('a file that is not there', async () => {
    using judge = await judgeServer(good);
    using fixture = gitFixture(project(judge.url));
    await expect(calibrate(fixture.root)).rejects.toThrow(
      /--judge-calibration is "labels\.jsonl", which can't be read/,
    );
  });
});

describe('lines of labels', () => {
  test.each<[unknown, boolean]>([
    ['pass', true],
    ['PASS ', true],
    ['true', true],
    [true, true],
    [1, true],
    ['1', true],
    ['fail', false],
    [false, false],
    [0, false],
    ['0', false],
  ])('%j is %s', (word, passes) => {
    expect(readLabels('l.jsonl', `\uFEFF${JSON.stringify(label('', word, { by: 'ada' }))}\r\n`)).toEqual([
      { caseId: 'refund', output: '', passes, line: 1 },
    ]);
  });

  test('every bad line is named, with what was expected', () => {
    const text = [
      '{"case": "a", "output": "x", "label": "maybe"}',
      'not json',
      '',
      '[]',
      '{"output": "x", "label": 1}',
      '{"case": "a", "output": 3, "label": 1}',
      '{"case": "a", "output": "x"}',
      '{"case": "a", "output": "x", "label": 2}',
    ].join('\n');
    let messages: string[] = [];
    try {
      readLabels('l.jsonl', text);
    } catch (error) {
      messages = (error as UserError).findings.map(formatFinding);
    }
    expect(messages.map((message) => message.replace(/\. Expected.*/, ''))).toEqual([
      'l.jsonl:1:1: `label` is "maybe"',
      expect.stringMatching(/^l\.jsonl:2:1: this line is not JSON: /),
      'l.jsonl:4:1: this line is no object',
      'l.jsonl:5:1: `case` is missing or no text',
      'l.jsonl:6:1: `output` is missing or no text',
      'l.jsonl:7:1: `label` is missing',
      'l.jsonl:8:1: `label` is 2',
    ]);
  });

  test('no label at all', () => {
    expect(() => readLabels('l.jsonl', '\n\n')).toThrow(UserError);
  });
});
