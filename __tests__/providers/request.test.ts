import { describe, expect, test } from '@jest/globals';
import type { CompletionRequest } from '../../src/model/provider.ts';
import { chatBody } from '../../src/providers/chat.ts';
import { messagesBody } from '../../src/providers/messages.ts';
import { responsesBody } from '../../src/providers/responses.ts';
import type { Settings } from '../../src/providers/settings.ts';
import { ask } from '../contracts/provider.ts';

const settings = (vendor: string, parameters: Record<string, unknown> = {}): Settings => ({
  vendor,
  model: 'm',
  baseUrl: 'https://llm.example.com/v1',
  apiKey: null,
  headers: {},
  parameters,
  deadlineMs: 1000,
  price: null,
  fetch,
});

const schema = {
  type: 'object',
  properties: { fee: { type: 'number' } },
  required: ['fee'],
  additionalProperties: false,
};
const tool = {
  name: 'find_fee',
  description: 'Looks up a fee',
  parameters: { type: 'object', properties: {} },
};
const request: CompletionRequest = ask({
  parameters: {
    maxTokens: 300,
    temperature: 0.2,
    stop: 'END',
    reasoning_effort: 'low',
    stream: true,
    n: 3,
    model: 'other',
  },
  tools: [{ type: 'function', function: tool }],
  responseFormat: { type: 'json_schema', json_schema: { name: 'fee', schema, strict: true } },
});
const conversation = [
  { role: 'system', content: 'You answer questions about fees.' },
  { role: 'user', content: 'What is the late fee?' },
];

describe('one request in every vendor’s words', () => {
  test('Chat Completions of OpenAI', () => {
    expect(chatBody(request, settings('openai', { temperature: 0 }))).toEqual({
      model: 'm',
      messages: conversation,
      max_completion_tokens: 300,
      temperature: 0,
      stop: 'END',
      reasoning_effort: 'low',
      tools: [{ type: 'function', function: tool }],
      response_format: { type: 'json_schema', json_schema: { name: 'fee', schema, strict: true } },
    });
  });

  test('Chat Completions elsewhere keep max_tokens', () => {
    const body = chatBody(request, settings('groq', { max_tokens: 40 }));
    expect(body).toMatchObject({ max_tokens: 40 });
    expect(body).not.toHaveProperty('max_completion_tokens');
    expect(chatBody(request, settings('groq', { max_completion_tokens: 40 }))).not.toHaveProperty(
      'max_tokens',
    );
  });

  test('Responses', () => {
    expect(
      responsesBody(
        request,
        settings('openai', { tool_choice: { type: 'function', function: { name: 'find_fee' } } }),
      ),
    ).toEqual({
      model: 'm',
      store: false,
      input: conversation,
      max_output_tokens: 300,
      temperature: 0.2,
      stop: 'END',
      reasoning: { effort: 'low' },
      tools: [{ type: 'function', ...tool, strict: false }],
      tool_choice: { type: 'function', name: 'find_fee' },
      text: { format: { type: 'json_schema', name: 'fee', schema, strict: true } },
    });
  });

  test('Messages', () => {
    expect(
      messagesBody(
        { ...request, parameters: { ...request.parameters, seed: 7 } },
        settings('anthropic', { tool_choice: 'required' }),
      ),
    ).toEqual({
      model: 'm',
      max_tokens: 300,
      system: 'You answer questions about fees.',
      messages: [{ role: 'user', content: 'What is the late fee?' }],
      temperature: 0.2,
      stop_sequences: ['END'],
      output_config: { format: { type: 'json_schema', schema }, effort: 'low' },
      tools: [{ name: 'find_fee', description: 'Looks up a fee', input_schema: tool.parameters }],
      tool_choice: { type: 'any' },
    });
  });

  test('Messages: several system messages are one, a limit is always sent, and only system is asked as the user', () => {
    const system = { role: 'system' as const, content: 'A' };
    const developer = { role: 'developer' as const, content: 'B' };
    const user = { role: 'user' as const, content: 'C' };
    const body = messagesBody(ask({ messages: [system, developer, user] }), settings('anthropic'));
    expect(body).toEqual({ model: 'm', max_tokens: 4096, system: 'A\n\nB', messages: [user] });
    expect(messagesBody(ask({ messages: [system] }), settings('anthropic')).messages).toEqual([
      { role: 'user', content: 'A' },
    ]);
  });

  test("what the provider's own configuration says is sent even where the prompt's word would be left out", () => {
    expect(messagesBody(ask({ parameters: { user: 'prompt' } }), settings('anthropic'))).not.toHaveProperty(
      'user',
    );
    expect(messagesBody(ask(), settings('anthropic', { user: 'config' }))).toMatchObject({ user: 'config' });
  });

  test("the configuration's limit replaces the prompt's, however the two are spelled", () => {
    const parameters = { max_completion_tokens: 900 };
    expect(responsesBody(ask({ parameters }), settings('openai', { max_tokens: 50 }))).toMatchObject({
      max_output_tokens: 50,
    });
    expect(chatBody(ask({ parameters }), settings('openai', { max_tokens: 50 }))).toMatchObject({
      max_completion_tokens: 50,
    });
    expect(messagesBody(ask({ parameters }), settings('anthropic', { max_tokens: 50 }))).toMatchObject({
      max_tokens: 50,
    });
  });

  test('roles that an API does not have', () => {
    const messages = [
      { role: 'developer' as const, content: 'A' },
      { role: 'tool' as const, content: 'B' },
    ];
    expect(chatBody(ask({ messages }), settings('openai')).messages.map(({ role }) => role)).toEqual([
      'developer',
      'user',
    ]);
    expect(chatBody(ask({ messages }), settings('ollama')).messages.map(({ role }) => role)).toEqual([
      'system',
      'user',
    ]);
  });

  test.each([
    ['an OpenAI chat tool', { type: 'function', function: tool }],
    ['a Responses tool', { type: 'function', ...tool }],
    ['an Anthropic tool', { name: tool.name, description: tool.description, input_schema: tool.parameters }],
  ])('%s is understood by every API', (_name, written) => {
    const asked = ask({ tools: [written] });
    expect(chatBody(asked, settings('openai')).tools).toEqual([{ type: 'function', function: tool }]);
    expect(responsesBody(asked, settings('openai')).tools).toEqual([
      { type: 'function', ...tool, strict: false },
    ]);
    expect(messagesBody(asked, settings('anthropic')).tools).toEqual([
      { name: tool.name, description: tool.description, input_schema: tool.parameters },
    ]);
  });

  test("a vendor's own tool is passed on as it is", () => {
    const own = { type: 'web_search_20250305', name: 'web_search' };
    expect(messagesBody(ask({ tools: [own] }), settings('anthropic')).tools).toEqual([own]);
  });
});
