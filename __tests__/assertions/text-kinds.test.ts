import { describe, expect, test } from '@jest/globals';
import { assertion, checkText } from './builders.ts';

type Row = readonly [type: string, value: unknown, text: string, pass: boolean, reason: string];

const rows: readonly Row[] = [
  ['equals', 'Yes', 'Yes', true, 'equals "Yes"'],
  ['equals', 'Yes', 'yes', false, 'expected to equal "Yes": got "yes"'],
  ['equals', 42, '42', true, 'equals "42"'],
  ['equals', { a: [1, 2] }, '{"a": [1, 2]}', true, 'equals {"a":[1,2]}'],
  ['equals', { a: [1, 2] }, '{"a": [2, 1]}', false, 'expected to equal {"a":[1,2]}: got {"a":[2,1]}'],
  ['equals', { a: 1 }, 'a is 1', false, 'expected to equal {"a":1}: got "a is 1", which is not JSON'],
  ['not-equals', 'Yes', 'No', true, 'does not equal "Yes"'],
  ['not-equals', 'Yes', 'Yes', false, 'expected not to equal "Yes"'],
  ['contains', '30 days', 'within 30 days.', true, 'contains "30 days"'],
  ['contains', '30 days', 'within 14 days.', false, 'expected to contain "30 days"'],
  ['contains', 'Days', 'within 30 days.', false, 'expected to contain "Days"'],
  ['contains', 30, 'within 30 days.', true, 'contains "30"'],
  ['not-contains', 'sorry', 'Fine.', true, 'does not contain "sorry"'],
  ['not-contains', 'sorry', 'I am sorry, no.', false, 'expected not to contain "sorry": "I am sorry, no."'],
  ['icontains', 'DAYS', 'within 30 days.', true, 'contains "DAYS"'],
  ['not-icontains', 'DAYS', 'within 30 days.', false, 'expected not to contain "DAYS": "within 30 days."'],
  ['contains-any', ['a fee', 'a cost'], 'There is a cost.', true, 'contains "a cost"'],
  ['contains-any', ['x', 'y'], 'zzz', false, 'expected to contain one of "x", "y"'],
  ['contains-any', 'x, "y, z"', 'it is y, z', true, 'contains "y, z"'],
  [
    'not-contains-any',
    ['x', 'y'],
    'has x',
    false,
    'expected not to contain one of "x", "y": it contains "x"',
  ],
  ['contains-all', ['one', 'two'], 'one two', true, 'contains "one", "two"'],
  ['contains-all', ['one', 'two'], 'one', false, 'expected to contain all of "one", "two": "two" is missing'],
  ['contains-all', ['ONE'], 'one', false, 'expected to contain all of "ONE": "ONE" is missing'],
  ['not-contains-all', ['one', 'two'], 'one', true, 'contains only "one"'],
  ['icontains-any', 'FEE, COST', 'the cost', true, 'contains "COST"'],
  ['icontains-all', ['ONE', 'Two'], 'two one', true, 'contains "ONE", "Two"'],
  ['starts-with', 'Dear', 'Dear Ada', true, 'starts with "Dear"'],
  ['starts-with', 'dear', 'Dear Ada', false, 'expected to start with "dear": it starts with "Dear Ada"'],
  ['not-starts-with', 'Dear', 'Dear Ada', false, 'expected not to start with "Dear"'],
  ['ends-with', 'Ada', 'Dear Ada', true, 'ends with "Ada"'],
  ['ends-with', 'Bob', 'Dear Ada', false, 'expected to end with "Bob": it ends with "Dear Ada"'],
  ['regex', '\\d{2} days', 'within 30 days.', true, 'matches /\\d{2} days/'],
  ['regex', '^within', 'Not within', false, 'expected to match /^within/'],
  ['regex', '(?i)WITHIN', 'within', true, 'matches /(?i)WITHIN/'],
  ['not-regex', 'sorry|apolog', 'We apologise.', false, 'expected not to match /sorry|apolog/'],
  ['regex', '30\\sdays', '30\u202fdays', true, 'matches /30\\sdays/'],
  ['regex', '^\\S+$', '30\u00a0days', false, 'expected to match /^\\S+$/'],
  ['regex', '[\\s,]+end', '30\u00a0end', true, 'matches /[\\s,]+end/'],
  ['regex', '(?<=\\$)\\d+', 'costs $25', true, 'matches /(?<=\\$)\\d+/'],
  ['regex', '(?<!\\$)\\b25', 'costs $25', false, 'expected to match /(?<!\\$)\\b25/'],
  ['regex', '\\u00e9t\\u00e9', 'été', true, 'matches /\\u00e9t\\u00e9/'],
  ['regex', '(?<year>\\d{4})', 'in 2026', true, 'matches /(?<year>\\d{4})/'],
  ['length', { max: 3 }, 'abcd', false, 'has 4 characters, at most 3 expected'],
  ['length', { min: 1 }, '', false, 'has 0 characters, at least 1 expected'],
  ['length', 2, '👍🏽', true, 'has 2 characters'],
  ['word-count', { max: 120 }, 'word '.repeat(212), false, 'has 212 words, at most 120 expected'],
  ['word-count', { min: 2, max: 3 }, ' one\n two ', true, 'has 2 words'],
  ['word-count', 1, 'one two', false, 'has 2 words, exactly 1 expected'],
  ['word-count', '2', 'one two', true, 'has 2 words'],
  ['not-word-count', { max: 3 }, 'one', false, 'has 1 word, anything but at most 3 expected'],
];

describe('an assertion on text', () => {
  test.each(rows)('%s %j on %j: %s', async (type, value, text, pass, reason) => {
    const check = await checkText(text, assertion(type, { value }));
    expect({ pass: check.pass, reason: check.reason }).toEqual({ pass, reason });
    expect(check.score).toBe(pass ? 1 : 0);
    expect(check.type).toBe(type);
  });

  test.each([
    ['equals', { trim: true }, 'Yes', ' Yes\n', true],
    ['equals', { trim: true }, 'Yes', 'yes', false],
    ['equals', {}, 'Yes', ' Yes\n', false],
    ['starts-with', { caseInsensitive: true, trim: true }, 'DEAR', '\n dear Ada', true],
    ['starts-with', { caseInsensitive: true }, 'DEAR', '\n dear Ada', false],
    ['ends-with', { caseInsensitive: true, trim: true }, 'ADA', 'dear Ada \n', true],
    ['ends-with', { trim: true }, 'ADA', 'dear Ada \n', false],
  ])('%s with %j as GitHub’s prompt files ask for it', async (type, config, value, text, pass) => {
    expect((await checkText(text, assertion(type, { value, config }))).pass).toBe(pass);
  });

  test('a long answer is shown from where it begins to differ', async () => {
    const start = 'The same words stand at the beginning of both texts, many of them. ';
    const check = await checkText(`${start}Then one.`, assertion('equals', { value: `${start}Then two.` }));
    expect(check.reason).toContain('different from character 73 on');
    expect(check.reason).toContain('many of them. Then one."');
  });

  test('variables are filled in, one by one in a list', async () => {
    const context = { vars: { limit: 30, word: 'fee' } };
    const one = await checkText('30 days', assertion('contains', { value: '{{limit}} days' }), { context });
    expect(one).toMatchObject({ pass: true, expected: '30 days', line: 7 });
    const list = await checkText('a fee', assertion('contains-all', { value: ['{{ word }}', 'a'] }), {
      context,
    });
    expect(list.pass).toBe(true);
  });

  test.each([
    [
      'a value that is empty once it is filled in',
      '{{empty}}',
      /value is empty, so that every answer would do/,
    ],
    ['a value that does not render', '{{other}}', /does not render: unknown variable other/],
  ])('%s is an error, never a pass', async (_name, value, message) => {
    const grading = checkText('anything', assertion('contains', { value }), {
      context: { vars: { empty: '' } },
    });
    await expect(grading).rejects.toMatchObject({ name: 'AssertionError', code: 'bad-value', message });
  });
});
