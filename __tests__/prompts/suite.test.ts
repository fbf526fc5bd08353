import { describe, expect, test } from '@jest/globals';
import { formatFinding } from '../../src/model/errors.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { memoryTree } from './memory-tree.ts';

type Files = Readonly<Record<string, string>>;

const read = async (text: string, files: Files = {}, path = 's.suite.yml') => {
  const { suite, findings } = await readSuite(
    memoryTree({ 'p.txt': 'Say {{ q }}', ...files, [path]: text }),
    path,
  );
  return { suite, cases: suite?.cases ?? [], messages: findings.map(formatFinding) };
};

describe('a suite', () => {
  test('in full', async () => {
    const { suite, messages } = await read(
      [
        'description: Refund questions',
        'prompts: [p.txt]',
        'providers:',
        '  - openai:gpt-5-mini',
        '  - {id: anthropic:claude-haiku-4-5, label: haiku, config: {max_tokens: 800}, price: {input: 1, output: 5}}',
        '  - openai:gpt-5: {config: {temperature: 0}}',
        'defaultTest:',
        '  vars: {lang: en, q: default}',
        '  threshold: 0.5',
        '  assert: [{type: latency, threshold: 5000}]',
        '  options: {provider: openai:gpt-5, rubricPrompt: "Judge {{ output }}"}',
        'evaluateOptions: {repeat: 3}',
        'tests:',
        '  - description: Asks for a refund!',
        '    vars: {q: I want my money back}',
        '    assert:',
        '      - {type: not-icontains, value: I cannot, weight: 2, metric: tone, severity: warn}',
        '      - {type: llm-rubric, value: offers the form, provider: {id: judge}}',
        '  - id: second',
        '    tags: refunds',
        '    owner: "@ada"',
        '    critical: true',
        '    severity: warn',
        '    repeat: 5',
        '    threshold: 0.8',
        '    expectFail: {reason: known bug, issue: 12, until: 2026-12-20}',
        '    prompts: [p.txt]',
        '    providers: [haiku]',
        '  - vars: {q: x}',
      ].join('\n'),
    );
    expect(messages).toEqual([]);
    expect(suite).toMatchObject({
      path: 's.suite.yml',
      name: 's',
      description: 'Refund questions',
      repeat: 3,
      files: ['s.suite.yml'],
      judge: { id: 'openai:gpt-5' },
      providers: [
        {
          id: 'openai:gpt-5-mini',
          label: 'openai:gpt-5-mini',
          config: {},
          price: null,
          place: { line: 4, column: 5 },
        },
        {
          id: 'anthropic:claude-haiku-4-5',
          label: 'haiku',
          config: { max_tokens: 800 },
          price: { input: 1, output: 5 },
        },
        { id: 'openai:gpt-5', label: 'openai:gpt-5', config: { temperature: 0 } },
      ],
    });
    const [first, second, third] = suite?.cases ?? [];
    expect(first).toMatchObject({
      id: 'asks-for-a-refund',
      description: 'Asks for a refund!',
      vars: { lang: 'en', q: 'I want my money back' },
      threshold: 0.5,
      place: { file: 's.suite.yml', line: 14, column: 5 },
      assertions: [
        {
          type: 'latency',
          negated: false,
          threshold: 5000,
          weight: 1,
          severity: 'block',
          place: { line: 10 },
        },
        {
          type: 'icontains',
          negated: true,
          value: 'I cannot',
          weight: 2,
          metric: 'tone',
          severity: 'warn',
          place: { line: 17, column: 9 },
        },
        { type: 'llm-rubric', provider: 'judge', rubricPrompt: 'Judge {{ output }}' },
      ],
    });
    expect(second).toMatchObject({
      id: 'second',
      description: 'second',
      vars: { lang: 'en', q: 'default' },
      tags: ['refunds'],
      owner: '@ada',
      critical: true,
      severity: 'warn',
      repeat: 5,
      threshold: 0.8,
      expectFail: { reason: 'known bug', issue: '12', until: '2026-12-20' },
      prompts: ['p.txt'],
      providers: ['haiku'],
    });
    expect(third?.id).toBe('case-3');
  });

  test('lists of strings are several cases; other lists are one value', async () => {
    const { cases } = await read(
      'prompts: [p.txt]\ntests:\n  - {description: "in {{ lang }}", vars: {lang: [en, de], q: [a, b], n: [1, 2], o: [{x: 1}]}, assert: [{type: contains, value: x}]}\n  - {id: whole, vars: {q: [a, b]}, options: {disableVarExpansion: true}, assert: [{type: contains, value: x}]}\n  - {id: two, vars: {q: [a, b]}, assert: [{type: contains, value: x}]}',
    );
    expect(cases.map(({ id, vars }) => [id, vars['lang'], vars['q']])).toEqual([
      ['in-en', 'en', 'a'],
      ['in-en-2', 'en', 'b'],
      ['in-de', 'de', 'a'],
      ['in-de-2', 'de', 'b'],
      ['whole', undefined, ['a', 'b']],
      ['two', undefined, 'a'],
      ['two-2', undefined, 'b'],
    ]);
    expect(cases[0]?.vars).toMatchObject({ n: [1, 2], o: [{ x: 1 }] });
  });

  test('variables from files, and variables that use others', async () => {
    const { suite, cases, messages } = await read(
      'prompts: [p.txt]\ntests:\n  - {vars: {q: "{{ greeting }}, {{ name }}", greeting: "Hi {{ name }}", name: Bo, attack: "{{ 7 * 7 }}{{ secret }}", doc: file://d/a.txt, data: file://d/x.yaml}, assert: [{type: contains, value: x}]}\n  - {vars: {q: "file://d/*.txt"}, assert: [{type: contains, value: x}]}\n  - {vars: file://v.yaml, assert: [{type: is-json, value: file://d/x.yaml}, {type: contains, value: file://d/a.txt}, {type: javascript, value: file://d/c.js}]}',
      { 'd/a.txt': ' A text\n', 'd/b.txt': 'B', 'd/x.yaml': 'k: [1]', 'v.yaml': 'q: from file' },
    );
    expect(messages).toEqual([]);
    expect(cases.map(({ vars }) => vars)).toEqual([
      {
        q: 'Hi Bo, Bo',
        greeting: 'Hi Bo',
        name: 'Bo',
        attack: '{{ 7 * 7 }}{{ secret }}',
        doc: 'A text',
        data: '{"k":[1]}',
      },
      { q: 'A text' },
      { q: 'B' },
      { q: 'from file' },
    ]);
    expect(cases[3]?.assertions.map(({ value }) => value)).toEqual([{ k: [1] }, 'A text', 'file://d/c.js']);
    expect(suite?.files).toEqual(['s.suite.yml', 'd/a.txt', 'd/x.yaml', 'd/b.txt', 'v.yaml']);
  });

  test('ids: own, slug, number; collisions are counted', async () => {
    const { cases } = await read(
      'prompts: [p.txt]\ntests: [{description: A b}, {description: "a, B"}, {id: a-b-2}, {}, {id: 7}, {description: "¿Qué?"}, {description: "退款"}, {description: "!!!"}]',
    );
    expect(cases.map(({ id }) => id)).toEqual([
      'a-b',
      'a-b-3',
      'a-b-2',
      'case-4',
      '7',
      'qué',
      '退款',
      'case-8',
    ]);
  });

  test('defaultTest in a file, and its assertions skipped', async () => {
    const { cases, suite } = await read(
      'prompts: [p.txt]\ndefaultTest: file://d.yaml\ntests: [{vars: {q: x}}, {options: {disableDefaultAsserts: true}, assert: [{type: contains, value: y}]}]',
      { 'd.yaml': 'assert:\n  - {type: contains, value: d}\n' },
    );
    expect(
      cases.map(({ assertions }) =>
        assertions.map(({ value, place }) => `${value} ${place.file}:${place.line}`),
      ),
    ).toEqual([['d d.yaml:2'], ['y s.suite.yml:3']]);
    expect(suite?.files).toEqual(['s.suite.yml', 'd.yaml']);
  });

  test('two providers of one id are two columns', async () => {
    const { suite } = await read(
      'prompts: [p.txt]\nproviders: [a, {id: a, config: {temperature: 1}}, {id: b, label: a}]\ntests: [{}]',
    );
    expect(suite?.providers.map(({ id, label }) => [id, label])).toEqual([
      ['a', 'a'],
      ['a', 'a (2)'],
      ['b', 'a (3)'],
    ]);
  });

  test('references inside the file', async () => {
    const { cases, messages } = await read(
      'prompts: [p.txt]\nassertionTemplates: {polite: {type: icontains, value: please}}\ntests: [{assert: [{$ref: "#/assertionTemplates/polite"}]}]',
    );
    expect(messages).toEqual([]);
    expect(cases[0]?.assertions[0]).toMatchObject({ type: 'icontains', value: 'please' });
  });

  test('reads as JSON and under any name', async () => {
    const text =
      '{"prompts": ["p.txt"], "targets": ["echo"], "tests": [{"assert": [{"type": "contains", "value": "x"}]}]}';
    for (const path of ['promptfooconfig.json', 'evals/x.yaml']) {
      const { suite, messages } = await read(text, { 'evals/p.txt': 'x' }, path);
      expect(messages).toEqual([]);
      expect(suite?.providers[0]?.id).toBe('echo');
    }
  });

  test('a case without an assertion is said once', async () => {
    const { suite, messages } = await read('prompts: [p.txt]\ntests: [{vars: {q: a}}, {vars: {q: b}}]');
    expect(suite?.cases).toHaveLength(2);
    expect(messages).toEqual([
      's.suite.yml:2:9: 2 cases have no assertion, so that any answer passes. Add an assertion.',
    ]);
  });

  const wrong: readonly (readonly [name: string, text: string, messages: string[]])[] = [
    ['an empty file', '', ['s.suite.yml:1:1: the file is empty. Expected `prompts` and `tests`.']],
    ['a list', '- a', ['s.suite.yml:1:1: the file is no map.']],
    ['no cases', 'prompts: [p.txt]', ['s.suite.yml:1:1: the suite has no case.']],
    ['an empty list of cases', 'prompts: [p.txt]\ntests: []', ['s.suite.yml:2:8: the suite has no case.']],
    [
      'a typo at the top',
      'prompts: [p.txt]\ntets: []',
      [
        's.suite.yml:2:1: unknown key "tets".',
        'Did you mean "tests"?',
        's.suite.yml:1:1: the suite has no case.',
      ],
    ],
    [
      'a typo in a test',
      'prompts: [p.txt]\ntests:\n  - {vars: {q: x}, asert: []}',
      ['s.suite.yml:3:20: unknown key "asert" in tests[0].', 'Did you mean "assert"?'],
    ],
    [
      'a typo in an assertion',
      'prompts: [p.txt]\ntests:\n  - assert: [{type: contains, vaule: x}]',
      ['s.suite.yml:3:31: unknown key "vaule" in tests[0].assert[0].', 'Did you mean "value"?'],
    ],
    [
      'wrong types',
      'prompts: [p.txt]\ntests:\n  - {threshold: high, repeat: 0, tags: 3, severity: worn}',
      [
        '3:17: tests[0].threshold is "high"',
        '3:31: tests[0].repeat is 0. Expected at least 1.',
        '3:40: tests[0].tags is 3',
        '3:53: tests[0].severity is "worn". Expected one of block, warn. Did you mean "warn"?',
      ],
    ],
    [
      'an assertion that is a text',
      'prompts: [p.txt]\ntests: [{assert: [contains]}]',
      ['s.suite.yml:2:19: an assertion is "contains". Expected an object such as'],
    ],
    [
      'assert that is no list',
      'prompts: [p.txt]\ntests: [{assert: {type: contains}}]',
      ['s.suite.yml:2:18: assert is no list'],
    ],
    [
      'an assertion without a type',
      'prompts: [p.txt]\ntests: [{assert: [{value: x}]}]',
      ['s.suite.yml:2:19: tests[0].assert[0].type is missing'],
    ],
    ['a test that is a number', 'prompts: [p.txt]\ntests: [3]', ['s.suite.yml:2:9: a test is 3']],
    [
      'one id twice',
      'prompts: [p.txt]\ntests:\n  - {id: a}\n  - {id: b}\n  - {id: a}',
      ['s.suite.yml:5:10: the case id "a" stands twice; first at s.suite.yml:3:10.'],
    ],
    [
      'a missing file of tests',
      'prompts: [p.txt]\ntests: [t.csv]',
      ['s.suite.yml:2:9: the file "t.csv" does not exist'],
    ],
    [
      'a missing file of a variable',
      'prompts: [p.txt]\ntests: [{vars: {q: file://q.txt}}]',
      ['s.suite.yml:2:20: the file "q.txt" does not exist'],
    ],
    [
      'a file outside',
      'prompts: [p.txt]\ntests: [{vars: {q: file:///etc/passwd}, assert: [{type: contains, value: file://../x.txt}]}]',
      ['2:20: the path is absolute', '2:74: the path leaves the repository'],
    ],
    [
      'an unknown prompt in a case',
      'prompts: [p.txt]\ntests: [{id: c, prompts: [q.txt]}]',
      [
        's.suite.yml:2:9: the case "c" names the prompt "q.txt", which the suite lacks. Expected one of p.txt. Did you mean p.txt?',
      ],
    ],
    [
      'providers twice',
      'prompts: [p.txt]\nproviders: [a]\ntargets: [b]\ntests: [{}]',
      ['3:1: providers and targets are the same key'],
    ],
    [
      'a provider that is nothing',
      'prompts: [p.txt]\nproviders: [3, {label: x}, {id: a, confg: {}}]\ntests: [{}]',
      ['2:13: a provider is 3', '2:16: the provider has no id', '2:36: unknown key "confg" in providers[2].'],
    ],
    [
      'a template in an assertion',
      'prompts: [p.txt]\ntests: [{assert: [{type: contains, value: "{{ 1 + }}"}]}]',
      ['s.suite.yml:2:43: `{{ 1 + }}` does not parse'],
    ],
    [
      'too many cases',
      `prompts: [p.txt]\ntests: [{vars: {${['a', 'b', 'c', 'd', 'e'].map((name) => `${name}: [${Array(10).fill('x').join(',')}]`).join(', ')}}}]`,
      ['the suite has more than 20000 cases'],
    ],
    ['YAML that does not parse', 'prompts: [p.txt\ntests: x', ['s.suite.yml:2:']],
    [
      'an expectation without a reason',
      'prompts: [p.txt]\ntests: [{expectFail: {until: soon}}]',
      ['tests[0].expectFail.reason is missing', 'tests[0].expectFail.until is "soon"'],
    ],
  ];
  test.each(wrong)('%s', async (_name, text, expected) => {
    const { suite, messages } = await read(text);
    expect(suite).toBeNull();
    for (const part of expected) expect(messages.join('\n')).toContain(part);
    expect(messages.filter((message) => !message.includes('no assertion')).length).toBeLessThanOrEqual(
      expected.length,
    );
  });

  test('all errors are collected', async () => {
    const { messages } = await read(
      'prompts: [missing.txt]\nproviders: [1]\ntests: [{asert: []}, {id: a}, {id: a}, t.csv]\nx: 1',
    );
    expect(messages.filter((message) => !message.includes('no assertion'))).toHaveLength(6);
  });
});

describe('what is recognised and not supported', () => {
  const suite = (top: string, testCase = '') =>
    `prompts: [p.txt]\n${top}\ntests:\n  - {id: kept, vars: {q: x}, assert: [{type: contains, value: y}]}\n  - {id: other, vars: {q: x}, assert: [{type: contains, value: y}]${testCase}}\n`;

  test.each([
    ['scenarios: []', 'scenarios', 2],
    ['redteam: {plugins: []}', 'redteam', 2],
    ['derivedMetrics: []', 'derivedMetrics', 2],
    ['extensions: [file://x.js:f]', 'extensions', 2],
    ['outputPath: out.json', 'outputPath', 2],
    ['evaluateOptions: {maxConcurrency: 4}', 'evaluateOptions.maxConcurrency', 2],
    ['nunjucksFilters: {x: x.js}', 'nunjucksFilters', 2],
    ['defaultTest: {metadata: {a: 1}}', 'metadata', 2],
    ['providers: [{id: a, delay: 5}]', 'provider.delay', 2],
    ['providers: [a, {id: b, transform: x}]', 'provider.transform', 2],
    ['providers: [{id: a, config: {apiKey: "{{ env.SECRET }}"}}]', '{{env.…}} in a provider', 2],
  ])('%s is listed', async (top, name, count) => {
    const { cases, messages } = await read(suite(top));
    expect(cases).toHaveLength(count);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^s\.suite\.yml:2:\d+: /);
    expect(messages[0]).toContain(`\`${name}\` is recognised, but not supported.`);
  });

  test.each([
    ['turns: [{user: Hi}]', 'turns'],
    ['simulatedUser: {}', 'simulatedUser'],
    ['provider: openai:gpt-5', 'provider'],
    ['assertScoringFunction: file://x.js', 'assertScoringFunction'],
    ['options: {transform: output.trim()}', 'options.transform'],
    ['options: {prefix: "Be kind. "}', 'options.prefix'],
    ['options: {temperature: 0}', 'options.temperature'],
    ['providerOutput: canned', 'providerOutput'],
  ])('a case with %s is left out', async (entry, name) => {
    const { cases, messages } = await read(suite('description: x', `, ${entry}`));
    expect(cases.map(({ id }) => id)).toEqual(['kept']);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`\`${name}\` is recognised, but not supported. The case is left out`);
  });

  test.each([
    ['assert: [{type: contains, value: y, transform: output}]', 'assertion.transform'],
    ['vars: {q: file://x.py}', 'values from .py files'],
  ])('a case with %s is left out too', async (entry, name) => {
    const { cases, messages } = await read(
      `prompts: [p.txt]\ntests: [{id: kept, assert: [{type: contains, value: y}]}, {${entry}}]`,
    );
    expect(cases.map(({ id }) => id)).toEqual(['kept']);
    expect(messages.join()).toContain(`\`${name}\``);
  });

  test('with nothing left it is an error, and it is listed once', async () => {
    const { suite: nothing, messages } = await read(
      'prompts: [p.txt]\ndefaultTest: {options: {transform: x}}\ntests: [{vars: {q: a}}, {options: {transform: y}}]',
    );
    expect(nothing).toBeNull();
    expect(messages).toEqual([
      's.suite.yml:3:8: none of the cases can be run. Expected `tests`: a list of cases, or files of them. See the warnings for what is not supported.',
      's.suite.yml:2:25: `options.transform` is recognised, but not supported. 2 cases are left out, since without it they would mean something else.',
    ]);
  });

  test.each([
    'tests.js',
    'tests.py:make',
    'https://docs.google.com/x',
    'huggingface://datasets/x',
    'a.xlsx',
  ])('tests from %s', async (reference) => {
    const { suite: nothing, messages } = await read(`prompts: [p.txt]\ntests: "${reference}"`);
    expect(nothing).toBeNull();
    expect(messages.join('\n')).toContain('is recognised, but not supported. Its cases are left out');
    const { cases } = await read(
      `prompts: [p.txt]\ntests: ["${reference}", {id: kept, assert: [{type: contains, value: x}]}]`,
    );
    expect(cases.map(({ id }) => id)).toEqual(['kept']);
  });

  test('an assert-set stays, so that its case is not asked', async () => {
    const { cases } = await read(
      'prompts: [p.txt]\ntests: [{assert: [{type: assert-set, threshold: 0.5, assert: [{type: contains, value: x}]}]}]',
    );
    expect(cases[0]?.assertions[0]).toMatchObject({
      type: 'assert-set',
      threshold: 0.5,
      value: [{ type: 'contains', value: 'x' }],
    });
  });

  test('no provider left is an error, never somebody else', async () => {
    const { suite: nothing, messages } = await read(suite('providers: [{id: a, transform: x}]'));
    expect(nothing).toBeNull();
    expect(messages.join('\n')).toContain('s.suite.yml:2:12: none of the providers can be used');
  });
});
