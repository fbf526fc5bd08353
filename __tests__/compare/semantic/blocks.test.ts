import { describe, expect, test } from '@jest/globals';
import { blocksOf } from '../../../src/compare/semantic/blocks.ts';
import { sentencesOf } from '../../../src/compare/semantic/sentences.ts';

describe('sentences', () => {
  test.each<[string, readonly string[]]>([
    ['Dr. Smith is in. Ask her.', ['Dr. Smith is in.', 'Ask her.']],
    [
      'See Sec. 4.2 of it. It costs $3.50, e.g. today.',
      ['See Sec. 4.2 of it.', 'It costs $3.50, e.g. today.'],
    ],
    ['Open https://acme.com/a.b?c=1. Then wait.', ['Open https://acme.com/a.b?c=1.', 'Then wait.']],
    ['Write to a.b@example.com. Thanks!', ['Write to a.b@example.com.', 'Thanks!']],
    ['We open at 9 a.m. on Mondays; bring ID.', ['We open at 9 a.m. on Mondays', 'bring ID.']],
    ['The U.S. office is closed.', ['The U.S. office is closed.']],
    ['', []],
  ])('%s', (text, expected) => {
    expect(sentencesOf(text).map((sentence) => sentence.text)).toEqual(expected);
  });

  test('text without an end is cut between words', () => {
    const parts = sentencesOf('word '.repeat(1_000));
    expect(parts.length).toBeGreaterThan(5);
    expect(parts.every(({ text }) => text.length <= 600 && /^word( word)*$/.test(text))).toBe(true);
  });
});

describe('blocks', () => {
  const answer = [
    '# Your options',
    '',
    'There are two. They are **easy**',
    'and cheap.',
    '- **Light**: no bag',
    '• [Flex](https://example.com/flex)',
    '1. Open it.',
    'Step 2: Close it.',
    '',
    '| Fare | Bag | Refundable |',
    '|---|:-:|---|',
    '| Light | none | no |',
    '| Flex | 23 kg | yes |',
    '',
    '```bash',
    'run --fast # now',
    '```',
    '> Quoted 😀 words',
  ].join('\n');

  test('each unit by itself, without its dress', () => {
    const { pieces, code } = blocksOf(answer);
    expect(pieces.map(({ kind, text, ordered }) => `${kind}${ordered ? '#' : ''}: ${text}`)).toEqual([
      'heading: Your options',
      'sentence: There are two.',
      'sentence: They are easy and cheap.',
      'item: Light: no bag',
      'item: Flex https://example.com/flex',
      'item#: Open it.',
      'item#: Close it.',
      'row: Light: no bag, not refundable',
      'row: Flex: bag 23 kg, Refundable',
      'sentence: Quoted words',
    ]);
    expect(code).toEqual([{ language: 'bash', lines: ['run --fast # now'] }]);
  });

  test('labels', () => {
    expect(blocksOf(answer).pieces.flatMap(({ label }) => (label === null ? [] : [label]))).toEqual([
      'light',
      'light',
      'flex',
    ]);
  });
});
