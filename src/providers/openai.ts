import type { ProviderFactory } from './build.ts';
import { chatProvider } from './chat.ts';
import { responsesProvider } from './responses.ts';
import { readSettings } from './settings.ts';
import { modelOf, providerError } from './spec.ts';

const baseUrl = 'https://api.openai.com/v1';
/** Other APIs of this vendor, which promptfoo names the same way: said plainly instead of asking for a model of that name. */
const otherApis = [
  'assistant',
  'completion',
  'embedding',
  'embeddings',
  'image',
  'moderation',
  'realtime',
  'transcription',
] as const;

/** `openai:MODEL` and `openai:responses:MODEL` ask the Responses API, `openai:chat:MODEL` Chat Completions. */
export const openai: ProviderFactory = (spec, environment) => {
  const { api, model } = modelOf(spec, ['chat', 'responses', ...otherApis]);
  if (api !== null && api !== 'chat' && api !== 'responses') {
    throw providerError(spec, 'unsupported-api', `"${spec.id}" names OpenAI's ${api} API`, {
      expected: 'openai:MODEL, openai:responses:MODEL or openai:chat:MODEL',
    });
  }
  const settings = readSettings(spec, environment, {
    vendor: 'openai',
    model,
    baseUrl,
    keyVariable: 'OPENAI_API_KEY',
  });
  return api === 'chat' ? chatProvider(spec, settings) : responsesProvider(spec, settings);
};
