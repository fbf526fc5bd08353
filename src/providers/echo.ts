import { throwIfAborted } from './aborted.ts';
import type { ProviderFactory } from './build.ts';

/** Answers with the rendered prompt, messages joined by a newline: shows what a model would be asked. */
export const echo: ProviderFactory = (spec) => ({
  id: spec.id,
  label: spec.label,
  languageModel: false,
  fingerprint: { vendor: 'echo' },
  price: { input: 0, output: 0 },
  complete: async ({ messages, signal }) => {
    throwIfAborted(signal);
    return {
      text: messages.map(({ content }) => content).join('\n'),
      toolCalls: [],
      finish: { reason: 'stop', raw: 'echo' },
      usage: null,
      latencyMs: 0,
      costUsd: 0,
      model: null,
      cached: false,
    };
  },
});
