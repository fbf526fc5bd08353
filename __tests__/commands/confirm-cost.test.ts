import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { createAsk } from '../../src/commands/ask.ts';
import { confirmCost } from '../../src/commands/confirm-cost.ts';
import type { RunForecast } from '../../src/commands/forecast-run.ts';
import { CancelledError } from '../../src/model/errors.ts';
import { provider } from '../plan/builders.ts';

const tally = { answer: 0, judge: 0 };
const forecast = (costUsd: number, more: Partial<RunForecast> = {}): RunForecast => ({
  trials: 112,
  calls: { answer: 100, judge: 12 },
  fromStore: tally,
  shared: tally,
  costUsd,
  costAtMostUsd: 3 * costUsd,
  priced: { costUsd, atMostUsd: 3 * costUsd },
  minutes: 1,
  mayRepeat: true,
  assumptions: [],
  unpriced: [],
  ...more,
});

const answering = (answer: string | null) => {
  const questions: string[] = [];
  const ask = async (question: string): Promise<string | null> => {
    questions.push(question);
    return answer;
  };
  return { questions, ask };
};

describe('above 1 USD', () => {
  test.each(['y', 'Y', 'yes', ' Yes '])('%j goes on', async (answer) => {
    const { questions, ask } = answering(answer);
    await confirmCost(forecast(1.5), ask);
    expect(questions).toEqual(['This run makes 112 calls for about $1.50 (at most $4.50). Go on? [y/N] ']);
  });

  test.each(['', 'n', 'no', 'yesterday', null])('%j does not', async (answer) => {
    await expect(confirmCost(forecast(1.5), answering(answer).ask)).rejects.toThrow(CancelledError);
  });

  test('what is not known is named', async () => {
    const { questions, ask } = answering('y');
    await confirmCost(forecast(1.5, { costUsd: null, unpriced: [provider('compatible:x')] }), ask);
    expect(questions[0]).toContain('(at most $4.50, and compatible:x on top)');
  });

  test('nobody there: nothing is asked', async () => {
    await expect(confirmCost(forecast(100), null)).resolves.toBeUndefined();
  });
});

test('up to 1 USD nobody is asked', async () => {
  const { questions, ask } = answering('n');
  await confirmCost(forecast(1), ask);
  expect(questions).toEqual([]);
});

describe('a question on a terminal', () => {
  const terminal = (more: { env?: Record<string, string>; isTTY?: boolean; signal?: AbortSignal } = {}) => {
    const { env = {}, isTTY = true, signal = new AbortController().signal } = more;
    const input = Object.assign(new PassThrough(), { isTTY });
    const output = Object.assign(new PassThrough(), { isTTY: true });
    return { input, output, ask: createAsk({ input, output, env, signal }) };
  };

  test('takes one line', async () => {
    const { input, output, ask } = terminal();
    const answer = ask?.('Go on? ');
    input.write('yes\nno\n');
    expect(await answer).toBe('yes');
    expect(String(output.read())).toContain('Go on? ');
  });

  test('the end of the input is no answer', async () => {
    const { input, ask } = terminal();
    const answer = ask?.('Go on? ');
    input.end();
    expect(await answer).toBeNull();
  });

  test('Ctrl+C is no answer', async () => {
    const { input, ask } = terminal();
    const answer = ask?.('Go on? ');
    input.write('\u0003');
    expect(await answer).toBeNull();
  });

  test('a signal ends the waiting', async () => {
    const controller = new AbortController();
    const answer = terminal({ signal: controller.signal }).ask?.('Go on? ');
    controller.abort();
    expect(await answer).toBeNull();
  });

  test.each([
    ['CI', { env: { CI: 'true' } }],
    ['no terminal', { isTTY: false }],
  ])('%s: there is nobody to ask', (_name, more) => {
    expect(terminal(more).ask).toBeNull();
  });
});
