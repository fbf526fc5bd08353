import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { outputAllowance } from '../../src/reports/html/allowance.ts';
import { withWhitespace } from '../../src/reports/html/whitespace.ts';
import { type Stretch, wordMarker } from '../../src/reports/html/word-diff.ts';

const bracketed = (stretches: readonly Stretch[]): string =>
  stretches.map(({ changed, text }) => (changed ? `[${text}]` : text)).join('');

describe('wordMarker', () => {
  test.each([
    ['a number', 'Within 30 days.', 'Within 14 days.', 'Within [30] days.', 'Within [14] days.'],
    [
      'neighbouring words are one mark',
      'We can offer you a full refund today.',
      'We can offer you no money today.',
      'We can offer you [a full refund] today.',
      'We can offer you [no money] today.',
    ],
    [
      'only removed',
      'Open Orders, then press Refund.',
      'Open Orders.',
      'Open Orders[, then press Refund].',
      'Open Orders.',
    ],
    ['equal', 'the same', 'the same', 'the same', 'the same'],
  ])('%s', (_name, baseline, candidate, expectedBaseline, expectedCandidate) => {
    const marked = wordMarker()(baseline, candidate);
    expect(marked && [bracketed(marked.baseline), bracketed(marked.candidate)]).toEqual([
      expectedBaseline,
      expectedCandidate,
    ]);
  });

  test.each([
    ['two different texts', 'You can get a refund within 30 days of delivery.', 'Ich helfe dabei nicht'],
    ['too long', 'word '.repeat(2000), 'word '.repeat(1999)],
    ['too many differences', 'a b '.repeat(450), 'a c '.repeat(450)],
  ])('%s: no marks', (_name, baseline, candidate) => {
    expect(wordMarker()(baseline, candidate)).toBeNull();
  });

  test('stops when the work of a page is spent', () => {
    const mark = wordMarker(1);
    expect(mark('one 1', 'one 2')).not.toBeNull();
    expect(mark('one 1', 'one 2')).toBeNull();
  });

  test('marks never change the text', () => {
    const text = fc.array(fc.constantFrom('we', 'do', ' ', '\n', 'not', '30', '.', '  '), { maxLength: 40 });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [baseline, candidate] = [a.join(''), b.join('')];
        const marked = wordMarker()(baseline, candidate);
        if (marked === null) return;
        expect(marked.baseline.map(({ text: part }) => part).join('')).toBe(baseline);
        expect(marked.candidate.map(({ text: part }) => part).join('')).toBe(candidate);
      }),
    );
  });
});

test.each([
  ['words', 'two words', 'two words'],
  ['a line end', 'word\n', 'word⏎\n'],
  ['blanks alone', '  ', '··'],
  ['a tab', '\t', '⇥\t'],
])('withWhitespace shows %s', (_name, text, expected) => {
  expect(withWhitespace(text)).toBe(expected);
});

describe('outputAllowance', () => {
  test('20,000 characters an answer, and says what is left', () => {
    const { text, left } = outputAllowance()('x'.repeat(20_500));
    expect([text.length, left]).toEqual([20_000, 500]);
  });

  test('when the page is full, later answers are short', () => {
    const allow = outputAllowance(1000);
    expect(allow('x'.repeat(1500)).left).toBe(0);
    expect(allow('x'.repeat(1500)).left).toBe(1100);
  });

  test('counts what the characters become: escapes take more room', () => {
    const allow = outputAllowance(1000);
    allow('<'.repeat(300));
    expect(allow('x'.repeat(500)).left).toBe(100);
  });

  test('never cuts an emoji in two', () => {
    const { text } = outputAllowance(0)('👍'.repeat(199) + 'x'.concat('👍'.repeat(10)));
    expect(text.isWellFormed()).toBe(true);
    expect(text).toHaveLength(399);
  });
});
