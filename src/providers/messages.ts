import type Anthropic from '@anthropic-ai/sdk';
import * as z from 'zod';
import type { CompletionRequest, Finish } from '../model/provider.ts';
import type { Message } from '../model/prompt.ts';
import { ProviderFault } from '../model/provider.ts';
import type { Answer } from './http-provider.ts';
import { callParameters, readResponseFormat, takeLimit } from './parameters.ts';
import type { Settings } from './settings.ts';
import { shapeFault } from './shape-fault.ts';
import { messagesToolChoice, messagesTools } from './tools.ts';

type Body = Anthropic.MessageCreateParamsNonStreaming;

/** The API demands a limit; this one holds any answer of a support bot and a usual JSON document. */
const defaultMaxTokens = 4096;

/**
 * What prompt files of OpenAI's world set and this API has no word for. They are left out where the *prompt*
 * sets them, so that one prompt runs in every column; what the provider's own configuration says is sent as it is.
 */
const withoutCounterpart = [
  'seed',
  'user',
  'logprobs',
  'top_logprobs',
  'logit_bias',
  'frequency_penalty',
  'presence_penalty',
  'verbosity',
  'parallel_tool_calls',
];

export const messagesBody = (request: CompletionRequest, settings: Settings): Body => {
  const all = callParameters(request, settings.parameters);
  for (const word of withoutCounterpart) if (!(word in settings.parameters)) delete all[word];
  const {
    response_format: responseFormat,
    reasoning_effort: effort,
    output_config: outputConfig,
    stop,
    tools,
    tool_choice: toolChoice,
    ...parameters
  } = all;
  const limit = takeLimit(parameters) ?? defaultMaxTokens;
  const { system, messages } = splitSystem(request.messages);
  const format = outputFormat(responseFormat);
  return {
    ...parameters,
    max_tokens: limit,
    ...(stop === undefined ? {} : { stop_sequences: Array.isArray(stop) ? stop : [stop] }),
    ...(format === null && effort === undefined && outputConfig === undefined
      ? {}
      : {
          output_config: {
            ...(format && { format }),
            ...(effort === undefined ? {} : { effort }),
            ...(outputConfig as object),
          },
        }),
    ...(tools === undefined ? {} : { tools: messagesTools(tools) }),
    ...(toolChoice === undefined ? {} : { tool_choice: messagesToolChoice(toolChoice) }),
    model: settings.model,
    ...(system === '' ? {} : { system }),
    messages,
  } as unknown as Body;
};

/** A schema becomes structured output. `json_object` has no counterpart, and asks for JSON in the prompt's own words anyway. */
const outputFormat = (value: unknown): { type: 'json_schema'; schema: unknown } | null => {
  const format = readResponseFormat(value);
  return format?.type === 'json_schema' ? { type: 'json_schema', schema: format.schema } : null;
};

/** System and developer messages are one text of their own here; a prompt that has nothing else is asked as the user's. */
const splitSystem = (
  all: readonly Message[],
): { system: string; messages: { role: string; content: string }[] } => {
  const isSystem = ({ role }: Message): boolean => role === 'system' || role === 'developer';
  const system = all.filter(isSystem).map(({ content }) => content);
  const messages = all
    .filter((message) => !isSystem(message))
    .map(({ role, content }) => ({ role: role === 'assistant' ? role : 'user', content }));
  if (messages.length > 0) return { system: system.join('\n\n'), messages };
  return { system: '', messages: [{ role: 'user', content: system.join('\n\n') }] };
};

const messageSchema = z.object({
  model: z.string().nullish(),
  stop_reason: z.string().nullish(),
  content: z.array(
    z.looseObject({
      type: z.string(),
      text: z.string().optional(),
      id: z.string().optional(),
      name: z.string().optional(),
    }),
  ),
  usage: z
    .object({
      input_tokens: z.number(),
      output_tokens: z.number(),
      cache_creation_input_tokens: z.number().nullish(),
      cache_read_input_tokens: z.number().nullish(),
    })
    .nullish()
    .catch(null),
});
type Usage = NonNullable<z.infer<typeof messageSchema>['usage']>;

/** `pause_turn` is not here: it asks us to go on, so there is no answer yet. */
const stopReasons: Readonly<Record<string, Finish['reason']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'toolCalls',
  refusal: 'refusal',
  content_filter: 'blocked',
};

/** A Messages body → an answer. Throws a ProviderFault for a body without a final stop reason. */
export const readMessage = (body: object): Answer => {
  const parsed = messageSchema.safeParse(body);
  if (!parsed.success) throw shapeFault('a message', parsed.error);
  const { content, stop_reason: raw, usage, model } = parsed.data;
  if (!raw)
    throw new ProviderFault('retryable', 'the answer has no stop reason, so it may be incomplete', {
      status: 200,
    });
  const reason = Object.hasOwn(stopReasons, raw) ? stopReasons[raw] : undefined;
  if (reason === undefined)
    throw new ProviderFault(
      'fatalForCell',
      `the answer ended with "${raw.slice(0, 60)}", which is no finished answer`,
      { status: 200 },
    );
  return {
    text: content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join(''),
    toolCalls: content
      .filter(({ type }) => type === 'tool_use')
      .map((block) => ({
        id: block.id ?? '',
        name: block.name ?? '',
        arguments: JSON.stringify(block['input'] ?? {}),
      })),
    finish: { reason, raw },
    usage: usage ? { input: inputTokens(usage), output: usage.output_tokens } : null,
    model: model ?? null,
  };
};

/** Tokens written to and read from the prompt cache are counted apart from `input_tokens`. */
const inputTokens = (usage: Usage): number =>
  usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0);
