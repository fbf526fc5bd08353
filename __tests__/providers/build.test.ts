import { describe, expect, test } from '@jest/globals';
import { UserError } from '../../src/model/errors.ts';
import { buildProvider, type ProviderEnvironment, providerNames } from '../../src/providers/build.ts';
import presets from '../../src/providers/presets.json' with { type: 'json' };
import { specOf } from '../contracts/provider.ts';

const environment = (more: Partial<ProviderEnvironment> = {}): ProviderEnvironment => ({
  env: { OPENAI_API_KEY: 'sk-test-key', ANTHROPIC_API_KEY: 'sk-test-key', GROQ_API_KEY: 'sk-test-key' },
  fetch: () => {
    throw new Error('nothing may be called');
  },
  readText: async () => null,
  allowLoopbackHttp: true,
  ...more,
});

const failure = async (
  id: string,
  config: Record<string, unknown> = {},
  more: Partial<ProviderEnvironment> = {},
) => {
  const error = await buildProvider(specOf(id, config), environment(more)).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof UserError)) throw new Error(`${id} was not refused: ${error}`);
  return error;
};

describe('what a user has to mend is said before any call', () => {
  test.each<[string, string, Record<string, unknown>, string, RegExp]>([
    [
      'an unknown vendor',
      'opneai:gpt-5-mini',
      {},
      'unknown-provider',
      /unknown provider "opneai".*Did you mean openai\?/,
    ],
    [
      'a model without its vendor',
      'gpt-5-mini',
      {},
      'unknown-provider',
      /Write vendor:model, such as openai:gpt-5-mini/,
    ],
    ['a name of the prototype', 'constructor:x', {}, 'unknown-provider', /unknown provider "constructor"/],
    ['an unknown built-in', 'builtin:extrakt', {}, 'unknown-provider', /Expected builtin:extract/],
    ['no model', 'openai:', {}, 'missing-model', /Expected openai:MODEL/],
    ['no model behind the API', 'openai:chat:', {}, 'missing-model', /Expected openai:MODEL/],
    [
      'another API',
      'openai:embedding:text-embedding-3-small',
      {},
      'unsupported-api',
      /OpenAI's embedding API/,
    ],
    ['a missing key', 'xai:grok-4', {}, 'missing-key-variable', /XAI_API_KEY is not set\. Set XAI_API_KEY/],
    [
      'a missing key of the configuration',
      'openai:gpt-5',
      { apiKeyEnv: 'TEAM_KEY' },
      'missing-key-variable',
      /TEAM_KEY is not set/,
    ],
    [
      "promptfoo's spelling of it",
      'openai:gpt-5',
      { apiKeyEnvar: 'TEAM_KEY' },
      'missing-key-variable',
      /TEAM_KEY is not set/,
    ],
    ['a key in the file', 'openai:gpt-5', { apiKey: 'sk-live-1234567890' }, 'key-in-file', /apiKeyEnv/],
    ['no base URL', 'compatible:m', {}, 'missing-base-url', /needs config\.baseUrl/],
    ['http', 'compatible:m', { baseUrl: 'http://llm.example.com/v1' }, 'bad-base-url', /unprotected/],
    [
      'http on a private address',
      'compatible:m',
      { baseUrl: 'http://10.0.0.4/v1' },
      'bad-base-url',
      /unprotected/,
    ],
    [
      'http on the metadata address',
      'compatible:m',
      { baseUrl: 'http://169.254.169.254/v1' },
      'bad-base-url',
      /unprotected/,
    ],
    [
      'loopback written as IPv4 in IPv6',
      'compatible:m',
      { baseUrl: 'http://[::ffff:127.0.0.1]/v1' },
      'bad-base-url',
      /unprotected/,
    ],
    [
      'a host that begins like localhost',
      'compatible:m',
      { baseUrl: 'http://localhost.evil.example/v1' },
      'bad-base-url',
      /unprotected/,
    ],
    [
      'a host behind a user name',
      'openai:gpt-5',
      { baseUrl: 'https://api.openai.com@evil.example/v1' },
      'bad-base-url',
      /user name.*evil\.example/,
    ],
    ['another scheme', 'openai:gpt-5', { baseUrl: 'file:///etc/passwd' }, 'bad-base-url', /unprotected/],
    ['no address', 'openai:gpt-5', { apiBaseUrl: 'api.openai.com' }, 'bad-base-url', /not an address/],
    ['a query', 'openai:gpt-5', { baseUrl: 'https://api.openai.com/v1?x=1' }, 'bad-base-url', /query/],
    [
      'an unset variable of the address',
      'cloudflare:@cf/meta/llama',
      { apiKeyEnv: 'OPENAI_API_KEY' },
      'missing-variable',
      /CLOUDFLARE_ACCOUNT_ID/,
    ],
    [
      'a temperature out of range',
      'openai:gpt-5',
      { temperature: 9 },
      'bad-provider-config',
      /config\.temperature is 9.*at most 2/,
    ],
    [
      'a limit of text',
      'openai:gpt-5',
      { max_tokens: 'many' },
      'bad-provider-config',
      /config\.max_tokens is "many".*number/,
    ],
    [
      'an infinite limit',
      'openai:gpt-5',
      { max_tokens: Number.POSITIVE_INFINITY },
      'bad-provider-config',
      /max_tokens/,
    ],
    ['a negative limit', 'openai:gpt-5', { max_tokens: -1 }, 'bad-provider-config', /max_tokens/],
    ['streaming', 'openai:gpt-5', { stream: true }, 'bad-provider-config', /config\.stream/],
    ['several answers a call', 'openai:gpt-5', { n: 4 }, 'bad-provider-config', /config\.n is 4/],
    ['another model', 'openai:gpt-5', { model: 'gpt-4' }, 'bad-provider-config', /config\.model/],
    [
      'a header that splits',
      'openai:gpt-5',
      { headers: { 'x-a': 'b\r\nx-c: d' } },
      'bad-provider-config',
      /headers/,
    ],
    [
      'a base URL that is no text',
      'openai:gpt-5',
      { baseUrl: 7 },
      'bad-provider-config',
      /config\.baseUrl is 7/,
    ],
    ['a recording that is not there', 'replay:answers.jsonl', {}, 'missing-recording', /does not exist/],
    ['no recording', 'replay', {}, 'missing-recording', /replay:PATH/],
  ])('%s', async (_name, id, config, code, words) => {
    const error = await failure(id, config);
    expect(error.findings[0]).toMatchObject({ code, place: { file: 'assay.yml', line: 3, column: 5 } });
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('sk-');
  });

  test('a loopback address needs permission', async () => {
    const error = await failure(
      'compatible:m',
      { baseUrl: 'http://127.0.0.1:1/v1' },
      { allowLoopbackHttp: false },
    );
    expect(error.findings[0]?.code).toBe('bad-base-url');
  });

  test('a key with a line break inside is refused without being shown', async () => {
    const error = await failure('openai:gpt-5', {}, { env: { OPENAI_API_KEY: 'sk-a\nsk-b' } });
    expect(error.findings[0]?.code).toBe('bad-key');
    expect(error.message).not.toContain('sk-a');
  });

  test('every finding of one provider is said at once', async () => {
    const error = await failure('openai:gpt-5', { baseUrl: 'http://evil.example', apiKeyEnv: 'NONE' });
    expect(error.findings.map(({ code }) => code)).toEqual(['bad-base-url', 'missing-key-variable']);
  });
});

describe('what can be built', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    [
      'openai:gpt-5-mini',
      {},
      { vendor: 'openai', api: 'responses', model: 'gpt-5-mini', endpoint: 'https://api.openai.com/v1' },
    ],
    ['openai:responses:gpt-5-mini', {}, { api: 'responses', model: 'gpt-5-mini' }],
    ['openai:chat:ft:gpt-4.1:acme::abc', {}, { api: 'chat', model: 'ft:gpt-4.1:acme::abc' }],
    ['openai:ft:gpt-4.1:acme::abc', {}, { api: 'responses', model: 'ft:gpt-4.1:acme::abc' }],
    [
      'anthropic:messages:claude-haiku-4-5',
      {},
      { vendor: 'anthropic', api: 'messages', model: 'claude-haiku-4-5' },
    ],
    [
      'groq:openai/gpt-oss-20b',
      {},
      { vendor: 'groq', api: 'chat', endpoint: 'https://api.groq.com/openai/v1' },
    ],
    [
      'ollama:chat:llama3.2',
      {},
      { vendor: 'ollama', endpoint: 'http://127.0.0.1:11434/v1', model: 'llama3.2' },
    ],
    ['compatible:m', { baseUrl: 'http://127.0.0.9:1/v1/' }, { endpoint: 'http://127.0.0.9:1/v1' }],
    ['compatible:m', { baseUrl: 'http://[::1]:1/v1' }, { endpoint: 'http://[::1]:1/v1' }],
    [
      'compatible:m',
      { apiBaseUrl: 'http://localhost:1/v1', maxTokens: 5 },
      { parameters: { max_tokens: 5 } },
    ],
    ['echo', {}, { vendor: 'echo' }],
  ])('%s', async (id, config, fingerprint) => {
    const provider = await buildProvider(specOf(id, config), environment());
    expect(provider).toMatchObject({ id, label: id, fingerprint });
  });

  test('every preset has an https address, or one on loopback without a key', async () => {
    const keys = Object.fromEntries(
      Object.values(presets).map(({ keyVariable }) => [keyVariable, 'sk-test-key']),
    );
    for (const [name, { baseUrl, keyVariable }] of Object.entries(presets)) {
      expect(baseUrl).toMatch(keyVariable === null ? /^http:\/\/127\.0\.0\.1:/ : /^https:\/\//);
      const env = { ...keys, CLOUDFLARE_ACCOUNT_ID: 'a1b2' };
      const provider = await buildProvider(
        specOf(`${name}:m`),
        environment({ env, allowLoopbackHttp: false }),
      );
      expect(provider.fingerprint).toMatchObject({ vendor: name, model: 'm' });
      expect(JSON.stringify(provider.fingerprint)).not.toContain('{CLOUDFLARE');
    }
  });

  test('the names of the contract are all there', () => {
    const named =
      'openai anthropic compatible openrouter groq mistral deepseek xai together fireworks cerebras perplexity nvidia cloudflare ollama vllm lmstudio litellm replay echo builtin';
    expect(providerNames).toEqual(expect.arrayContaining(named.split(' ')));
  });

  test('a key is used without the newline it was stored with', async () => {
    const env = { OPENAI_API_KEY: 'sk-test-key\n' };
    await expect(buildProvider(specOf('openai:gpt-5'), environment({ env }))).resolves.toBeDefined();
  });
});
