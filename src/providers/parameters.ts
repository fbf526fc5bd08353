import type { CompletionRequest } from '../model/provider.ts';

export type Parameters = Readonly<Record<string, unknown>>;

/** Spellings of prompt files in other ecosystems (`.prompt.yml`, Prompty) → the vendors' own. */
const spellings: Readonly<Record<string, string>> = {
  maxTokens: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  maxOutputTokens: 'max_output_tokens',
  topP: 'top_p',
  topK: 'top_k',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  stopSequences: 'stop',
  reasoningEffort: 'reasoning_effort',
  responseFormat: 'response_format',
  toolChoice: 'tool_choice',
};

/** What an answer is must not depend on a file: these are never taken over from a prompt. */
const ours = new Set(['model', 'messages', 'input', 'stream', 'stream_options', 'n', 'background']);

/** Three vendors' words for one limit. */
export const limitWords = ['max_tokens', 'max_completion_tokens', 'max_output_tokens'] as const;

export const spellOurWay = (parameters: Parameters): Parameters => {
  const spelled: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(parameters)) {
    const name = Object.hasOwn(spellings, key) ? (spellings[key] as string) : key;
    if (!ours.has(name) && value !== undefined && value !== null) spelled[name] = value;
  }
  return spelled;
};

/**
 * The parameters of one call: the prompt's, then the provider's own configuration, which wins. A limit of
 * the configuration replaces the prompt's limit also where the two are spelled differently.
 */
export const callParameters = (
  request: CompletionRequest,
  configured: Parameters,
): Record<string, unknown> => {
  const merged: Record<string, unknown> = { ...spellOurWay(request.parameters) };
  if (limitWords.some((word) => word in configured)) for (const word of limitWords) delete merged[word];
  if (request.tools.length > 0) merged['tools'] = request.tools;
  if (request.responseFormat !== null && request.responseFormat !== undefined)
    merged['response_format'] = request.responseFormat;
  return Object.assign(merged, configured);
};

/** Takes the output limit out of `parameters`, whatever it is called there. */
export const takeLimit = (parameters: Record<string, unknown>): unknown => {
  let limit: unknown;
  for (const word of limitWords) {
    limit ??= parameters[word];
    delete parameters[word];
  }
  return limit;
};

/** A response format as `{type, name, schema, strict}`; null: plain text, or nothing that we know. */
export const readResponseFormat = (
  value: unknown,
):
  | { type: 'json_object' }
  | { type: 'json_schema'; name: string; schema: Record<string, unknown>; strict: boolean }
  | null => {
  if (value === 'json_object') return { type: 'json_object' };
  if (typeof value !== 'object' || value === null) return null;
  const { type, json_schema: nested } = value as { type?: unknown; json_schema?: unknown };
  if (type === 'json_object') return { type };
  if (type !== 'json_schema') return null;
  const format = (nested ?? value) as { name?: unknown; schema?: unknown; strict?: unknown };
  return {
    type,
    name: typeof format.name === 'string' ? format.name : 'answer',
    schema: (format.schema ?? {}) as Record<string, unknown>,
    strict: format.strict === true,
  };
};
