import { describe, expect, test } from '@jest/globals';
import pLimit from 'p-limit';
import { ProviderFault } from '../../src/model/provider.ts';
import { createLedger, withBudget } from '../../src/runner/with-budget.ts';
import { type Layer, stack } from '../../src/runner/stack.ts';
import { withCache } from '../../src/runner/with-cache.ts';
import { withCallLimit } from '../../src/runner/with-call-limit.ts';
import { withRetry } from '../../src/runner/with-retry.ts';
import { withStop } from '../../src/runner/with-stop.ts';
import { completion, memoryStore, request, scripted } from './scripted.ts';

const wrong = new ProviderFault('fatalForProvider', '401: wrong key', { status: 401 });

describe('stack', () => {
  test('the first layer is the outermost, and the rest of the provider stays', async () => {
    const order: string[] = [];
    const layer =
      (name: string): Layer =>
      (next) => ({
        ...next,
        complete: (asked) => {
          order.push(name);
          return next.complete(asked);
        },
      });
    const { provider } = scripted(completion());
    const stacked = stack(provider, layer('a'), layer('b'));
    await stacked.complete(request());
    expect(order).toEqual(['a', 'b']);
    expect({ ...stacked, complete: null }).toEqual({ ...provider, complete: null });
  });

  test('the runner’s order: a cached answer is no call, each retry is one, a stop ends all', async () => {
    const ledger = createLedger({ calls: 10 });
    const busy = new ProviderFault('retryable', 'busy', { status: 503 });
    const { provider, asked } = scripted(busy, completion(), wrong);
    const { complete } = stack(
      provider,
      withCache(memoryStore()),
      withRetry({ random: () => 0, sleep: async () => {} }),
      withCallLimit(pLimit(2)),
      withStop(),
      withBudget(ledger),
    );
    await complete(request());
    expect(ledger.calls()).toBe(2);
    expect((await complete(request())).cached).toBe(true);
    expect(ledger.calls()).toBe(2);
    await expect(complete(request({ trial: 1 }))).rejects.toBe(wrong);
    await expect(complete(request({ trial: 2 }))).rejects.toBe(wrong);
    expect([asked.length, ledger.calls()]).toEqual([3, 3]);
  });
});

describe('stop', () => {
  test('is told once, and sends nothing more', async () => {
    const events: unknown[] = [];
    const { provider, asked } = scripted(wrong);
    const { complete } = withStop({ onStop: (event) => events.push(event) })(provider);
    const outcomes = await Promise.allSettled([complete(request()), complete(request())]);
    await expect(complete(request())).rejects.toBe(wrong);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(events).toEqual([{ provider: 'test model', message: '401: wrong key' }]);
    expect(asked).toHaveLength(2);
  });

  test('other faults stop nothing', async () => {
    const { provider, asked } = scripted(new ProviderFault('fatalForCell', '400'), completion());
    const { complete } = withStop()(provider);
    await expect(complete(request())).rejects.toThrow('400');
    expect((await complete(request())).text).toBe('yes');
    expect(asked).toHaveLength(2);
  });
});

describe('call limit', () => {
  test('no more calls at a time than places, shared by all providers', async () => {
    let running = 0;
    let most = 0;
    const slow = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return completion();
    };
    const limit = withCallLimit(pLimit(3));
    const providers = [limit(scripted(slow).provider), limit(scripted(slow).provider)];
    await Promise.all(
      Array.from({ length: 20 }, (_, trial) => providers[trial % 2]?.complete(request({ trial }))),
    );
    expect(most).toBe(3);
  });
});
