import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CancelledError } from '../../src/model/errors.ts';
import { ProviderFault } from '../../src/model/provider.ts';
import { stack } from '../../src/runner/stack.ts';
import { type RetryOptions, waitBefore, withRetry } from '../../src/runner/with-retry.ts';
import { completion, request, type ScriptLine, scripted } from './scripted.ts';

const busy = (retryAfterMs: number | null = null) =>
  new ProviderFault('retryable', '503: busy', { status: 503, retryAfterMs });

/** A clock that only sleeping moves. */
const rig = (script: readonly ScriptLine[], options: Partial<RetryOptions> = {}) => {
  const waits: number[] = [];
  const events: unknown[] = [];
  let now = 0;
  const { provider, asked } = scripted(...script);
  const layer = withRetry({
    random: () => 0.5,
    sleep: async (waitMs) => {
      waits.push(waitMs);
      now += waitMs;
    },
    onRetry: (event) => events.push(event),
    ...options,
    ...(options.deadline ? { deadline: { ...options.deadline, now: () => now } } : {}),
  });
  return { complete: stack(provider, layer).complete, asked, waits, events };
};

describe('retry', () => {
  test('an answer at once waits for nothing', async () => {
    const { complete, waits } = rig([completion()]);
    expect((await complete(request())).text).toBe('yes');
    expect(waits).toEqual([]);
  });

  test('waits grow to the cap, and five retries are the end', async () => {
    const { complete, asked, waits, events } = rig([busy()]);
    await expect(complete(request())).rejects.toThrow('503: busy');
    expect(asked).toHaveLength(6);
    expect(waits).toEqual([250, 500, 1000, 2000, 4000]);
    expect(events[0]).toEqual({ provider: 'test model', attempt: 1, waitMs: 250, message: '503: busy' });
  });

  test('the answer of a later attempt is the answer', async () => {
    const { complete, asked } = rig([busy(), busy(), completion()]);
    expect((await complete(request())).text).toBe('yes');
    expect(asked).toHaveLength(3);
  });

  test.each(['fatalForCell', 'fatalForProvider'] as const)('%s is not repeated', async (kind) => {
    const { complete, asked } = rig([new ProviderFault(kind, 'no')]);
    await expect(complete(request())).rejects.toThrow('no');
    expect(asked).toHaveLength(1);
  });

  test('an error of our own is not repeated', async () => {
    const { complete, asked } = rig([new TypeError('bug')]);
    await expect(complete(request())).rejects.toThrow('bug');
    expect(asked).toHaveLength(1);
  });

  test('waits at least what the server asks for', async () => {
    const { complete, waits } = rig([busy(7000), completion()]);
    await complete(request());
    expect(waits).toEqual([7000]);
  });

  test.each([
    ['an hour asked for, without any deadline', busy(3_600_000), {}],
    ['more than the deadline leaves', busy(31_000), { deadline: { limitMs: 30_000, now: () => 0 } }],
  ])('%s: given up now', async (_name, fault, options) => {
    const { complete, waits, asked } = rig([fault], options);
    await expect(complete(request())).rejects.toThrow('503: busy');
    expect([waits, asked.length]).toEqual([[], 1]);
  });

  test('the deadline counts what earlier attempts took', async () => {
    const { complete, waits } = rig([busy(4000)], { deadline: { limitMs: 10_000, now: () => 0 } });
    await expect(complete(request())).rejects.toThrow('503: busy');
    expect(waits).toEqual([4000, 4000]);
  });

  test('cancelling ends a wait at once, even if the sleeper does not listen', async () => {
    const controller = new AbortController();
    const { complete, asked } = rig([busy()], {
      sleep: () => {
        controller.abort();
        return new Promise(() => {});
      },
    });
    await expect(complete(request({ signal: controller.signal }))).rejects.toBeInstanceOf(CancelledError);
    expect(asked).toHaveLength(1);
  });

  test("the call's own deadline keeps the fault", async () => {
    const controller = new AbortController();
    const { complete } = rig([busy()], {
      sleep: () => {
        controller.abort(new DOMException('late', 'TimeoutError'));
        return Promise.reject(controller.signal.reason);
      },
    });
    await expect(complete(request({ signal: controller.signal }))).rejects.toThrow('503: busy');
  });

  test('a wait is never below the request of the server, nor its jitter above 8 s', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.option(fc.integer({ min: 0, max: 100_000 })),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, asked, random) => {
          const waitMs = waitBefore(attempt, asked, () => random);
          expect(waitMs).toBeGreaterThanOrEqual(asked ?? 0);
          expect(waitMs).toBeLessThanOrEqual(Math.max(asked ?? 0, 8000));
        },
      ),
    );
  });
});
