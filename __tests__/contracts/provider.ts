import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { inspect } from 'node:util';
import { CancelledError } from '../../src/model/errors.ts';
import {
  type CompletionRequest,
  type Finish,
  type Provider,
  ProviderFault,
  type ProviderSpec,
} from '../../src/model/provider.ts';
import { buildProvider, type ProviderEnvironment } from '../../src/providers/build.ts';
import { type FaultServer, faultFixtures, startFaultServer } from '../peers/fault-server.ts';

export const testKey = 'sk-test-5f2b8c1d9e7a4036';

/** What the contract needs to know of a provider. */
export type ProviderUnderTest = {
  readonly id: string;
  /** The environment variable of its key; null: it is configured by `apiKeyEnv`. */
  readonly keyVariable: string | null;
  /** The vendor's own words for the ends of an answer. */
  readonly raw: Readonly<Record<'answer' | 'refusal' | 'content-filter' | 'length' | 'tool-calls', string>>;
};

export const ask = (more: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [
    { role: 'system', content: 'You answer questions about fees.' },
    { role: 'user', content: 'What is the late fee?' },
  ],
  parameters: {},
  tools: [],
  responseFormat: null,
  trial: 0,
  signal: new AbortController().signal,
  ...more,
});

export const specOf = (id: string, config: Record<string, unknown> = {}): ProviderSpec => ({
  id,
  label: id,
  config,
  price: { input: 1, output: 10 },
  place: { file: 'assay.yml', line: 3, column: 5 },
});

/** Answers that are answers: scenario → what the program must make of it. */
const answers: readonly [keyof ProviderUnderTest['raw'], Finish['reason'], string][] = [
  ['answer', 'stop', 'The late fee is **€5**. It is charged once a month.'],
  ['refusal', 'refusal', "I'm sorry, but I can't help with that."],
  ['content-filter', 'blocked', ''],
  ['length', 'length', 'The late fee is'],
  ['tool-calls', 'toolCalls', ''],
];

/** Everything that is no answer, apart from the error statuses: scenario → class, words. */
const faults: readonly [string, ProviderFault['kind'], RegExp][] = [
  ['html', 'retryable', /not JSON but an HTML page titled "Sign in"/],
  ['empty', 'retryable', /empty/],
  ['empty-chunked', 'retryable', /empty/],
  ['no-content', 'retryable', /empty/],
  ['not-json', 'retryable', /not valid JSON/],
  ['list', 'retryable', /not JSON but \[\]/],
  ['wrong-shape', 'fatalForCell', /is not a (chat completion|response|message)/],
  ['no-choices', 'retryable', /no choices|Overloaded|server_error|failed|no output/],
  ['no-finish', 'retryable', /no finish reason|no stop reason|in_progress/],
  ['cut-body', 'retryable', /closed before the answer was complete/],
  ['cut-chunked', 'retryable', /closed before the answer was complete/],
  ['reset', 'retryable', /no connection/],
  ['stalled', 'retryable', /no complete answer within 0.15 s/],
  ['stalled-error', 'retryable', /no complete answer within 0.15 s/],
  ['silent', 'retryable', /no complete answer within 0.15 s/],
  ['redirect', 'fatalForProvider', /redirects elsewhere/],
  ['huge', 'fatalForCell', /larger than 10 MB/],
  ['huge-compressed', 'fatalForCell', /larger than 10 MB/],
];

/** Variables with which SDKs would send keys and prompts elsewhere, or print them. */
const traps: Readonly<Record<string, string>> = {
  OPENAI_BASE_URL: 'https://sink.invalid/v1',
  OPENAI_ORG_ID: 'org-trap',
  OPENAI_PROJECT_ID: 'proj-trap',
  OPENAI_ADMIN_KEY: 'sk-trap-admin-key',
  OPENAI_API_KEY: 'sk-trap-openai-key',
  OPENAI_LOG: 'debug',
  OPENAI_CUSTOM_HEADERS: 'x-trap: openai\nauthorization: Bearer sk-trap',
  ANTHROPIC_BASE_URL: 'https://sink.invalid',
  ANTHROPIC_API_KEY: 'sk-trap-anthropic-key',
  ANTHROPIC_AUTH_TOKEN: 'sk-trap-auth-token',
  ANTHROPIC_LOG: 'debug',
  ANTHROPIC_CUSTOM_HEADERS: 'x-trap: anthropic\nauthorization: Bearer sk-trap',
};

/**
 * The contract of every provider behind HTTP: an answer is finished and normalised, everything else is a
 * ProviderFault of the right class, and neither keys nor prompts leave for anywhere but the base URL.
 */
export const providerContract = (name: string, subject: ProviderUnderTest): void => {
  describe(`${name} keeps the provider contract`, () => {
    let server: FaultServer;
    const called: string[] = [];
    const saved = { ...process.env };
    beforeAll(async () => {
      server = await startFaultServer();
      Object.assign(process.env, traps);
    });
    afterAll(async () => {
      for (const variable of Object.keys(traps)) delete process.env[variable];
      Object.assign(process.env, saved);
      await server.stop();
    });

    const environment = (): ProviderEnvironment => ({
      env: { [subject.keyVariable ?? 'TEST_KEY']: testKey },
      fetch: (input, init) => {
        called.push(new URL(input instanceof Request ? input.url : input).hostname);
        return fetch(input, init);
      },
      readText: async () => null,
      allowLoopbackHttp: true,
    });
    const provider = (scenario: string, config: Record<string, unknown> = {}): Promise<Provider> => {
      const key = subject.keyVariable === null ? { apiKeyEnv: 'TEST_KEY' } : {};
      const deadlineMs = /stalled|silent/.test(scenario) ? 150 : 20_000;
      const baseUrl = `${server.url}/${scenario}/v1`;
      return buildProvider(specOf(subject.id, { baseUrl, deadlineMs, ...key, ...config }), environment());
    };
    const faultOf = async (scenario: string): Promise<ProviderFault> => {
      const outcome = await (await provider(scenario)).complete(ask()).catch((error: unknown) => error);
      expect(outcome).toBeInstanceOf(ProviderFault);
      expect(inspect(outcome, { depth: 12, showHidden: true })).not.toContain(testKey);
      return outcome as ProviderFault;
    };

    test('building calls nothing', async () => {
      const before = called.length;
      await provider('answer');
      expect(called).toHaveLength(before);
    });

    test.each(answers)('%s → finish %s', async (scenario, reason, text) => {
      const completion = await (await provider(scenario)).complete(ask());
      expect(completion).toEqual({
        text,
        toolCalls:
          reason === 'toolCalls' ? [{ id: 'call_Vq1', name: 'find_fee', arguments: '{"kind":"late"}' }] : [],
        finish: { reason, raw: subject.raw[scenario] },
        usage: { input: 31, output: 12 },
        latencyMs: expect.any(Number),
        costUsd: expect.closeTo((31 * 1 + 12 * 10) / 1e6, 12),
        model: expect.stringMatching(/^(gpt-5-mini-2025-08-07|claude-haiku-4-5-20251001)$/),
        cached: false,
      });
      expect(completion.latencyMs).toBeGreaterThan(0);
    });

    test.each(faults)('%s → %s', async (scenario, kind, words) => {
      const fault = await faultOf(scenario);
      expect(fault.kind).toBe(kind);
      expect(fault.message).toMatch(words);
      expect(server.received(scenario).length).toBe(1);
    });

    test.each(Object.entries(faultFixtures))('%s → its class', async (scenario, expected) => {
      const fault = await faultOf(scenario);
      expect([fault.kind, fault.retryAfterMs]).toEqual([expected.kind, expected.retryAfterMs ?? null]);
      if (expected.status >= 400) expect(fault.status).toBe(expected.status);
      if (expected.message !== undefined) expect(fault.message).toContain(expected.message);
      expect(fault.message.length).toBeLessThan(600);
      expect(server.received(scenario).length).toBe(1);
    });

    test('a redirect is not followed: neither key nor prompt arrives there', async () => {
      await faultOf('redirect');
      expect(server.received('sink')).toEqual([]);
    });

    test('a server that sends the key back is not quoted with it', async () => {
      expect((await faultOf('key-in-error')).message).toContain('[key hidden]');
      const completion = await (await provider('key-in-answer')).complete(ask());
      expect(completion.text).toMatch(/^\[key hidden\] .*\[key hidden\]/);
      expect(inspect(completion)).not.toContain(testKey);
    });

    test('the request carries our key and nothing of the environment', async () => {
      await (await provider('answer', { headers: { 'x-team': 'support' } })).complete(ask());
      const request = server.received('answer').at(-1);
      expect(request?.headers).toMatchObject({ authorization: `Bearer ${testKey}`, 'x-team': 'support' });
      expect(request?.headers['x-api-key']).toBeUndefined();
      expect(JSON.stringify(request)).not.toMatch(/trap/);
      expect(process.env['OPENAI_BASE_URL']).toBe(traps['OPENAI_BASE_URL']);
    });

    test('cancelling ends the call at once', async () => {
      const controller = new AbortController();
      const built = await provider('silent', { deadlineMs: 60_000 });
      const outcome = built.complete(ask({ signal: controller.signal })).catch((error: unknown) => error);
      while (server.received('silent').length < 2) await new Promise((resolve) => setImmediate(resolve));
      controller.abort();
      expect(await outcome).toBeInstanceOf(CancelledError);
      await expect(built.complete(ask({ signal: controller.signal }))).rejects.toBeInstanceOf(CancelledError);
    });

    test("a deadline on the request's signal is a fault of the call", async () => {
      const built = await provider('silent', { deadlineMs: 60_000 });
      const outcome = await built
        .complete(ask({ signal: AbortSignal.timeout(30) }))
        .catch((error: unknown) => error);
      expect(outcome).toMatchObject({ name: 'ProviderFault', kind: 'retryable' });
    });

    test('the fingerprint says what makes answers differ, and holds no secret', async () => {
      const config = { temperature: 0, headers: { 'x-team': 'support', 'x-secret-token': 'hush-hush' } };
      const { fingerprint } = await provider('answer', config);
      expect(fingerprint).toMatchObject({
        endpoint: `${server.url}/answer/v1`,
        model: expect.stringMatching(/gpt-5-mini|claude/),
        parameters: { temperature: 0 },
        headers: { 'x-team': 'support' },
      });
      expect(JSON.stringify(fingerprint)).not.toMatch(/hush-hush|sk-test/);
    });

    test('only loopback was called', () => {
      expect(new Set(called)).toEqual(new Set(['127.0.0.1']));
    });
  });
};
