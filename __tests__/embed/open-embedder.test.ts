import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { cosine } from '../../src/assertions/cosine.ts';
import { findEncoder } from '../../src/embed/encoder-files.ts';
import { createLazyEmbedder } from '../../src/embed/open-embedder.ts';
import { UserError } from '../../src/model/errors.ts';

const opened = async (name: string, find?: typeof findEncoder) => {
  const notes: string[] = [];
  const lazy = createLazyEmbedder(name, (message) => notes.push(message), find);
  return { lazy, notes };
};

describe('the embedder that a policy names', () => {
  test.each([
    ['builtin', 'builtin:use-lite'],
    ['builtin:use-lite', 'builtin:use-lite'],
    ['builtin:ngram', 'builtin:ngram'],
  ])('%s is %s, opened once', async (name, id) => {
    const { lazy, notes } = await opened(name);
    const [first, second] = await Promise.all([lazy.get(), lazy.get()]);
    expect([first.id, notes]).toEqual([id, []]);
    expect(second).toBe(first);
    await lazy.close();
  });

  test('any other is refused before anything runs', () => {
    expect(() => createLazyEmbedder('openai:text-embedding-3-small', () => undefined)).toThrow(UserError);
    expect(() => createLazyEmbedder('builtin:uselite', () => undefined)).toThrow(
      'semantic.embedder names "builtin:uselite", which is not supported. Expected builtin, builtin:use-lite, builtin:ngram.',
    );
  });

  test('nothing is opened for nothing', async () => {
    const { lazy, notes } = await opened('builtin', () => {
      throw new Error('looked for');
    });
    await lazy.close();
    expect(notes).toEqual([]);
  });

  test('without its files n-grams stand in, with one note', async () => {
    const { lazy, notes } = await opened('builtin', () => null);
    expect((await lazy.get()).id).toBe('builtin:ngram');
    expect((await (await lazy.get()).embed(['a fee']))[0]).toHaveLength(1_024);
    expect(notes).toEqual([
      "The sentence encoder's files are not beside the program: builtin:ngram measures similarity by wording instead, and paraphrases score lower",
    ]);
    await lazy.close();
  });

  test('with weights that are cut n-grams stand in too', async () => {
    const files = findEncoder();
    if (files === null) throw new Error('the sentence encoder is not installed');
    const model = mkdtempSync(join(tmpdir(), 'assay-encoder-'));
    writeFileSync(join(model, 'weights.bin'), 'not weights');
    writeFileSync(join(model, 'vocab.json'), '[]');
    writeFileSync(
      join(model, 'model.json'),
      JSON.stringify({ modelTopology: {}, weightsManifest: [{ paths: [], weights: [] }] }),
    );
    const { lazy, notes } = await opened('builtin', () => ({ ...files, model, packed: true }));
    expect((await lazy.get()).id).toBe('builtin:ngram');
    expect(notes).toEqual([
      expect.stringMatching(/^The sentence encoder failed: 11 bytes of packed weights, 0 expected/),
    ]);
    await lazy.close();
  });
});

describe('what the encoder knows', () => {
  const lazy = createLazyEmbedder('builtin', () => undefined);
  afterAll(() => lazy.close());

  // To two decimals: the same on every machine, since WebAssembly's arithmetic is.
  test.each([
    ['a paraphrase', 'I want a refund', 'Give me my money back', 0.65],
    ['the words in another order', 'Paris is the capital of France', 'The capital of France is Paris', 0.96],
    ['another topic', 'The wire transfer fee is $25.', 'Please reset your password.', 0.18],
    ['capitals', 'THE FEE IS DUE', 'the fee is due', 1],
    ['an emoji more', 'Great news', 'Great news 🎉', 1],
    [
      'what it can not see: a negation',
      'We can refund this purchase.',
      'We cannot refund this purchase.',
      0.93,
    ],
  ])('%s', async (_name, a, b, expected) => {
    const [first, second] = await (await lazy.get()).embed([a, b]);
    if (!first || !second) throw new Error('no vectors');
    expect(cosine(first, second)).toBeCloseTo(expected, 2);
  });

  test('two processes agree, and end although nobody closed the embedder', async () => {
    const run = () =>
      promisify(execFile)(resolve('node_modules/.bin/node'), ['__tests__/fixtures/embed/print-scores.ts'], {
        env: {},
        timeout: 30_000,
      });
    const outputs = (await Promise.all([run(), run()])).map(({ stdout }) => JSON.parse(stdout));
    expect(outputs[0]).toEqual({
      id: 'builtin:use-lite',
      notes: [],
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(outputs[1]).toEqual(outputs[0]);
  });
});
