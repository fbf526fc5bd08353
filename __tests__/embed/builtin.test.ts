import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cosine } from '../../src/assertions/cosine.ts';
import { createBuiltinEmbedder } from '../../src/embed/builtin.ts';

const embedder = createBuiltinEmbedder();

const similarity = async (a: string, b: string): Promise<number> => {
  const [first, second] = await embedder.embed([a, b]);
  if (first === undefined || second === undefined) throw new Error('no vectors');
  return cosine(first, second);
};

describe('the built-in embedder', () => {
  test.each([
    [
      'one word more',
      'You can return it within 30 days.',
      'You can return it within 30 days of purchase.',
      0.8,
      1,
    ],
    [
      'the words in another order',
      'Paris is the capital of France',
      'The capital of France is Paris',
      0.85,
      1,
    ],
    ['inflected', 'The fee is charged monthly', 'Fees are charging each month', 0.6, 0.9],
    ['upper case', 'THE FEE IS DUE', 'the fee is due', 1, 1],
    ['a typing error', 'Your statement arrives monthly', 'Your statment arrives monthly', 0.7, 1],
    ['a typographic apostrophe', "You don't pay", 'You don’t pay', 1, 1],
    ['thousands', 'It costs 1,000 dollars', 'It costs 1000 dollars', 1, 1],
    ['another topic', 'The wire transfer fee is $25.', 'Please reset your password.', 0, 0.25],
    ['stop words only in common', 'this is what it was', 'and this is that cat of it', 0, 0.75],
    ['other script', 'Возврат возможен в течение 30 дней', 'Возврат возможен в течение 30 дней.', 0.99, 1],
    // What it can't do; a sentence encoder behind the same port does better.
    ['synonyms', 'I want a refund', 'Give me my money back', 0, 0.3],
    ['a negation', 'We can refund this purchase.', 'We cannot refund this purchase.', 0.7, 1],
  ])('%s', async (_name, a, b, least, most) => {
    const score = await similarity(a, b);
    expect(score).toBeGreaterThanOrEqual(least - 1e-6);
    expect(score).toBeLessThanOrEqual(most + 1e-6);
  });

  test('nearer texts score higher', async () => {
    const scores = await Promise.all(
      ['The monthly fee is $5.', 'The fee is $5 a month.', 'There is a fee.', 'Call us on Monday.'].map(
        (text) => similarity('The monthly fee is $5.', text),
      ),
    );
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  test.each(['', '   ', '!!! …', '👍'])('%j has the zero vector, near to nothing', async (text) => {
    expect(await similarity(text, 'a fee')).toBe(0);
  });

  test('vectors have length 1 or 0, the same for the same text, alone or among others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (text, other) => {
        const [alone] = await embedder.embed([text]);
        const [, among] = await embedder.embed([other, text]);
        expect(among).toEqual(alone);
        const length = Math.hypot(...(alone ?? []));
        expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
      }),
    );
  });

  test('is the same on every machine', async () => {
    const [vector] = await embedder.embed(['A fee of $5 is charged.']);
    const largest = [...(vector ?? [])]
      .map((value, index) => ({ index, value: Math.round(value * 1e4) / 1e4 }))
      .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))
      .slice(0, 4);
    expect(largest).toEqual([
      { index: 152, value: 0.5048 },
      { index: 631, value: -0.5048 },
      { index: 799, value: -0.5048 },
      { index: 50, value: -0.1767 },
    ]);
  });

  test('a long text ends too', async () => {
    expect(await similarity('fee '.repeat(200_000), 'fee')).toBeGreaterThan(0.5);
  });
});

describe('cosine', () => {
  test.each([
    [[1, 0], [1, 0], 1],
    [[1, 0], [0, 1], 0],
    [[1, 0], [-1, 0], 0],
    [[2, 2], [1, 1], 1],
    [[0, 0], [1, 0], 0],
    [[1], [1, 0], Number.NaN],
    [[Number.NaN, 1], [1, 0], Number.NaN],
  ])('%j and %j: %d', (a, b, expected) => {
    const found = cosine(Float32Array.from(a), Float32Array.from(b));
    expect(Number.isNaN(found) ? found : Math.round(found * 1e6) / 1e6).toBe(expected);
  });
});
