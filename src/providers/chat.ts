import type OpenAI from 'openai';
import * as z from 'zod';
import type { CompletionRequest, Finish, Provider, ProviderSpec } from '../model/provider.ts';
import { ProviderFault } from '../model/provider.ts';
import type { Message } from '../model/prompt.ts';
import { type Answer, httpProvider } from './http-provider.ts';
import { openaiClient } from './openai-client.ts';
import { callParameters, limitWords, readResponseFormat, takeLimit } from './parameters.ts';
import type { Settings } from './settings.ts';
import { shapeFault } from './shape-fault.ts';
import { chatTools } from './tools.ts';

type Body = OpenAI.Chat.ChatCompletionCreateParamsNonStreaming;

/** OpenAI's Chat Completions, for OpenAI itself and for everyone who speaks it. */
export const chatProvider = (spec: ProviderSpec, settings: Settings): Provider => {
  const client = openaiClient(settings);
  return httpProvider(spec, settings, {
    api: 'chat',
    send: async (request) =>
      (await client()).chat.completions.create(chatBody(request, settings), { signal: request.signal }),
    read: readChat,
  });
};

export const chatBody = (request: CompletionRequest, settings: Settings): Body => {
  const parameters = callParameters(request, settings.parameters);
  const openai = settings.vendor === 'openai';
  // OpenAI's reasoning models refuse max_tokens; many compatible servers know nothing else.
  const word = openai
    ? 'max_completion_tokens'
    : (limitWords.findLast((known) => known in parameters) ?? 'max_tokens');
  const limit = takeLimit(parameters);
  if (limit !== undefined) parameters[word === 'max_output_tokens' ? 'max_tokens' : word] = limit;
  if (parameters['tools'] !== undefined) parameters['tools'] = chatTools(parameters['tools']);
  const format = readResponseFormat(parameters['response_format']);
  if (format?.type === 'json_object') parameters['response_format'] = format;
  if (format?.type === 'json_schema') {
    const { type, ...json_schema } = format;
    parameters['response_format'] = { type, json_schema };
  }
  const messages = request.messages.map((message) => chatMessage(message, openai));
  return { ...parameters, model: settings.model, messages } as unknown as Body;
};

/** A tool's result needs the id of its call, which a prompt file does not have: it is told as the user's words. */
const chatMessage = ({ role, content }: Message, openai: boolean): { role: string; content: string } => {
  if (role === 'tool') return { role: 'user', content };
  if (role === 'developer' && !openai) return { role: 'system', content };
  return { role, content };
};

const text = z.union([z.string(), z.array(z.looseObject({ type: z.string(), text: z.string().optional() }))]);

/** Only what is read: servers add and leave out everything else. */
const chatSchema = z.object({
  model: z.string().nullish(),
  choices: z.array(
    z.object({
      finish_reason: z.string().nullish(),
      message: z
        .object({
          content: text.nullish(),
          refusal: z.string().nullish(),
          tool_calls: z
            .array(
              z.object({
                id: z.string().nullish(),
                function: z.object({ name: z.string(), arguments: z.string().nullish() }).optional(),
                custom: z.object({ name: z.string(), input: z.string() }).optional(),
              }),
            )
            .nullish(),
        })
        .nullish(),
    }),
  ),
  usage: z.object({ prompt_tokens: z.number(), completion_tokens: z.number() }).nullish().catch(null),
});
type Choice = z.infer<typeof chatSchema>['choices'][number];

/** The vendors' words for the end of an answer. A word that is not here ends nothing. */
const finishReasons: Readonly<Record<string, Finish['reason']>> = {
  stop: 'stop',
  end_turn: 'stop',
  eos: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'toolCalls',
  function_call: 'toolCalls',
  content_filter: 'blocked',
  refusal: 'refusal',
};

/** A Chat Completions body → an answer. Throws a ProviderFault for a body without a finished choice. */
export const readChat = (body: object): Answer => {
  const parsed = chatSchema.safeParse(body);
  if (!parsed.success) throw shapeFault('a chat completion', parsed.error);
  const { choices, usage, model } = parsed.data;
  const choice = choices[0];
  if (choice === undefined)
    throw new ProviderFault('retryable', 'the answer has no choices', { status: 200 });
  const finish = readFinish(choice);
  const { message } = choice;
  if (!message && finish.reason !== 'blocked')
    throw new ProviderFault('fatalForCell', 'the answer has no message', { status: 200 });
  return {
    text: textOf(message?.content) || (message?.refusal ?? ''),
    toolCalls: (message?.tool_calls ?? []).map((call, index) => ({
      id: call.id ?? `call_${index}`,
      name: call.function?.name ?? call.custom?.name ?? '',
      arguments: call.function?.arguments ?? call.custom?.input ?? '',
    })),
    finish,
    usage: usage ? { input: usage.prompt_tokens, output: usage.completion_tokens } : null,
    model: model ?? null,
  };
};

const readFinish = ({ finish_reason: raw, message }: Choice): Finish => {
  if (!raw)
    throw new ProviderFault('retryable', 'the answer has no finish reason, so it may be incomplete', {
      status: 200,
    });
  const reason = Object.hasOwn(finishReasons, raw) ? finishReasons[raw] : undefined;
  if (reason === undefined) {
    const kind = raw === 'error' ? 'retryable' : 'fatalForCell';
    throw new ProviderFault(
      kind,
      `the answer ended with "${raw.slice(0, 60)}", which is no finished answer`,
      { status: 200 },
    );
  }
  if (message?.refusal) return { reason: 'refusal', raw };
  // Some servers say "stop" although the answer is a call.
  if (reason === 'stop' && (message?.tool_calls?.length ?? 0) > 0) return { reason: 'toolCalls', raw };
  return { reason, raw };
};

const textOf = (content: z.infer<typeof text> | null | undefined): string => {
  if (!content) return '';
  if (typeof content === 'string') return content;
  return content.map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
};
