import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/model/errors.ts';
import { renderPrompt, variableFindings } from '../../src/prompts/render.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { memoryTree } from './memory-tree.ts';

const key = fc.constantFrom(
  'prompts',
  'tests',
  'vars',
  'assert',
  'type',
  'value',
  'id',
  'label',
  'raw',
  'messages',
  'role',
  'content',
  'options',
  'provider',
  'providers',
  'defaultTest',
  'threshold',
  'evaluateOptions',
  'repeat',
  'testData',
  'evaluators',
  'string',
  'equals',
  'llm',
  'uses',
  'description',
  'config',
  '$ref',
  '__expected',
  '__proto__',
  'constructor',
  'x',
);
const word = fc.constantFrom(
  'p.txt',
  't.csv',
  't.jsonl',
  'file://p.txt',
  'file://v.yaml',
  '../../x',
  '*',
  '**/*.txt',
  '{{ q }}',
  '{{ 1 + }}',
  '{% if x %}',
  'contains',
  'not-',
  'user',
  'system',
  '#/tests/0',
  'exec:x',
  '',
  'a',
  '\0',
  'openai:x',
  '[{"role":"user","content":"x"}]',
  '- role: user',
);
const { tree: anything } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.oneof(word, fc.constantFrom(0, 1, -1, 0.5, 1e21, null, true, false)),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
  ),
}));
const part = fc.constantFrom(
  'a',
  ',',
  '"',
  '\n',
  '__expected',
  'q',
  '{',
  '}',
  ':',
  '[',
  ']',
  '{"vars": {"q": "x"}}',
  '---\n',
  ' ',
  'contains:x',
  '\r\n',
);
const text = fc.oneof(
  fc.array(part, { maxLength: 30 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary' }),
);

/** Suites that are right but for a slip here and there. */
const value = fc.oneof(
  word,
  fc.integer(),
  fc.boolean(),
  fc.array(word, { maxLength: 3 }),
  fc.dictionary(fc.constantFrom('k', 'l'), word),
);
const assertion = fc.record(
  {
    type: fc.constantFrom('contains', 'not-icontains', 'llm-rubric', 'is-json'),
    value,
    threshold: fc.double({ min: 0, max: 1, noNaN: true }),
    weight: fc.nat(3),
    metric: fc.constant('m'),
  },
  { requiredKeys: ['type'] },
);
const testItem = fc.record(
  {
    description: fc.constantFrom('One', 'one!', 'in {{ q }}', ''),
    id: fc.constantFrom('a', 'b', 7),
    vars: fc.dictionary(fc.constantFrom('q', 'lang', '__proto__'), value, { maxKeys: 3 }),
    assert: fc.array(assertion, { maxLength: 2 }),
    threshold: fc.constantFrom(0, 0.5),
    tags: fc.constantFrom('t', ['t', 'u']),
    options: fc.constantFrom({}, { disableVarExpansion: true }, { transform: 'x' }),
  },
  { requiredKeys: [] },
);
const nearlyRight = fc.record(
  {
    prompts: fc.array(
      fc.constantFrom(
        'Say {{ q }}',
        'p.txt',
        '{{ q | dump }} {% for x in lang %}{{ x }}{% endfor %}',
        '- role: user\n  content: "{{ q }}"',
      ),
      { minLength: 1, maxLength: 3 },
    ),
    tests: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: testItem },
        { weight: 1, arbitrary: fc.constantFrom('t.csv', 't.jsonl') },
        { weight: 1, arbitrary: anything },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    defaultTest: testItem,
    providers: fc.array(word, { maxLength: 2 }),
    evaluateOptions: fc.constant({ repeat: 2 }),
  },
  { requiredKeys: ['prompts', 'tests'] },
);
const githubRight = fc.record(
  {
    messages: fc.constant([{ role: 'user', content: 'Say {{q}} {{ q }}' }]),
    testData: fc.array(fc.dictionary(fc.constantFrom('q', 'expected', '__proto__'), value, { maxKeys: 3 }), {
      maxLength: 3,
    }),
    evaluators: fc.array(
      fc.oneof(
        fc.record({ name: word, string: fc.record({ equals: word, contains: word }, { requiredKeys: [] }) }),
        anything,
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['messages', 'testData'] },
);
const json = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  arbitrary.map((data) => JSON.stringify(data) ?? '');

const anySuite = fc.record(
  { prompts: anything, tests: anything, defaultTest: anything, providers: anything },
  { requiredKeys: ['prompts', 'tests'] },
);
const suiteText = fc.oneof(json(nearlyRight), json(githubRight), json(anySuite), json(anything), text);

describe('readSuite', () => {
  test('whatever the files hold: a suite, or located errors', async () => {
    const paths = fc.constantFrom(
      's.suite.yml',
      'promptfooconfig.yaml',
      'promptfooconfig.json',
      's.prompt.yml',
    );
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(paths, suiteText, text, text, text, async (path, suiteFile, csv, jsonl, prompt) => {
        const tree = memoryTree({
          [path]: suiteFile,
          't.csv': csv,
          't.jsonl': jsonl,
          'p.txt': prompt,
          'v.yaml': csv,
        });
        const { suite, findings } = await readSuite(tree, path);
        const errors = findings.filter(({ severity }) => severity === 'error');
        for (const { place, message } of findings) {
          expect(place?.line).toBeGreaterThan(0);
          expect(place?.column).toBeGreaterThan(0);
          expect(message).not.toContain('undefined');
        }
        if (suite === null) {
          if (!path.endsWith('.prompt.yml')) expect(errors.length).toBeGreaterThan(0);
          return;
        }
        valid++;
        expect(errors).toEqual([]);
        expect(suite.cases.length).toBeGreaterThan(0);
        expect(new Set(suite.cases.map(({ id }) => id)).size).toBe(suite.cases.length);
        expect(new Set(suite.prompts.map(({ id }) => id)).size).toBe(suite.prompts.length);
        for (const one of suite.prompts.slice(0, 3)) {
          for (const testCase of suite.cases.slice(0, 3)) {
            variableFindings(one, testCase);
            try {
              renderPrompt(one, testCase.vars);
            } catch (error) {
              expect(error).toBeInstanceOf(UserError);
            }
          }
        }
      }),
      { numRuns: process.env['ASSAY_NIGHTLY'] === undefined ? 1_500 : 100_000 },
    );
    // A fuzz that never gets past the front door finds nothing.
    expect(valid).toBeGreaterThan(50);
  }, 900_000);

  test('reading twice gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(suiteText, text, async (suiteFile, csv) => {
        const tree = memoryTree({ 's.suite.yml': suiteFile, 't.csv': csv, 'p.txt': 'x' });
        expect(await readSuite(tree, 's.suite.yml')).toEqual(await readSuite(tree, 's.suite.yml'));
      }),
      { numRuns: 200 },
    );
  });
});
