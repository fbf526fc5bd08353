import { providerContract } from '../contracts/provider.ts';

const chat = {
  answer: 'stop',
  refusal: 'stop',
  'content-filter': 'content_filter',
  length: 'length',
  'tool-calls': 'tool_calls',
};
const responses = {
  answer: 'completed',
  refusal: 'completed',
  'content-filter': 'content_filter',
  length: 'max_output_tokens',
  'tool-calls': 'completed',
};
const messages = {
  answer: 'end_turn',
  refusal: 'refusal',
  'content-filter': 'content_filter',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
};

providerContract('openai (Responses)', {
  id: 'openai:gpt-5-mini',
  keyVariable: 'OPENAI_API_KEY',
  raw: responses,
});
providerContract('openai (Chat)', { id: 'openai:chat:gpt-5-mini', keyVariable: 'OPENAI_API_KEY', raw: chat });
providerContract('anthropic', {
  id: 'anthropic:claude-haiku-4-5',
  keyVariable: 'ANTHROPIC_API_KEY',
  raw: messages,
});
providerContract('compatible', { id: 'compatible:gpt-5-mini', keyVariable: null, raw: chat });
providerContract('a preset (groq)', { id: 'groq:openai/gpt-5-mini', keyVariable: 'GROQ_API_KEY', raw: chat });
