import { describe, expect, test } from '@jest/globals';
import { assertionTypes, kinds } from '../../src/assertions/kinds.ts';
import recognised from '../../src/assertions/recognised.json' with { type: 'json' };
import { unsupportedAssertions, validateAssertions } from '../../src/assertions/validate.ts';
import { formatFinding } from '../../src/model/errors.ts';
import type { Assertion } from '../../src/model/suite.ts';
import { assertion, caseOf } from './builders.ts';

const lines = (...assertions: readonly Assertion[]): string[] =>
  validateAssertions(caseOf(assertions)).map((finding) => `${finding.severity} ${formatFinding(finding)}`);

const at = 'a.suite.yml:7:9';

describe('before a call is paid for', () => {
  test.each<[string, Assertion, string]>([
    [
      'a misspelt type',
      assertion('contian', { value: 'x' }),
      `error ${at}: unknown assertion "contian". Expected one of ${assertionTypes.join(', ')}. Did you mean contains? Correct \`type\`.`,
    ],
    [
      'a name that no tool has',
      assertion('not-empty'),
      `error ${at}: unknown assertion "not-empty". Expected one of ${assertionTypes.join(', ')}. Write \`length: {min: 1}\` for not-empty.`,
    ],
    [
      'another tool’s',
      assertion('javascript', { value: 'x' }),
      `warning ${at}: \`javascript\` is not supported yet: the case is not asked and stays undecided. Express it with another assertion, or remove it.`,
    ],
    [
      'another tool’s with weight 0',
      assertion('python', { value: 'x', weight: 0 }),
      `warning ${at}: \`python\` is not supported yet: it is shown as not measured. Express it with another assertion, or remove it.`,
    ],
    [
      'red-team',
      assertion('promptfoo:redteam:pii'),
      `warning ${at}: \`promptfoo:redteam:pii\` is not supported yet: the case is not asked and stays undecided. Express it with another assertion, or remove it.`,
    ],
    [
      'a file',
      assertion('is-json', { value: 'file://a.json' }),
      `warning ${at}: \`is-json\` with a file:// reference is not supported yet: the case is not asked and stays undecided. Express it with another assertion, or remove it.`,
    ],
    [
      'no value',
      assertion('contains'),
      `error ${at}: \`contains\`: value is missing. Expected a text. Add \`value\`.`,
    ],
    [
      'an empty value',
      assertion('not-contains', { value: '' }),
      `error ${at}: \`not-contains\`: value is empty, so that every answer would do. Expected a text. Correct \`value\`.`,
    ],
    [
      'a wrong type',
      assertion('contains', { value: { a: 1 } }),
      `error ${at}: \`contains\`: value is {"a":1}. Expected a text. Correct \`value\`.`,
    ],
    [
      'an empty list',
      assertion('contains-any', { value: [] }),
      `error ${at}: \`contains-any\`: value is empty, so that every answer would do. Expected a text. Correct \`value\`.`,
    ],
    [
      'a list of objects',
      assertion('contains-all', { value: [{}] }),
      `error ${at}: \`contains-all\`: value is [{}]. Expected a list of texts, or one text with commas. Correct \`value\`.`,
    ],
    [
      'a bad pattern',
      assertion('regex', { value: 'a(b' }),
      `error ${at}: \`regex\`: the regular expression "a(b" does not parse: missing closing ) at character 1 ("a(b"). Expected RE2 syntax, which is JavaScript’s without lookahead and back-references. Correct the pattern.`,
    ],
    [
      'a repeated repetition',
      assertion('regex', { value: 'ab**' }),
      `error ${at}: \`regex\`: the regular expression "ab**" does not parse: invalid nested repetition operator at character 3 ("**"). Expected RE2 syntax, which is JavaScript’s without lookahead and back-references. Correct the pattern.`,
    ],
    [
      'a lookahead',
      assertion('not-regex', { value: 'ab(?!c)' }),
      `error ${at}: \`not-regex\`: the regular expression "ab(?!c)" has a negative lookahead \`(?!\` at character 3, which is unsupported by the linear engine. Write it without, e.g. as two assertions (\`regex\` and \`not-regex\`).`,
    ],
    [
      'a back-reference',
      assertion('regex', { value: '(a)\\1' }),
      `error ${at}: \`regex\`: the regular expression "(a)\\1" has a back-reference \`\\1\` at character 4, which is unsupported by the linear engine. Write it without, e.g. as two assertions (\`regex\` and \`not-regex\`).`,
    ],
    [
      'a named back-reference',
      assertion('regex', { value: '(?<q>a)\\k<q>' }),
      `error ${at}: \`regex\`: the regular expression "(?<q>a)\\k<q>" has a back-reference \`\\k\` at character 8, which is unsupported by the linear engine. Write it without, e.g. as two assertions (\`regex\` and \`not-regex\`).`,
    ],
    [
      'slashes',
      assertion('regex', { value: '/ab/i' }),
      `warning ${at}: \`regex\`: the slashes of "/ab/i" are part of the pattern. Write (?i)ab.`,
    ],
    [
      'a bad schema',
      assertion('is-json', { value: { type: 'objekt' } }),
      `error ${at}: \`is-json\`: the schema's \`type\` is "objekt". Expected one of array, boolean, integer, null, number, object, string, or a list of them. Correct the schema.`,
    ],
    [
      'a schema that does not parse',
      assertion('is-json', { value: '{"a": ' }),
      `error ${at}: \`is-json\`: the schema in value does not parse: the file does not parse: Flow map must end with a }. Expected a JSON Schema as an object, or as YAML or JSON text. Correct \`value\`.`,
    ],
    [
      'a misspelt keyword',
      assertion('contains-json', { value: { requierd: ['a'] } }),
      `warning ${at}: \`contains-json\`: the schema's \`requierd\` is no keyword of JSON Schema and checks nothing. Did you mean "required"?`,
    ],
    [
      'no range',
      assertion('length', { value: 'long' }),
      `error ${at}: \`length\`: value is "long". Expected a whole number, or {min, max} with whole numbers. Correct \`value\`.`,
    ],
    [
      'a strange key of a range',
      assertion('word-count', { value: { maximum: 3 } }),
      `error ${at}: \`word-count\`: value has the unknown key "maximum". Expected min, max. Correct its name.`,
    ],
    [
      'a range upside down',
      assertion('length', { value: { min: 5, max: 2 } }),
      `error ${at}: \`length\`: value has min 5 above max 2. Correct \`value\`.`,
    ],
    [
      'no limit',
      assertion('latency'),
      `error ${at}: \`latency\`: threshold is missing. Expected a number of milliseconds. Add \`threshold\`.`,
    ],
    [
      'a negative limit',
      assertion('cost', { threshold: -1 }),
      `error ${at}: \`cost\`: threshold is -1. Expected a number of US dollars. Correct \`threshold\`.`,
    ],
    [
      'a similarity above 1',
      assertion('similar', { value: 'x', threshold: 75 }),
      `error ${at}: \`similar\`: threshold is 75. Expected a number from 0 to 1. Correct \`threshold\`.`,
    ],
    [
      'another embedder',
      assertion('similar', { value: 'x', provider: 'openai:embedding' }),
      `warning ${at}: \`similar\`: \`similar\` names the embedder "openai:embedding", which is not supported yet: the built-in one measures instead. Check its threshold: scores of different embedders can't be compared.`,
    ],
    [
      'a threshold without meaning',
      assertion('contains', { value: 'x', threshold: 0.5 }),
      `warning ${at}: \`contains\`: threshold has no meaning here and is not used. Remove \`threshold\`.`,
    ],
    [
      'a negative weight',
      assertion('contains', { value: 'x', weight: -1 }),
      `error ${at}: \`contains\`: weight is -1. Expected a number from 0 on (0 reports only). Correct \`weight\`.`,
    ],
    [
      'no rubric',
      assertion('llm-rubric'),
      `error ${at}: \`llm-rubric\`: value is missing. Expected a rubric: what a good answer does. Add \`value\`.`,
    ],
    [
      'a rubric prompt without the answer',
      assertion('llm-rubric', { value: 'r', rubricPrompt: 'By {{rubric}}' }),
      `error ${at}: \`llm-rubric\`: rubricPrompt never shows the answer to the judge. Expected \`{{output}}\` somewhere in it. Add \`{{output}}\`.`,
    ],
    [
      'choices without choices',
      assertion('llm-choices', { value: { prompt: '{{completion}}', choices: [] } }),
      `error ${at}: \`llm-choices\`: value.choices is []. Expected {systemPrompt, prompt, choices: [{choice, score}]}. Correct \`value\`.`,
    ],
    [
      'a choice without a score',
      assertion('llm-choices', { value: { prompt: '{{completion}}', choices: [{ choice: 'a' }] } }),
      `error ${at}: \`llm-choices\`: value.choices.0.score is missing. Expected {systemPrompt, prompt, choices: [{choice, score}]}. Correct \`value\`.`,
    ],
  ])('%s', (_name, one, line) => {
    expect(lines(one)).toEqual([line]);
  });

  test.each<[string, Assertion]>([
    ['a pattern that is still a template', assertion('regex', { value: '{{start}}(' })],
    ['a list with a template', assertion('contains-any', { value: ['{{a}}', 'b'] })],
    [
      'an own rubric prompt without a rubric',
      assertion('llm-rubric', { rubricPrompt: 'Grade {{ output }}' }),
    ],
    ['a limit as value', assertion('latency', { value: 5000 })],
    ['a schema as JSON text', assertion('is-json', { value: '{"type":"object","properties":{"a":{}}}' })],
    ['an empty text to equal', assertion('equals', { value: '' })],
    ['threshold 0', assertion('similar', { value: 'x', threshold: 0 })],
  ])('%s is fine', (_name, one) => {
    expect(lines(one)).toEqual([]);
  });

  test('a case’s threshold lies between 0 and 1', () => {
    const of = (threshold: number) => validateAssertions(caseOf([], { threshold })).map(formatFinding);
    expect(of(0)).toEqual([]);
    expect(of(80)).toEqual([
      "a.suite.yml:3:5: the case's threshold is 80. Expected a number from 0 to 1. Correct `threshold`.",
    ]);
  });

  test('cases that need what we can’t check are not asked, unless it decides nothing', () => {
    const javascript = assertion('javascript', { value: '1' });
    const testCase = caseOf([
      assertion('contains', { value: 'x' }),
      javascript,
      assertion('python', { weight: 0 }),
      assertion('g-eval', { severity: 'warn' }),
    ]);
    expect(unsupportedAssertions(testCase)).toEqual([javascript]);
  });
});

describe('the table', () => {
  test('says in one line what each kind means', () => {
    for (const { summary } of Object.values(kinds)) {
      expect(summary).toMatch(/^\S.{15,150}[^.]$/);
      expect(summary).not.toContain('\n');
    }
  });

  test('knows no name twice', () => {
    const others = [...recognised.types, ...Object.keys(recognised.instead)];
    expect(others.filter((name) => assertionTypes.includes(name))).toEqual([]);
    expect(new Set(others).size).toBe(others.length);
  });
});
