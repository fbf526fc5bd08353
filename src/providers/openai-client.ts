import type OpenAI from 'openai';
import { withoutSdkVariables } from './sdk-environment.ts';
import type { Settings } from './settings.ts';

/** The official client, loaded on first use. It neither retries nor logs, and reads nothing from the environment. */
export const openaiClient = (settings: Settings): (() => Promise<OpenAI>) => {
  let client: Promise<OpenAI> | null = null;
  const construct = async (): Promise<OpenAI> => {
    const { OpenAI: Client } = await import('openai');
    return withoutSdkVariables(
      () =>
        new Client({
          // Without any key the SDK refuses to be built; the header that would carry this one is left out below.
          apiKey: settings.apiKey ?? 'none',
          adminAPIKey: null,
          organization: null,
          project: null,
          webhookSecret: null,
          baseURL: settings.baseUrl,
          maxRetries: 0,
          // The guarded fetch has the deadline; the SDK's own is only behind it.
          timeout: settings.deadlineMs + 5_000,
          logLevel: 'off',
          fetch: settings.fetch,
          // null says that there is deliberately no key.
          defaultHeaders: {
            ...(settings.apiKey === null ? { Authorization: null } : {}),
            ...settings.headers,
          },
        }),
    );
  };
  return () => {
    client ??= construct();
    return client;
  };
};
