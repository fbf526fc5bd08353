import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { columnsOf, padEnd, wrap } from '../../src/reports/text-columns.ts';

describe('columnsOf', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['返金', 4],
    ['한국', 4],
    ['é', 1],
    ['e\u0301', 1],
    ['👩‍👩‍👧‍👦', 2],
    ['❤️', 2],
    ['कि', 2],
    ['✓ 1/1', 5],
  ])('%s takes %i', (text, columns) => expect(columnsOf(text)).toBe(columns));
});

describe('wrap', () => {
  test.each([
    ['at spaces', 'one two three', 8, ['one two', 'three']],
    ['inside a long word', 'abcdefghij', 4, ['abcd', 'efgh', 'ij']],
    ['wide characters', '返金を求める', 5, ['返金', 'を求', 'める']],
    ['own line ends', 'a\n\nb', 10, ['a', '', 'b']],
    ['tabs', '\ta', 10, ['    a']],
    ['an exact fit', 'abcd efgh', 4, ['abcd', 'efgh']],
    ['nothing', '', 10, ['']],
  ])('%s', (_, text, width, lines) => expect(wrap(text, width)).toEqual(lines));

  test('no line is wider than asked, and no letter is lost', () => {
    const text = fc
      .array(fc.constantFrom('a', 'bcd', ' ', '  ', '返', '👍', '\n', 'क्ष', '-'.repeat(30)), {
        maxLength: 40,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (whole, width) => {
        const lines = wrap(whole, width);
        for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(Math.max(width, 3));
        expect(lines.join('').replace(/\s/g, '')).toBe(whole.replace(/\s/g, ''));
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });
});

test('padEnd counts columns', () => expect(padEnd('返', 4)).toBe('返  '));
