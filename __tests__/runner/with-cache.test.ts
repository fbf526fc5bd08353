import { describe, expect, test } from '@jest/globals';
import type { CompletionRequest } from '../../src/model/provider.ts';
import { ProviderFault } from '../../src/model/provider.ts';
import { createCacheKey, withCache } from '../../src/runner/with-cache.ts';
import { completion, memoryStore, request, scripted } from './scripted.ts';

const fault = new ProviderFault('retryable', 'busy');

describe('cache', () => {
  test('an answer is asked for once, and comes back as it was, marked', async () => {
    const { provider, asked } = scripted(completion());
    const hits: CompletionRequest[] = [];
    const { complete } = withCache(memoryStore(), { onHit: (hit) => hits.push(hit) })(provider);
    expect(await complete(request())).toEqual(completion());
    expect(await complete(request())).toEqual(completion({ cached: true }));
    expect([asked.length, hits.length]).toEqual([1, 1]);
  });

  test('equal requests at the same time share one call', async () => {
    const { promise, resolve } = Promise.withResolvers<ReturnType<typeof completion>>();
    const { provider, asked } = scripted(() => promise);
    const { complete } = withCache(memoryStore())(provider);
    const both = [complete(request()), complete(request())];
    resolve(completion());
    expect((await Promise.all(both)).map(({ cached }) => cached)).toEqual([false, true]);
    expect(asked).toHaveLength(1);
  });

  test('a fault is shared by those who wait for it, and not kept', async () => {
    const { provider, asked } = scripted(fault, completion());
    const store = memoryStore();
    const { complete } = withCache(store)(provider);
    const outcomes = await Promise.allSettled([complete(request()), complete(request())]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(store.entries.size).toBe(0);
    expect((await complete(request())).cached).toBe(false);
    expect(asked).toHaveLength(2);
  });

  test('who shares a call that its first asker gave up asks himself', async () => {
    const first = new AbortController();
    const { promise, reject } = Promise.withResolvers<ReturnType<typeof completion>>();
    const { provider, asked } = scripted(() => promise, completion());
    const { complete } = withCache(memoryStore())(provider);
    const given = complete(request({ signal: first.signal })).catch((error: unknown) => error);
    const kept = complete(request());
    first.abort();
    reject(new Error('cancelled'));
    expect(await given).toBeInstanceOf(Error);
    expect(await kept).toEqual(completion());
    expect(asked).toHaveLength(2);
  });
});

describe('the key of an answer', () => {
  const base = request({
    parameters: { temperature: 0, top_p: 1 },
    tools: [{ name: 'a' }],
    responseFormat: { type: 'text' },
  });
  const key = createCacheKey({ vendor: 'openai', model: 'm' });

  test.each<[string, Partial<CompletionRequest>]>([
    ['text', { messages: [{ role: 'user', content: 'Other?' }] }],
    ['role', { messages: [{ role: 'system', content: 'What is the late fee?' }] }],
    ['parameters', { parameters: { temperature: 1, top_p: 1 } }],
    ['tools', { tools: [{ name: 'b' }] }],
    ['response format', { responseFormat: { type: 'json_object' } }],
    ['trial', { trial: 1 }],
  ])('changes with the %s', (_name, change) => {
    expect(key({ ...base, ...change })).not.toBe(key(base));
  });

  test('changes with the provider', () => {
    expect(createCacheKey({ vendor: 'openai', model: 'n' })(base)).not.toBe(key(base));
  });

  test('does not change with the order of keys, or the signal', () => {
    const other = { ...base, parameters: { top_p: 1, temperature: 0 }, signal: AbortSignal.abort() };
    expect(key(other)).toBe(key(base));
    expect(key(base)).toMatch(/^[0-9a-f]{64}$/);
    const fingerprint = { model: 'm', vendor: 'openai' };
    expect(createCacheKey(fingerprint)(base)).toBe(key(base));
  });

  test('parts of a text cannot pass for another message', () => {
    const one = { ...base, messages: [{ role: 'user' as const, content: 'a"],["user","b' }] };
    const two = { ...base, messages: ['a', 'b'].map((content) => ({ role: 'user' as const, content })) };
    expect(key(one)).not.toBe(key(two));
  });
});
