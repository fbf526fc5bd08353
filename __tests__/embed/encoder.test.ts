import { join, resolve } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEncoder, type Encoder, encoderLimits } from '../../src/embed/encoder.ts';
import type { EncoderFiles } from '../../src/embed/encoder-files.ts';

const filesOf = (worker: string): EncoderFiles => ({
  worker: join(resolve('__tests__/fixtures/embed/workers'), worker),
  model: '',
  packed: true,
  wasm: '',
});

const open: Encoder[] = [];
const encoderOf = (worker: string, limits: Partial<typeof encoderLimits> = {}): Encoder => {
  const encoder = createEncoder(filesOf(worker), { ...encoderLimits, ...limits });
  open.push(encoder);
  return encoder;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map((encoder) => encoder.close()));
});

/** The worker's thread and the size of the batch that each text went in. */
const journeys = async (encoder: Encoder, texts: readonly string[]): Promise<(readonly number[])[]> =>
  (await encoder.encode(texts)).map(({ vector }) => [...vector]);

describe('batches', () => {
  test.each([
    ['one', ['a'], [1]],
    ['as many as fit', ['a', 'b', 'c'], [3, 3, 3]],
    ['the rest later', ['a', 'b', 'c', 'd', 'e'], [4, 4, 4, 4, 1]],
    ['long ones apart', ['a', 'b'.repeat(80), 'c'.repeat(60), 'd'], [1, 1, 1, 1]],
    ['one that is too long for any batch', ['e'.repeat(500), 'a'], [1, 1]],
  ])('%s', async (_name, texts, sizes) => {
    const encoder = encoderOf('thread.mjs', { batch: 4, batchCharacters: 100 });
    expect((await journeys(encoder, texts)).map(([, size]) => size)).toEqual(sizes);
  });

  test('callers of the same turn share a batch', async () => {
    const encoder = encoderOf('thread.mjs');
    const [first, second] = await Promise.all([journeys(encoder, ['a', 'b']), journeys(encoder, ['c'])]);
    expect([...(first ?? []), ...(second ?? [])].map(([, size]) => size)).toEqual([3, 3, 3]);
  });
});

describe('the worker', () => {
  test('is replaced after so many texts, and answers go on', async () => {
    const encoder = encoderOf('thread.mjs', { batch: 2, recycleAfter: 4 });
    const threads = (await journeys(encoder, [...'abcdefghij'])).map(([thread]) => thread);
    expect(threads).toHaveLength(10);
    expect(new Set(threads).size).toBe(3);
    expect(new Set(threads.slice(0, 4)).size).toBe(1);
  });

  test.each([
    ['refuse', 'The sentence encoder failed: the weights are rotten'],
    ['throw', 'The sentence encoder failed: out of luck'],
    ['leave', 'The sentence encoder ended before it answered'],
    [
      'fill',
      'The sentence encoder failed: Worker terminated due to reaching memory limit: JS heap out of memory',
    ],
  ])('that says "%s" fails its batch, and the next one has a new worker', async (mood, message) => {
    const encoder = encoderOf('moody.mjs', { batch: 1 });
    const [failed, answered] = await Promise.allSettled([encoder.encode([mood]), encoder.encode(['answer'])]);
    expect(failed).toMatchObject({ status: 'rejected', reason: { message } });
    expect(answered).toMatchObject({ status: 'fulfilled' });
  });

  test('that hangs is ended at its deadline', async () => {
    const encoder = encoderOf('moody.mjs', { deadlineMs: 300 });
    await expect(encoder.encode(['hang'])).rejects.toThrow('gave no answer within 0.3 s');
  });

  test('is not there: said so', async () => {
    await expect(encoderOf('missing.mjs').encode(['answer'])).rejects.toThrow(/missing\.mjs/);
  });
});

describe('closing', () => {
  test('rejects what waits and what comes', async () => {
    const encoder = encoderOf('moody.mjs', { batch: 1 });
    const waiting = Promise.allSettled([encoder.encode(['hang']), encoder.encode(['answer'])]);
    await encoder.close();
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(encoder.encode(['answer'])).rejects.toThrow('is closed');
    await encoder.close();
  });
});
