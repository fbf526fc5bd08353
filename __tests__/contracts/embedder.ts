import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cosine } from '../../src/assertions/cosine.ts';
import type { Embedder } from '../../src/model/ports.ts';

const texts: Readonly<Record<string, string>> = {
  'a sentence': 'The monthly fee is $5.',
  'one letter': 'a',
  'a number': '42',
  'another script': '我们可以在三十天内退款。',
  'letters with marks': 'Çà et là, naïve façades größer',
  'right to left': 'يمكنك استرداد المبلغ',
  'a family of emoji and a word': '👨‍👩‍👧‍👦 welcome',
  'half a character': 'fee \ud83d',
  'nothing but newlines between': 'one\n\n\ntwo\r\nthree',
  'control characters': 'fee\u0000\u0007 due\u202e now',
  'names of the language': '__proto__ constructor toString',
  '200 kB': 'The fee is due on Monday. '.repeat(8_000),
  '200 kB without a space': 'x'.repeat(200_000),
};

/** The contract of every embedder: unit vectors, the same for the same text, of whatever text. */
export const embedderContract = (
  name: string,
  open: () => Promise<Embedder & { close?(): Promise<void> }>,
): void => {
  describe(`${name} keeps the embedder contract`, () => {
    let embedder: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      embedder = await open();
    });
    afterAll(async () => embedder.close?.());

    const one = async (text: string): Promise<Float32Array> =>
      (await embedder.embed([text]))[0] ?? new Float32Array(0);
    const lengthOf = (vector: Float32Array): number => Math.hypot(...vector);

    test('nothing asked, nothing answered', async () => {
      expect(await embedder.embed([])).toEqual([]);
    });

    test.each(Object.entries(texts))('%s has a unit vector', async (_name, text) => {
      const vector = await one(text);
      expect(vector).toHaveLength((await one('fee')).length);
      expect(lengthOf(vector)).toBeCloseTo(1, 4);
      expect(cosine(vector, await one(text))).toBeCloseTo(1, 5);
    });

    test.each(['', ' ', '\n', '!!! …', '👍', '\ud83d'])('%j has the zero vector', async (text) => {
      expect(lengthOf(await one(text))).toBe(0);
    });

    test('answers stand in the order of the texts, repeated ones too', async () => {
      const list = ['a fee', '', 'The parcel arrives on Monday.', 'a fee', 'x'.repeat(2_000), 'a fee'];
      const vectors = await embedder.embed(list);
      expect(vectors).toHaveLength(list.length);
      for (const [index, text] of list.entries()) expect(vectors[index]).toEqual(await one(text));
    });

    test('a text alone and among others', async () => {
      const others = Array.from(
        { length: 70 },
        (_, index) => `Order ${index} is ${'very '.repeat(index % 9)}late.`,
      );
      const text = 'Order 7 will be sent back to you tomorrow morning.';
      const [alone, among] = [await one(`${text} `), (await embedder.embed([...others, text])).at(-1)];
      expect(cosine(alone, among ?? new Float32Array(0))).toBeGreaterThan(0.999_99);
    });

    test('any text at all', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 8 }),
          async (list) => {
            for (const vector of await embedder.embed(list)) {
              const length = lengthOf(vector);
              expect(length === 0 || Math.abs(length - 1) < 1e-4).toBe(true);
            }
          },
        ),
        { numRuns: 40 },
      );
    });

    test('what is nearer scores higher', async () => {
      const [text, same, close, far] = await embedder.embed([
        'The monthly fee is $5.',
        'The monthly fee is $5.',
        'There is a monthly fee of $5.',
        'Please reset your password.',
      ]);
      if (!text || !same || !close || !far) throw new Error('no vectors');
      expect(cosine(text, same)).toBeCloseTo(1, 5);
      expect(cosine(text, close)).toBeGreaterThan(0.6);
      expect(cosine(text, far)).toBeLessThan(0.35);
    });

    // An embedder that can't read a language must not find all its texts alike.
    test.each([
      ['Spanish', 'Puede devolver el artículo en 30 días.', 'El clima será soleado mañana.'],
      ['German', 'Sie können die Ware zurückgeben.', 'Das Wetter wird morgen sonnig und warm.'],
      ['Russian', 'Возврат возможен в течение 30 дней', 'Завтра будет солнечная погода'],
      ['Chinese', '我们可以退款', '今天天气很好'],
      ['Arabic', 'يمكنك استرداد المبلغ', 'الطقس مشمس اليوم'],
    ])('unrelated sentences in %s are far from each other', async (_language, a, b) => {
      expect(cosine(await one(a), await one(b))).toBeLessThan(0.5);
      expect(cosine(await one(a), await one(a.replace(/\.?$/, '!')))).toBeGreaterThan(0.9);
    });
  });
};
