import type { Store } from '../../src/model/ports.ts';
import type { Completion, CompletionRequest, Provider } from '../../src/model/provider.ts';

export const completion = (more: Partial<Completion> = {}): Completion => ({
  text: 'yes',
  toolCalls: [],
  finish: { reason: 'stop', raw: 'stop' },
  usage: { input: 10, output: 5 },
  latencyMs: 20,
  costUsd: 0.01,
  model: 'm-1',
  cached: false,
  ...more,
});

export const request = (more: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [{ role: 'user', content: 'What is the late fee?' }],
  parameters: {},
  tools: [],
  responseFormat: null,
  trial: 0,
  signal: new AbortController().signal,
  ...more,
});

export type ScriptLine = Completion | Error | (() => Promise<Completion>);

/** A provider that plays its script, the last line for ever: a completion is an answer, an error a fault. */
export const scripted = (...script: readonly ScriptLine[]) => {
  const asked: CompletionRequest[] = [];
  const provider: Provider = {
    id: 'test:m',
    label: 'test model',
    languageModel: true,
    fingerprint: { vendor: 'test', model: 'm', parameters: {} },
    price: { input: 1, output: 10 },
    complete: async (asking) => {
      asked.push(asking);
      const line = script[Math.min(asked.length, script.length) - 1];
      if (line === undefined) throw new Error('nothing scripted');
      if (typeof line === 'function') return line();
      if (line instanceof Error) throw line;
      return line;
    },
  };
  return { provider, asked };
};

export const memoryStore = (): Store & { readonly entries: Map<string, Completion> } => {
  const entries = new Map<string, Completion>();
  return {
    entries,
    get: (key) => entries.get(key) ?? null,
    put: (key, value) => {
      entries.set(key, value);
    },
    close: () => entries.clear(),
  };
};
