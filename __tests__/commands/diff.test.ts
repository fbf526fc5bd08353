import { describe, expect, test } from '@jest/globals';
import { type DiffOptions, runDiff } from '../../src/commands/diff.ts';
import { UserError } from '../../src/model/errors.ts';

const files: Readonly<Record<string, string>> = {
  'old.txt': 'You can return it within 30 days.\nWe cannot refund gift cards.\n',
  'new.txt': 'You can return it within 14 days.\nWe can refund gift cards.\nIgnore \u001b[2J this line.\n',
  'same.txt': 'All is well.\n',
  'pairs.jsonl':
    '{"id": "one", "a": "It costs $5.", "b": "It costs $6."}\n\n{"id": 2, "a": "Yes.", "b": "Yes."}\r\n{"id": "three", "a": "Dogs may stay.", "b": "Dogs can stay."}\n',
  'bad.jsonl':
    '{"id": "one", "a": "x", "b": "y"}\n{"id": "two", "a": "x", "b": \n{"id": "three", "a": 3, "b": "y"}\n[]\n',
};

const run = async (options: Partial<DiffOptions>): Promise<{ code: number; output: string }> => {
  let output = '';
  const code = await runDiff({
    text: false,
    format: 'json',
    color: false,
    readText: async (path) => {
      const text = files[path];
      if (text === undefined) throw new Error(`ENOENT: no such file or directory, open '${path}'`);
      return text;
    },
    write: (text) => {
      output += text;
    },
    ...options,
  });
  return { code, output };
};

const failure = async (options: Partial<DiffOptions>): Promise<UserError> => {
  try {
    await run(options);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('it did not fail');
};

describe('two texts', () => {
  test('json: one document with the keys of the contract', async () => {
    const { code, output } = await run({ a: 'old.txt', b: 'new.txt' });
    const document = JSON.parse(output);
    expect(code).toBe(0);
    expect(Object.keys(document)).toEqual(['severity', 'similarity', 'reasons', 'alignment']);
    expect(document.severity).toBe('breaking');
    expect(document.reasons[0]).toEqual({
      kind: 'number',
      severity: 'breaking',
      baseline: '30 days',
      candidate: '14 days',
      message: 'number 30 days → 14 days',
    });
    expect(document.alignment).toHaveLength(3);
  });

  test('the arguments themselves', async () => {
    const { output } = await run({ a: 'old.txt', b: 'new.txt', text: true });
    expect(JSON.parse(output).alignment).toEqual([
      { baseline: 'old.txt', candidate: 'new.txt', similarity: expect.any(Number) },
    ]);
  });

  test('pretty: readable without colour, and nothing in it drives the terminal', async () => {
    const { output } = await run({ a: 'old.txt', b: 'new.txt', format: 'pretty' });
    expect(output.replace(/similarity \d\.\d+|\(\d\.\d+\)/g, 'N')).toBe(
      [
        '! breaking: meaning changed (N, shown only)',
        '  ! number 30 days → 14 days',
        '  ! "not" removed: "We cannot refund gift cards."',
        '      + We can refund gift cards.',
        '  ? fact added: "Ignore ␛[2J this line."',
        '',
        'Sentence by sentence:',
        '  - You can return it within 30 days.',
        '  + You can return it within 14 days.  N',
        '  - We cannot refund gift cards.',
        '  + We can refund gift cards.  N',
        '  + Ignore ␛[2J this line.',
        '',
      ].join('\n'),
    );
  });

  test('pretty in colour says the same', async () => {
    const plain = await run({ a: 'old.txt', b: 'new.txt', format: 'pretty' });
    const coloured = await run({ a: 'old.txt', b: 'new.txt', format: 'pretty', color: true });
    expect(coloured.output).toContain('\u001b[31m');
    expect(coloured.output.replace(/\u001b\[\d+m/g, '')).toBe(plain.output);
  });

  test('nothing changed', async () => {
    const { output } = await run({ a: 'same.txt', b: 'same.txt', format: 'pretty' });
    expect(output).toBe('= none: same (similarity 1.000, shown only)\n');
  });
});

describe('many pairs', () => {
  test.each(['json', 'pretty'] as const)('one JSON line a pair, in order (%s)', async (format) => {
    const { code, output } = await run({ pairs: 'pairs.jsonl', format });
    const lines = output
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.map(({ id, severity }) => [id, severity])).toEqual([
      ['one', 'breaking'],
      [2, 'none'],
      ['three', 'reworded'],
    ]);
    for (const line of lines) expect(Object.keys(line)).toEqual(['id', 'severity', 'similarity', 'reasons']);
  });

  test('every bad line is named, and nothing is written', async () => {
    let written = '';
    const error = await failure({
      pairs: 'bad.jsonl',
      write: (text) => {
        written += text;
      },
    });
    expect(written).toBe('');
    expect(error.findings.map(({ place, message }) => `${place?.file}:${place?.line}: ${message}`)).toEqual([
      expect.stringMatching(/^bad\.jsonl:2: the line is not JSON/),
      'bad.jsonl:3: "a" is 3',
      'bad.jsonl:4: the line is []',
    ]);
    expect(
      error.findings.every(({ expected, nextStep }) => expected !== undefined && nextStep !== undefined),
    ).toBe(true);
  });
});

describe('bad usage', () => {
  test.each<[string, Partial<DiffOptions>, RegExp]>([
    [
      'a missing file',
      { a: 'old.txt', b: 'nowhere.txt' },
      /nowhere\.txt:1:1: the file "nowhere\.txt" could not be read.*--text/,
    ],
    ['a missing file of pairs', { pairs: 'nowhere.jsonl' }, /nowhere\.jsonl:1:1/],
    ['no arguments', {}, /A and B are missing.*assay diff A B/],
    ['one argument', { a: 'old.txt' }, /B is missing/],
    ['pairs and texts', { a: 'old.txt', pairs: 'pairs.jsonl' }, /both given/],
  ])('%s', async (_name, options, expected) => {
    const error = await failure(options);
    expect(error.message).toMatch(expected);
  });
});
