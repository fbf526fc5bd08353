import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { guardFetch } from '../../src/providers/guarded-fetch.ts';
import { costUsd, priceOf } from '../../src/providers/price.ts';
import prices from '../../src/providers/prices.json' with { type: 'json' };
import { createRedactor } from '../../src/providers/redact.ts';
import { retryAfterMs } from '../../src/providers/retry-after.ts';
import { plain } from '../../src/providers/status-fault.ts';

describe('retry-after', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  test.each<[Record<string, string>, number | null]>([
    [{}, null],
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Mon, 23 Nov 2026 11:59:00 GMT' }, 0],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': 'garbage' }, null],
    [{ 'retry-after': 'Monday' }, null],
    [{ 'retry-after': '1e9' }, null],
    [{ 'retry-after': '' }, null],
    [{ 'retry-after': 'NaN' }, null],
    [{ 'retry-after': '9'.repeat(400) }, null],
  ])('%j → %p', (headers, expected) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(expected);
  });
  test('is never negative, infinite or NaN', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]*$/), (text) => {
        const waitMs = retryAfterMs(new Headers({ 'retry-after': text }), now);
        expect(waitMs === null || (Number.isFinite(waitMs) && waitMs >= 0)).toBe(true);
      }),
    );
  });
});

describe('prices', () => {
  test.each<[string, string, unknown]>([
    ['openai', 'gpt-5-mini', { input: 0.25, output: 2 }],
    ['openai', 'gpt-5-mini-2025-08-07', { input: 0.25, output: 2 }],
    ['anthropic', 'claude-haiku-4-5-20251001', { input: 1, output: 5 }],
    ['mistral', 'mistral-small-latest', { input: 0.1, output: 0.3 }],
    ['openai', 'gpt-5-turbo', null],
    ['openai', 'gpt-5.9', null],
    ['openai', 'gpt-5-mini-2025-08-07-finetuned', null],
    ['compatible', 'gpt-5-mini', null],
    ['openai', 'constructor', null],
    ['ollama', 'llama3.2', { input: 0, output: 0 }],
    ['litellm', 'gpt-5-mini', null],
  ])('%s:%s', (vendor, model, price) => {
    expect(priceOf(vendor, model)).toEqual(price);
  });
  test('the table says of which day it is', () => {
    expect(prices.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const { input, output } of Object.values(prices.models))
      expect(input > 0 && output >= input).toBe(true);
  });
  test('a cost needs usage and price', () => {
    expect(costUsd({ input: 2_000_000, output: 500_000 }, { input: 0.25, output: 2 })).toBe(1.5);
    expect(costUsd(null, { input: 1, output: 1 })).toBeNull();
    expect(costUsd({ input: 1, output: 1 }, null)).toBeNull();
  });
});

describe('a key that a server sends back', () => {
  const key = 'sk-live-+/Zz9%20=Qq7';
  const redact = createRedactor(key);
  test('is hidden in every usual encoding, wherever it stands', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z0-9 ]*$/), fc.string(), (before, after) => {
        const forms = [
          key,
          encodeURIComponent(key),
          Buffer.from(key).toString('hex'),
          Buffer.from(`${before}${key}${after}`).toString('base64'),
        ];
        for (const form of forms) {
          const clean = redact(`${before}${form}${after}`);
          expect(clean).toContain('[key hidden]');
          expect(clean).not.toContain(key);
        }
      }),
    );
  });
  test('texts without it, and without a key, stay as they are', () => {
    expect(redact('The late fee is €5.')).toBe('The late fee is €5.');
    expect(createRedactor(null)('sk')).toBe('sk');
    expect(createRedactor('test')('a test')).toBe('a test');
  });
});

describe('what a vendor says', () => {
  test.each([
    ['a\n  b', 'a b'],
    ['<!DOCTYPE html><html><head><title> 502 Bad Gateway </title>', 'an HTML page titled "502 Bad Gateway"'],
    ['<html><body>no title', 'an HTML page'],
    ['1 < 2', '1 < 2'],
  ])('%j', (text, expected) => {
    expect(plain(text)).toBe(expected);
  });
  test('is cut to 500 characters', () => {
    expect(plain('x'.repeat(9000))).toHaveLength(500);
  });
});

describe('the guarded fetch', () => {
  const limits = { deadlineMs: 1000, allowLoopbackHttp: false };
  test.each([
    'http://api.example.com/',
    'http://127.0.0.1:1/',
    'ftp://api.example.com/',
    'data:application/json,{}',
  ])('does not call %s', async (url) => {
    const guarded = guardFetch(() => Promise.reject(new Error('was called')), limits);
    await expect(guarded(url)).rejects.toMatchObject({
      kind: 'fatalForProvider',
      message: expect.stringMatching(/not https/),
    });
  });
  test('asks for no redirect, whatever the caller says', async () => {
    const seen: (RequestInit | undefined)[] = [];
    const guarded = guardFetch(async (_input, init) => {
      seen.push(init);
      return new Response('{"a":1}');
    }, limits);
    const response = await guarded('https://api.example.com/', { redirect: 'follow', method: 'POST' });
    expect(await response.json()).toEqual({ a: 1 });
    expect(seen[0]).toMatchObject({ redirect: 'error', method: 'POST' });
  });
  test('an untrusted certificate is nothing to try again', async () => {
    const cause = Object.assign(new Error('self-signed certificate'), {
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const guarded = guardFetch(() => Promise.reject(new TypeError('fetch failed', { cause })), limits);
    await expect(guarded('https://api.example.com/')).rejects.toMatchObject({ kind: 'fatalForProvider' });
  });
  test('a name that does not resolve may resolve later', async () => {
    const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const guarded = guardFetch(() => Promise.reject(new TypeError('fetch failed', { cause })), limits);
    await expect(guarded('https://api.example.com/')).rejects.toMatchObject({
      kind: 'retryable',
      message: 'no connection: ENOTFOUND',
    });
  });
});
