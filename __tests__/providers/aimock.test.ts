import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ProviderFault } from '../../src/model/provider.ts';
import { buildProvider } from '../../src/providers/build.ts';
import { ask, specOf, testKey } from '../contracts/provider.ts';

/**
 * The same providers against an emulator that nobody here wrote: it reads our requests as the vendors do and
 * writes its own answers.
 */
const mock = new LLMock({ port: 0 });
const tools = [
  {
    type: 'function',
    function: {
      name: 'find_fee',
      description: 'Looks up a fee',
      parameters: { type: 'object', properties: { kind: { type: 'string' } } },
    },
  },
];
const question = (content: string) => [
  { role: 'system' as const, content: 'You answer questions about fees.' },
  { role: 'user' as const, content },
];

beforeAll(async () => {
  mock.onMessage('late fee', {
    content: 'It is €5.',
    usage: { prompt_tokens: 20, completion_tokens: 6, input_tokens: 20, output_tokens: 6 },
  });
  mock.onMessage('cut short', { content: 'It is', finishReason: 'length' });
  mock.onMessage('look it up', {
    toolCalls: [{ name: 'find_fee', arguments: '{"kind":"late"}', id: 'call_1' }],
  });
  mock.onMessage('as JSON', (request) => ({ content: JSON.stringify(request.response_format ?? null) }));
  mock.onMessage('too many', {
    error: { message: 'Rate limit reached', type: 'rate_limit_error' },
    status: 429,
    retryAfter: 3,
  });
  mock.onMessage('busy', { error: { message: 'Overloaded', type: 'overloaded_error' }, status: 529 });
  mock.onMessage('no key', { error: { message: 'invalid key', type: 'authentication_error' }, status: 401 });
  await mock.start();
});
afterAll(() => mock.stop());

const columns: readonly [string, string][] = [
  ['openai:gpt-5-mini', '/v1'],
  ['openai:chat:gpt-5-mini', '/v1'],
  ['anthropic:claude-haiku-4-5', ''],
  ['compatible:any-model', '/v1'],
  ['mistral:mistral-small-latest', '/v1'],
];

describe.each(columns)('%s speaks to an independent emulator', (id, path) => {
  const build = () =>
    buildProvider(
      specOf(id, { baseUrl: `${mock.url}${path}`, apiKeyEnv: 'TEST_KEY', temperature: 0, max_tokens: 200 }),
      {
        env: { TEST_KEY: testKey },
        fetch,
        readText: async () => null,
        allowLoopbackHttp: true,
      },
    );

  test('an answer', async () => {
    const completion = await (await build()).complete(ask({ messages: question('What is the late fee?') }));
    expect(completion).toMatchObject({
      text: 'It is €5.',
      finish: { reason: 'stop' },
      usage: { input: 20, output: 6 },
      cached: false,
    });
  });

  test('an answer that was cut short', async () => {
    const completion = await (await build()).complete(ask({ messages: question('cut short, please') }));
    expect(completion).toMatchObject({ text: 'It is', finish: { reason: 'length' } });
  });

  test('a tool call', async () => {
    const completion = await (await build()).complete(ask({ messages: question('look it up'), tools }));
    expect(completion.finish.reason).toBe('toolCalls');
    expect(completion.toolCalls).toMatchObject([{ name: 'find_fee', arguments: '{"kind":"late"}' }]);
  });

  test.each([
    ['too many', 'retryable', 429, 3000],
    ['busy', 'retryable', 529, null],
    ['no key', 'fatalForProvider', 401, null],
  ])('%s → %s', async (words, kind, status, retryAfterMs) => {
    const outcome = await (await build())
      .complete(ask({ messages: question(words) }))
      .catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ProviderFault);
    expect(outcome).toMatchObject({ kind, status, retryAfterMs });
  });
});
