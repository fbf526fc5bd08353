import { describe, expect, test } from '@jest/globals';
import { formatFinding } from '../../src/model/errors.ts';
import { parseCell, splitList } from '../../src/prompts/csv-assertion.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { memoryTree } from './memory-tree.ts';

const read = async (name: string, text: string, tests = `[${name}]`) => {
  const files = { 's.suite.yml': `prompts: ["{{ q }}"]\ntests: ${tests}`, [name]: text };
  const { suite, findings } = await readSuite(memoryTree(files), 's.suite.yml');
  const messages = findings.map(formatFinding).filter((message) => !message.includes('no assertion'));
  return { cases: suite?.cases ?? [], files: suite?.files ?? [], messages };
};

describe('CSV', () => {
  test('columns, assertions and the line where each row begins', async () => {
    const text = [
      'q,lang,__expected,__expected2,__description,__metric,__threshold,__metadata:x',
      'one,en,hello,,first,m,,z',
      '',
      '"two',
      'lines, and ""quotes""",de,"contains-any:a,b c","similar(0.9):x y",second,,0.5,',
      'three,fr,not-icontains: no ,is-json,,,,',
    ].join('\r\n');
    const { cases, messages, files } = await read('t.csv', `\uFEFF${text}\r\n`);
    expect(messages).toEqual([]);
    expect(files).toEqual(['s.suite.yml', 't.csv']);
    expect(cases.map(({ id, vars, threshold, place }) => [id, vars, threshold, place.line])).toEqual([
      ['first', { q: 'one', lang: 'en' }, null, 2],
      ['second', { q: 'two\nlines, and "quotes"', lang: 'de' }, 0.5, 4],
      ['case-3', { q: 'three', lang: 'fr' }, null, 6],
    ]);
    expect(
      cases.map(({ assertions }) =>
        assertions.map(({ type, negated, value, threshold, metric, place }) => [
          type,
          negated,
          value,
          threshold,
          metric,
          place.line,
        ]),
      ),
    ).toEqual([
      [['equals', false, 'hello', null, 'm', 2]],
      [
        ['contains-any', false, ['a', 'b c'], null, null, 4],
        ['similar', false, 'x y', 0.9, null, 4],
      ],
      [
        ['icontains', true, 'no', null, null, 6],
        ['is-json', false, undefined, null, null, 6],
      ],
    ]);
  });

  test.each([
    ['q,__expected\n"a,b\n', 't.csv:2:1: the file is no CSV'],
    ['q,__expected\na,b,c\n', 't.csv:2:1: the row has 3 cells, the header 2'],
    ['q,q\na,b\n', 't.csv:1:1: the column "q" stands twice'],
    ['q,__threshold\na,high\n', 't.csv:2:1: __threshold is "high". Expected a number'],
    ['q\n', 't.csv:1:1: the file holds no test'],
    ['', 't.csv:1:1: the file holds no test'],
  ])('%j is a located error', async (text, message) => {
    const { messages } = await read('t.csv', text);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
  });

  test('warns of what only looks like an assertion, and leaves out what it cannot do', async () => {
    const { cases, messages } = await read(
      't.csv',
      'q,__expected,__prefix,__foo\na,contians: x,,\nb,y,Be kind: ,z\n',
    );
    expect(cases.map(({ vars }) => vars['q'])).toEqual(['a']);
    expect(messages.join('\n')).toContain(
      't.csv:2:1: "contians: x" is no known assertion, so that it means "equals". Did you mean "contains"?',
    );
    expect(messages.join('\n')).toContain(
      't.csv:3:1: `__prefix` is recognised, but not supported. The case is left out',
    );
    expect(messages.join('\n')).toContain('`__foo` is recognised');
  });

  test('a cell may name a file of the repository, and no other', async () => {
    const { cases } = await read('t.csv', 'q\nfile://t.csv\n');
    expect(cases[0]?.vars).toEqual({ q: 'q\nfile://t.csv' });
    const { messages } = await read('t.csv', 'q\nfile:///etc/passwd\n');
    expect(messages[0]).toContain('t.csv:2:1: the path is absolute');
  });

  test('a threshold of its own for one assertion', async () => {
    const { cases } = await read('t.csv', 'q,__expected1,__config:__expected1:threshold\na,similar:b,0.3\n');
    expect(cases[0]?.assertions[0]).toMatchObject({ type: 'similar', value: 'b', threshold: 0.3 });
  });
});

describe('cells', () => {
  test.each([
    ['hello', 'equals', 'hello', null],
    ['contains:a: b', 'contains', 'a: b', null],
    ['not-contains:a', 'not-contains', 'a', null],
    ['similar:x', 'similar', 'x', 0.8],
    ['similar(0.65):x', 'similar', 'x', 0.65],
    ['levenshtein(5): x', 'levenshtein', 'x', 5],
    ['latency(200)', 'latency', undefined, 200],
    ['is-json', 'is-json', undefined, null],
    ['icontains-all:a, "b, c" ,d', 'icontains-all', ['a', 'b, c', 'd'], null],
    ['grade: is kind', 'llm-rubric', 'is kind', null],
    ['fn: output.length > 3', 'javascript', 'output.length > 3', null],
    ['https://example.org/x', 'equals', 'https://example.org/x', null],
    ['cost', 'cost', undefined, null],
    ['Note: this is text', 'equals', 'Note: this is text', null],
    ['', 'equals', '', null],
  ])('%s', (cell, type, value, threshold) => {
    expect(parseCell(cell)).toEqual({ type, value, threshold, meant: null });
  });

  test.each([
    ['a,b', ['a', 'b']],
    [' "x ""y""" , , z', ['x "y"', 'z']],
    ['', []],
  ])('splitList %j', (text, items) => {
    expect(splitList(text)).toEqual(items);
  });
});

describe('JSON, JSONL and YAML', () => {
  const one = '{"description": "D", "vars": {"q": "a"}, "assert": [{"type": "contains", "value": "x"}]}';
  const row = '{"q": "b", "__expected": "contains:y"}';

  test.each([
    ['t.json', `[\n${one},\n${row}\n]`, [2, 3]],
    ['t.jsonl', `${one}\n\n${row}\n`, [1, 3]],
    [
      't.yaml',
      '- description: D\n  vars: {q: a}\n  assert:\n    - {type: contains, value: x}\n- {q: b, __expected: "contains:y"}\n',
      [1, 5],
    ],
    ['one.yml', `${one}\n`, [1]],
  ])('%s', async (name, text, lines) => {
    const { cases, messages } = await read(name, text);
    expect(messages).toEqual([]);
    expect(cases.map(({ place }) => [place.file, place.line])).toEqual(lines.map((line) => [name, line]));
    expect(cases.map(({ vars }) => vars['q'])).toEqual(['a', 'b'].slice(0, lines.length));
    expect(cases.map(({ assertions }) => assertions[0]?.value)).toEqual(['x', 'y'].slice(0, lines.length));
  });

  test.each([
    ['t.jsonl', `${one}\n{"vars": \n`, 't.jsonl:2:1: the line is no JSON'],
    ['t.jsonl', `${one}\n{"vras": {}}\n`, 't.jsonl:2:1: unknown key "vras"'],
    [
      't.jsonl',
      `{"id": "a"}\n{"id": "b"}\n{"id": "a"}\n`,
      't.jsonl:3:1: the case id "a" stands twice; first at t.jsonl:1:1',
    ],
    ['t.yaml', '- vars: {q: a}\n  asert: []\n', 't.yaml:2:3: unknown key "asert" in [0]'],
    ['t.json', '[{"vars": {"q": 1}]', 't.json:1:'],
    ['t.json', '[]', 't.json:1:1: the file holds no test'],
    ['t.json', '[7]', 't.json:1:2: a test is 7'],
  ])('%s: %j is one located error', async (name, text, message) => {
    const { messages } = await read(name, text);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
  });

  test('a glob of files, in order, and one file by itself', async () => {
    const { cases } = await read('t/a.jsonl', `${one}\n`, '["t/*.jsonl", {vars: {q: last}}]');
    expect(cases.map(({ vars }) => vars['q'])).toEqual(['a', 'last']);
    expect((await read('t.csv', 'q\nx\n', 't.csv')).cases).toHaveLength(1);
  });
});
