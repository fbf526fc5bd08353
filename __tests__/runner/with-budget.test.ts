import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { UserError } from '../../src/model/errors.ts';
import { ProviderFault } from '../../src/model/provider.ts';
import { BudgetExceeded, createLedger, estimateUsd, withBudget } from '../../src/runner/with-budget.ts';
import { completion, request, scripted } from './scripted.ts';

const asking = request({ parameters: { max_tokens: 100 } });

describe('budget', () => {
  test('an estimate is the text at three bytes a token, and the whole limit of the answer', () => {
    const { provider } = scripted();
    const messages = [{ role: 'user' as const, content: 'x'.repeat(300) }];
    expect(estimateUsd(provider, request({ messages, parameters: { max_tokens: 50 } }))).toBeCloseTo(
      (100 * 1 + 50 * 10) / 1e6,
      12,
    );
    expect(estimateUsd(provider, request({ messages }))).toBeCloseTo((100 * 1 + 4096 * 10) / 1e6, 12);
    const configured = { ...provider, fingerprint: { parameters: { max_completion_tokens: 10 } } };
    expect(estimateUsd(configured, request({ messages, parameters: { max_tokens: 50 } }))).toBeCloseTo(
      (100 + 100) / 1e6,
      12,
    );
    expect(estimateUsd({ ...provider, price: null }, request())).toBeNull();
  });

  test('a call is settled by what it cost', async () => {
    const ledger = createLedger({ usd: 1 });
    const { provider } = scripted(completion({ costUsd: 0.0002 }));
    await withBudget(ledger)(provider).complete(asking);
    expect(ledger.spentUsd()).toBeCloseTo(0.0002, 12);
    expect(ledger.calls()).toBe(1);
  });

  test('over a USD cap nothing is sent', async () => {
    const ledger = createLedger({ usd: 0.0005 });
    const { provider, asked } = scripted(completion());
    const outcome = await withBudget(ledger)(provider)
      .complete(asking)
      .catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(BudgetExceeded);
    expect(outcome).toMatchObject({
      cap: 'usd',
      message: expect.stringContaining('the next call may cost $0.0010'),
    });
    expect([asked.length, ledger.calls(), ledger.spentUsd()]).toEqual([0, 0, 0]);
  });

  test('over a cap of calls nothing is sent, and retries are calls', async () => {
    const ledger = createLedger({ calls: 2 });
    const { provider, asked } = scripted(
      new ProviderFault('retryable', 'busy', { status: 503 }),
      completion(),
    );
    const { complete } = withBudget(ledger)(provider);
    await expect(complete(asking)).rejects.toThrow('busy');
    await complete(asking);
    await expect(complete(asking)).rejects.toMatchObject({ name: 'BudgetExceeded', cap: 'calls' });
    expect(asked).toHaveLength(2);
  });

  test.each<[string, Error, boolean]>([
    ['an error status is free', new ProviderFault('retryable', 'busy', { status: 503 }), true],
    [
      'a refused connection is free',
      new ProviderFault('retryable', 'no connection', { cause: { code: 'ECONNREFUSED' } }),
      true,
    ],
    [
      'so is one behind a cause',
      new ProviderFault('retryable', 'no', { cause: { cause: { code: 'ENOTFOUND' } } }),
      true,
    ],
    ['an answer that was cut off may be billed', new ProviderFault('retryable', 'cut off'), false],
    ['so may one that cannot be read', new ProviderFault('fatalForCell', 'shape', { status: 200 }), false],
    ['so may a cancelled call', new Error('cancelled'), false],
  ])('%s', async (_name, error, free) => {
    const ledger = createLedger({ usd: 1 });
    const { provider } = scripted(error);
    await expect(withBudget(ledger)(provider).complete(asking)).rejects.toBe(error);
    expect(ledger.spentUsd() === 0).toBe(free);
  });

  test('a price that is not known refuses a USD budget before any call', () => {
    const { provider } = scripted();
    const build = () => withBudget(createLedger({ usd: 1 }))({ ...provider, price: null });
    expect(build).toThrow(UserError);
    expect(build).toThrow(/price of test:m is not known.*price: \{input, output\}/);
    expect(() => withBudget(createLedger({ calls: 1 }))({ ...provider, price: null })).not.toThrow();
    expect(() => createLedger({ usd: 1 }).reserve(null)).toThrow(BudgetExceeded);
  });

  test('settling twice counts once', () => {
    const ledger = createLedger({});
    const reservation = ledger.reserve(1);
    ledger.settle(reservation, 0.25);
    ledger.settle(reservation, 0.25);
    expect(ledger.spentUsd()).toBe(0.25);
  });

  test('spent never passes the cap while calls cost at most their estimate', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 0.01, noNaN: true }),
        fc.array(
          fc.record({
            share: fc.double({ min: 0, max: 1, noNaN: true }),
            outcome: fc.constantFrom('answer', 'free', 'cut'),
          }),
          { maxLength: 40 },
        ),
        async (usd, calls) => {
          const ledger = createLedger({ usd });
          let billedUsd = 0;
          const estimate = estimateUsd(scripted().provider, asking) ?? 0;
          const script = calls.map(({ share, outcome }) => async () => {
            if (outcome === 'free') throw new ProviderFault('retryable', 'busy', { status: 500 });
            billedUsd += share * estimate;
            if (outcome === 'cut') throw new ProviderFault('retryable', 'cut off');
            return completion({ costUsd: share * estimate });
          });
          const { provider } = scripted(...script);
          const { complete } = withBudget(ledger)(provider);
          await Promise.allSettled(calls.map(() => complete(asking)));
          expect(billedUsd).toBeLessThanOrEqual(usd + 1e-12);
          expect(ledger.spentUsd()).toBeGreaterThanOrEqual(billedUsd - 1e-12);
        },
      ),
    );
  });
});
