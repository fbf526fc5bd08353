import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJsonElements } from '../../src/prompts/json-elements.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { memoryTree } from './memory-tree.ts';

describe('elements of a JSON list', () => {
  test('each has the place where it begins', () => {
    const text = '[ {"a": "}],[\\"\\n"},\n  [1, [2]], "x, y",\n\n3]\n';
    expect(readJsonElements('t.json', text)).toEqual([
      { value: { a: '}],["\n' }, place: { file: 't.json', line: 1, column: 3 } },
      { value: [1, [2]], place: { file: 't.json', line: 2, column: 3 } },
      { value: 'x, y', place: { file: 't.json', line: 2, column: 13 } },
      { value: 3, place: { file: 't.json', line: 4, column: 1 } },
    ]);
  });

  test.each(['{}', '[1,', '', '"[1]"'])('%j is no list', (text) => {
    expect(readJsonElements('t.json', text)).toBeNull();
  });

  test('one place for every element, in order, whatever the list holds', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom(0, 2), (list, indent) => {
        const elements = readJsonElements('t.json', JSON.stringify(list, null, indent)) ?? [];
        expect(elements.map(({ value }) => value)).toEqual(JSON.parse(JSON.stringify(list)));
        const at = elements.map(({ place }) => place.line * 1e6 + place.column);
        expect(at).toEqual(at.toSorted((a, b) => a - b));
        expect(new Set(at).size).toBe(list.length);
      }),
    );
  });
});

test('a large generated list is read with the lines of its tests', async () => {
  const tests = Array.from({ length: 2000 }, (_, index) => ({
    vars: { question: `number ${index}`, filler: 'x'.repeat(30) },
  }));
  const { suite, findings } = await readSuite(
    memoryTree({
      'a.suite.yml': 'prompts: ["{{question}} {{filler}}"]\nproviders: [echo]\ntests: cases.json\n',
      'cases.json': `[\n${tests.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`,
    }),
    'a.suite.yml',
  );
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(suite?.cases).toHaveLength(2000);
  expect(suite?.cases[1499]?.place).toEqual({ file: 'cases.json', line: 1501, column: 1 });
});
