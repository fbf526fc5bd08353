import type Anthropic from '@anthropic-ai/sdk';
import type { ProviderFactory } from './build.ts';
import { httpProvider } from './http-provider.ts';
import { messagesBody, readMessage } from './messages.ts';
import { withoutSdkVariables } from './sdk-environment.ts';
import { readSettings, type Settings } from './settings.ts';
import { modelOf } from './spec.ts';

/** `anthropic:MODEL`, `anthropic:messages:MODEL`: the Messages API. */
export const anthropic: ProviderFactory = (spec, environment) => {
  const { model } = modelOf(spec, ['messages']);
  const settings = readSettings(spec, environment, {
    vendor: 'anthropic',
    model,
    baseUrl: 'https://api.anthropic.com',
    keyVariable: 'ANTHROPIC_API_KEY',
  });
  const client = anthropicClient(settings);
  return httpProvider(spec, settings, {
    api: 'messages',
    send: async (request) =>
      (await client()).messages.create(messagesBody(request, settings), { signal: request.signal }),
    read: readMessage,
  });
};

/** The official client, loaded on first use. It neither retries, logs nor traces, and reads nothing from the environment. */
const anthropicClient = (settings: Settings): (() => Promise<Anthropic>) => {
  let client: Promise<Anthropic> | null = null;
  const construct = async (): Promise<Anthropic> => {
    const { Anthropic: Client } = await import('@anthropic-ai/sdk');
    return withoutSdkVariables(
      () =>
        new Client({
          apiKey: settings.apiKey,
          webhookKey: null,
          // The SDK adds /v1 itself.
          baseURL: settings.baseUrl.replace(/\/v1$/, ''),
          maxRetries: 0,
          timeout: settings.deadlineMs + 5_000,
          logLevel: 'off',
          openTelemetry: false,
          fetch: settings.fetch,
          defaultHeaders: settings.headers,
        }),
    );
  };
  return () => {
    client ??= construct();
    return client;
  };
};
