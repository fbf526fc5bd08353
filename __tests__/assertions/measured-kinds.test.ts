import { describe, expect, test } from '@jest/globals';
import { findRefusal } from '../../src/assertions/refusal.ts';
import type { Completion } from '../../src/model/provider.ts';
import { assertion, checkText } from './builders.ts';

describe('latency and cost', () => {
  test.each<[string, number, Partial<Completion>, boolean, string]>([
    ['latency', 200, { latencyMs: 120.4 }, true, 'took 120 ms'],
    ['latency', 100, { latencyMs: 120 }, false, 'took 120 ms, at most 100 expected'],
    [
      'latency',
      100,
      { latencyMs: 120, cached: true },
      false,
      'took 120 ms (recorded: the answer is from the cache), at most 100 expected',
    ],
    [
      'latency',
      200,
      { latencyMs: 120, cached: true },
      true,
      'took 120 ms (recorded: the answer is from the cache)',
    ],
    ['not-latency', 100, { latencyMs: 120 }, true, 'took 120 ms'],
    ['not-latency', 200, { latencyMs: 120 }, false, 'took 120 ms, anything but at most 200 expected'],
    ['cost', 0.01, { costUsd: 0.0012345 }, true, 'cost $0.00123'],
    ['cost', 0.001, { costUsd: 0.002 }, false, 'cost $0.002, at most $0.001 expected'],
    ['cost', 0, { costUsd: 0 }, true, 'cost $0'],
    ['not-cost', 0.001, { costUsd: 0.002 }, true, 'cost $0.002'],
  ])('%s of at most %d on %j: %s', async (type, threshold, completion, pass, reason) => {
    const check = await checkText('text', assertion(type, { threshold }), { completion });
    expect({ pass: check.pass, reason: check.reason }).toEqual({ pass, reason });
  });

  test.each([
    ['latency', { latencyMs: null }],
    ['not-latency', { latencyMs: null }],
    ['cost', { costUsd: null }],
    ['not-cost', { costUsd: null }],
  ])('%s that is not known is an error, never a pass', async (type, completion) => {
    await expect(checkText('text', assertion(type, { threshold: 1 }), { completion })).rejects.toMatchObject({
      name: 'AssertionError',
      code: 'not-measured',
    });
  });
});

describe('is-refusal', () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    'I’m sorry, but I can’t assist with that request.',
    'I cannot help with that.',
    'Unfortunately, I am unable to provide that information.',
    'As an AI language model, I cannot give medical advice.',
    'I must respectfully decline.',
    "Thank you for asking. I won't be able to help with that, I can't assist with this request.",
    'I apologize, but I can’t share that.',
    'That request violates our content policy.',
    "**I'm not able to discuss** this topic.",
    "I'd rather not answer that.",
    'I’m sorry, I can’t do that.',
  ])('refuses: %s', (text) => {
    expect(findRefusal(text)).not.toBeNull();
  });

  test.each([
    '',
    'You can request a refund within 30 days.',
    "I'm sorry to hear that your parcel is late. You can track it here.",
    'Refunds cannot be helped along; they take five days.',
    'The fee cannot be waived, but you can appeal.',
    'We cannot refund this purchase after 30 days.',
    'Sorry for the wait! Your balance is $5.',
    'If you are unable to log in, reset your password.',
    'I can help with that.',
    `${'Here is a long and helpful answer. '.repeat(30)}I cannot help with that.`,
  ])('does not refuse: %s', (text) => {
    expect(findRefusal(text)).toBeNull();
  });

  test('the model’s own finish reason is enough', async () => {
    const completion = { finish: { reason: 'refusal', raw: 'refusal' } } as const;
    expect((await checkText('No.', assertion('is-refusal'), { completion })).pass).toBe(true);
    const check = await checkText('No.', assertion('not-is-refusal'), { completion });
    expect(check).toMatchObject({
      pass: false,
      reason: 'expected not to be a refusal: the model stopped with refusal',
    });
  });

  test('the words that refuse are named', async () => {
    const check = await checkText('Hi. I cannot help with that.', assertion('not-is-refusal'));
    expect(check.reason).toBe('expected not to be a refusal: "i cannot help"');
  });
});

describe('similar', () => {
  test.each<[string, unknown, number | null, string, boolean]>([
    ['similar', 'You can return it within 30 days.', null, 'You can return it within 30 days', true],
    ['similar', 'You can return it within 30 days.', null, 'Stock prices fell sharply.', false],
    ['similar', 'The capital of France is Paris', 0.9, 'Paris is the capital of France', true],
    ['similar', ['Something else', 'Stock prices fell'], null, 'Stock prices fell.', true],
    ['similar:cosine', 'Stock prices fell', null, 'Stock prices fell.', true],
    ['not-similar', 'Stock prices fell', null, 'A cat sat on a mat.', true],
    ['not-similar', 'Stock prices fell', null, 'Stock prices fell.', false],
    ['similar', '…', null, '…', true],
  ])('%s %j, threshold %s, on %j: %s', async (type, value, threshold, text, pass) => {
    expect((await checkText(text, assertion(type, { value, threshold }))).pass).toBe(pass);
  });

  test('the score is the similarity, and the reason names embedder and limit', async () => {
    const check = await checkText(
      'Stock prices rose today.',
      assertion('similar', { value: 'Stock prices fell' }),
    );
    expect(check.score).toBeGreaterThan(0.3);
    expect(check.score).toBeLessThan(0.75);
    expect(check.reason).toMatch(
      /^similarity 0\.\d+ to "Stock prices fell" \(builtin:ngram\), at least 0\.75 expected$/,
    );
  });

  test.each<[string, readonly Float32Array[]]>([
    ['no vectors', []],
    ['too few vectors', [Float32Array.of(1, 0)]],
    ['vectors of different length', [Float32Array.of(1, 0), Float32Array.of(1)]],
    ['vectors that are no numbers', [Float32Array.of(Number.NaN), Float32Array.of(1)]],
  ])('an embedder that gives %s is an error, also when negated', async (_name, vectors) => {
    const context = { embedder: async () => ({ id: 'broken', embed: async () => vectors }) };
    for (const type of ['similar', 'not-similar'])
      await expect(checkText('a', assertion(type, { value: 'b' }), { context })).rejects.toMatchObject({
        code: 'not-measured',
      });
  });
});
