import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/model/errors.ts';
import { readDocument } from '../../src/prompts/document.ts';

const problemOf = (text: string): string => {
  try {
    readDocument('a.yml', text);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no error';
};

describe('readDocument', () => {
  test('knows where values, keys and texts stand', () => {
    const document = readDocument(
      'a.yml',
      'a: 1\nlist:\n  - name: x\n    text: |\n      first\n      second\n  - "quoted"\n',
    );
    expect(document.value).toEqual({ a: 1, list: [{ name: 'x', text: 'first\nsecond\n' }, 'quoted'] });
    expect(document.placeOf(['list', 0, 'name'])).toEqual({ file: 'a.yml', line: 3, column: 11 });
    expect(document.keyPlaceOf(['list', 0, 'name'])).toEqual({ file: 'a.yml', line: 3, column: 5 });
    expect(document.placeOf(['list', 0, 'missing'])).toEqual({ file: 'a.yml', line: 3, column: 5 });
    expect(document.textPlaceOf(['list', 0, 'text'])).toEqual({ file: 'a.yml', line: 5, column: 7 });
    expect(document.textPlaceOf(['list', 1])).toEqual({ file: 'a.yml', line: 7, column: 6 });
    expect(document.textPlaceOf(['a'])).toEqual({ file: 'a.yml', line: 1, column: 4 });
  });

  test('reads JSON, anchors, aliases and merge keys', () => {
    expect(readDocument('a.json', '{"a": [1, {"b": null}]}').value).toEqual({ a: [1, { b: null }] });
    expect(readDocument('a.json', '{\n\t"a": 1\n}').value).toEqual({ a: 1 });
    const merged = readDocument('a.yml', 'base: &b {x: 1}\nuse: {<<: *b, y: 2}\n');
    expect(merged.value).toEqual({ base: { x: 1 }, use: { x: 1, y: 2 } });
  });

  test.each([
    ['a: [1', 'a.yml:1:'],
    ['a: 1\na: 2', 'a.yml:2:1: the key "a" stands twice in one map'],
    ['a: !!js/function x', 'a.yml:1:4: the file does not parse: Unresolved tag'],
    ['a: !x y', 'a.yml:1:4: the file does not parse: Unresolved tag'],
    [`a: ${'['.repeat(300)}`, 'a.yml:1:260: brackets are nested more than 256 deep'],
    [`a: ${'['.repeat(100)}${']'.repeat(100)}`, 'values are nested more than 64 deep'],
    [
      Array.from({ length: 80 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
      'blocks are nested more than 64 deep',
    ],
    [`${'- '.repeat(100)}x`, 'blocks are nested more than 64 deep'],
    ['? [a]\n: 1', 'a.yml:1:3: a key is no text'],
    ['{{ name }}: 1', 'a.yml:1:2: a key is no text'],
    ['x: &a\n  x: *a\n', 'the alias *a contains itself'],
    ['x'.repeat(1_000_001), 'at most 1000000 are read'],
    [`[${'1,'.repeat(100_001)}1]`, 'more than 100000 values'],
    [`a: &a 1\nb: [${'*a,'.repeat(101)}]`, 'more than 100 aliases'],
  ])('refuses %# with a place and a next step', (text, message) => {
    expect(problemOf(text)).toContain(message);
  });

  test('a bomb of aliases is refused, not expanded', () => {
    const levels = Array.from({ length: 10 }, (_, level) =>
      level === 0
        ? 'l0: &l0 [lol, lol]'
        : `l${level}: &l${level} [${Array(9)
            .fill(`*l${level - 1}`)
            .join(', ')}]`,
    );
    expect(problemOf(levels.join('\n'))).toContain('aliases');
  });

  test('keys of every object are data', () => {
    const value = readDocument('a.yml', '__proto__: {polluted: true}\nconstructor: 1\n').value as object;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('any text is a document or a located UserError', () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '- ',
      '"',
      "'",
      '|',
      '>',
      '&a ',
      '*a',
      '<<: ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '#',
      '!t ',
      '? ',
      '\t',
      '%',
      '---\n',
      '...',
    );
    const yamlLike = fc.array(pieces, { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), yamlLike), (text) => {
        try {
          const document = readDocument('f.yml', text);
          expect(document.placeOf(['a', 0]).line).toBeGreaterThan(0);
          expect(document.textPlaceOf(['a']).column).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
          for (const { place } of error.findings) expect(place).toMatchObject({ file: 'f.yml' });
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
