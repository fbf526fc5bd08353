import { describe, expect, test } from '@jest/globals';
import { formatFinding } from '../../src/model/errors.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { memoryTree } from './memory-tree.ts';

const read = async (text: string) => {
  const { suite, findings } = await readSuite(
    memoryTree({ 'prompts/sum.prompt.yml': text }),
    'prompts/sum.prompt.yml',
  );
  return { suite, messages: findings.map(formatFinding) };
};

const messages =
  'messages:\n  - role: system\n    content: Be brief.\n  - role: user\n    content: "Sum up: {{input}}"\n';
const data = 'testData:\n  - input: one\n    expected: uno\n  - {input: two, expected: dos}\n';
const check = 'evaluators:\n  - {name: c, string: {contains: "{{expected}}"}}\n';

describe('.prompt.yml', () => {
  test('is a suite by itself where it has test data', async () => {
    const { suite, messages: findings } = await read(
      `name: Summariser\ndescription: Sums up\nmodel: openai/gpt-5-mini\nmodelParameters: {maxTokens: 100, topP: 0.9, temperature: 0, seed: 1}\nresponseFormat: json_schema\njsonSchema: '{"name": "s", "strict": true, "schema": {"type": "object"}}'\n${messages}${data}${check}`,
    );
    expect(findings).toEqual([]);
    expect(suite).toMatchObject({
      name: 'sum',
      description: 'Sums up',
      providers: [],
      judge: null,
      repeat: 1,
    });
    expect(suite?.prompts).toMatchObject([
      {
        id: 'prompts/sum.prompt.yml',
        label: 'Summariser',
        syntax: 'literal',
        model: 'openai:gpt-5-mini',
        parameters: { max_tokens: 100, top_p: 0.9, temperature: 0, seed: 1 },
        responseFormat: {
          type: 'json_schema',
          json_schema: { name: 's', strict: true, schema: { type: 'object' } },
        },
        messages: [
          { role: 'system', content: 'Be brief.', place: { line: 9, column: 14 } },
          { role: 'user', content: 'Sum up: {{input}}', place: { line: 11, column: 15 } },
        ],
      },
    ]);
    expect(suite?.cases).toMatchObject([
      { id: 'case-1', vars: { input: 'one', expected: 'uno' }, place: { line: 13 } },
      { id: 'case-2', vars: { input: 'two', expected: 'dos' }, place: { line: 15 } },
    ]);
  });

  test('without test data it is a prompt, and no error', async () => {
    expect(await read(messages)).toEqual({ suite: null, messages: [] });
    expect(await read(`${messages}testData: []\nevaluators: []\n`)).toEqual({ suite: null, messages: [] });
  });

  test("lists are values of one row, and GitHub's texts are not templates of ours", async () => {
    const { suite } = await read(`${messages}testData: [{input: [a, b], other: "{{input}}"}]\n${check}`);
    expect(suite?.cases.map(({ vars }) => vars)).toEqual([{ input: ['a', 'b'], other: '{{input}}' }]);
  });

  test.each([
    ['string: {equals: Yes}', { type: 'equals', value: 'Yes', config: { trim: true } }],
    ['string: {equals: 5}', { type: 'equals', value: '5' }],
    ['string: {contains: "{{expected}}"}', { type: 'icontains', value: '{{expected}}', config: {} }],
    [
      'string: {startsWith: a}',
      { type: 'starts-with', value: 'a', config: { caseInsensitive: true, trim: true } },
    ],
    [
      'string: {endsWith: z}',
      { type: 'ends-with', value: 'z', config: { caseInsensitive: true, trim: true } },
    ],
    ['string: {endsWith: z, contains: c, equals: ""}', { type: 'icontains', value: 'c' }],
    ['string: {startsWith: s, equals: e}', { type: 'equals', value: 'e' }],
    ['uses: github/similarity', { type: 'github/similarity', value: undefined }],
    [
      'llm: {modelId: openai/gpt-4o, systemPrompt: S, prompt: "{{completion}}", choices: [{choice: "1", score: 0}, {choice: 5, score: 1.0}]}',
      {
        type: 'llm-choices',
        value: {
          systemPrompt: 'S',
          prompt: '{{completion}}',
          modelId: 'openai/gpt-4o',
          choices: [
            { choice: '1', score: 0 },
            { choice: '5', score: 1 },
          ],
        },
      },
    ],
  ])('%s', async (evaluator, assertion) => {
    const { suite } = await read(`${messages}${data}evaluators:\n  - {name: n, ${evaluator}}\n`);
    for (const { assertions } of suite?.cases ?? []) {
      expect(assertions).toHaveLength(1);
      expect(assertions[0]).toMatchObject({
        ...assertion,
        metric: 'n',
        negated: false,
        weight: 1,
        place: { line: 11 },
      });
    }
    expect(suite?.cases).toHaveLength(2);
  });

  test.each([
    ['gpt-4o-mini', 'openai:gpt-4o-mini'],
    ['mistral-ai/mistral-small', 'mistral-ai:mistral-small'],
    ['openai:gpt-5', 'openai:gpt-5'],
    ['Phi-4', 'Phi-4'],
  ])('the model %s reads as %s', async (model, id) => {
    const { suite } = await read(`model: ${model}\n${messages}${data}${check}`);
    expect(suite?.prompts[0]?.model).toBe(id);
  });

  test.each([
    ['messages: []', 'sum.prompt.yml:1:11: messages is []. Expected at least 1'],
    ['name: x', 'messages is missing'],
    [`${messages}evalautors: []`, '6:1: unknown key "evalautors"'],
    [`${messages}${data}evaluators: [{name: a, string: {}}]`, 'the evaluator "a" checks nothing'],
    [`${messages}${data}evaluators: [{name: a}]`, 'the evaluator "a" checks nothing'],
    [`${messages}${data}evaluators: [{llm: {prompt: x, choices: []}}]`, 'choices'],
    [`${messages}${data}responseFormat: jsn`, 'responseFormat is "jsn"'],
    [`${messages}${data}responseFormat: json_schema`, 'jsonSchema is missing'],
    [`${messages}${data}responseFormat: json_schema\njsonSchema: "{"`, 'jsonSchema is no JSON'],
    [
      `${messages}${data}responseFormat: json_schema\njsonSchema: "{}"`,
      'jsonSchema lacks "name" or "schema"',
    ],
    [`${messages}testData: [3]`, 'testData[0] is 3'],
    ['messages: [{role: user}]', 'the content of a message is missing'],
  ])('%# is one located error', async (text, message) => {
    const { suite, messages: findings } = await read(text);
    expect(suite).toBeNull();
    expect(findings.filter((finding) => !finding.includes('no assertion'))).toHaveLength(1);
    expect(findings.join('\n')).toContain(message);
    expect(findings[0]).toMatch(/^prompts\/sum\.prompt\.yml:\d+:\d+: /);
  });

  test('keys of nobody are kept and warned of', async () => {
    const { suite, messages: findings } = await read(`${messages}${data}${check}vendorExtension: 1\n`);
    expect(suite?.cases).toHaveLength(2);
    expect(findings).toEqual([
      'prompts/sum.prompt.yml:12:1: unknown key "vendorExtension". It has no effect here.',
    ]);
  });
});
