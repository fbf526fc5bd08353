import type OpenAI from 'openai';
import * as z from 'zod';
import type { CompletionRequest, Finish, Provider, ProviderSpec, ToolCall } from '../model/provider.ts';
import { ProviderFault } from '../model/provider.ts';
import { type Answer, httpProvider } from './http-provider.ts';
import { openaiClient } from './openai-client.ts';
import { callParameters, readResponseFormat, takeLimit } from './parameters.ts';
import type { Settings } from './settings.ts';
import { shapeFault } from './shape-fault.ts';
import { responsesToolChoice, responsesTools } from './tools.ts';

type Body = OpenAI.Responses.ResponseCreateParamsNonStreaming;

/** OpenAI's Responses API. */
export const responsesProvider = (spec: ProviderSpec, settings: Settings): Provider => {
  const client = openaiClient(settings);
  return httpProvider(spec, settings, {
    api: 'responses',
    send: async (request) =>
      (await client()).responses.create(responsesBody(request, settings), { signal: request.signal }),
    read: readResponse,
  });
};

export const responsesBody = (request: CompletionRequest, settings: Settings): Body => {
  const {
    response_format: responseFormat,
    reasoning_effort: effort,
    reasoning,
    text,
    verbosity,
    tools,
    tool_choice: toolChoice,
    ...parameters
  } = callParameters(request, settings.parameters);
  const limit = takeLimit(parameters);
  const format = readResponseFormat(responseFormat);
  return {
    // An answer to a test is nobody's conversation: it is not kept at the vendor unless the configuration says so.
    store: false,
    ...parameters,
    ...(limit === undefined ? {} : { max_output_tokens: limit }),
    ...(format === null && verbosity === undefined && text === undefined
      ? {}
      : {
          text: {
            ...(format && { format }),
            ...(verbosity === undefined ? {} : { verbosity }),
            ...(text as object),
          },
        }),
    ...(effort === undefined && reasoning === undefined
      ? {}
      : { reasoning: { ...(effort === undefined ? {} : { effort }), ...(reasoning as object) } }),
    ...(tools === undefined ? {} : { tools: responsesTools(tools) }),
    ...(toolChoice === undefined ? {} : { tool_choice: responsesToolChoice(toolChoice) }),
    model: settings.model,
    // A tool's result needs the id of its call, which a prompt file does not have: it is told as the user's words.
    input: request.messages.map(({ role, content }) => ({ role: role === 'tool' ? 'user' : role, content })),
  } as unknown as Body;
};

const part = z.looseObject({ type: z.string(), text: z.string().optional(), refusal: z.string().optional() });
const item = z.looseObject({
  type: z.string(),
  content: z.array(part).nullish().catch(null),
  call_id: z.string().optional(),
  name: z.string().optional(),
  arguments: z.string().optional(),
});
type Item = z.infer<typeof item>;

const responseSchema = z.object({
  model: z.string().nullish(),
  status: z.string().nullish(),
  incomplete_details: z.object({ reason: z.string().nullish() }).nullish(),
  output: z.array(item),
  usage: z.object({ input_tokens: z.number(), output_tokens: z.number() }).nullish().catch(null),
});

/** A Responses body → an answer. Throws a ProviderFault for one that failed, goes on, or is no response. */
export const readResponse = (body: object): Answer => {
  const parsed = responseSchema.safeParse(body);
  if (!parsed.success) throw shapeFault('a response', parsed.error);
  const { output, usage, model, status, incomplete_details: incomplete } = parsed.data;
  const parts = output.flatMap(({ type, content }) => (type === 'message' ? (content ?? []) : []));
  const refusal = parts.map((each) => each.refusal ?? '').join('');
  const toolCalls = output.flatMap(toolCallsOf);
  const text = parts.map((each) => (each.type === 'output_text' ? (each.text ?? '') : '')).join('');
  return {
    text: text || refusal,
    toolCalls,
    finish: readFinish(status, incomplete?.reason, refusal !== '', toolCalls.length > 0),
    usage: usage ? { input: usage.input_tokens, output: usage.output_tokens } : null,
    model: model ?? null,
  };
};

const toolCallsOf = (call: Item): ToolCall[] =>
  call.type === 'function_call'
    ? [{ id: call.call_id ?? '', name: call.name ?? '', arguments: call.arguments ?? '' }]
    : [];

const readFinish = (
  status: string | null | undefined,
  incomplete: string | null | undefined,
  refused: boolean,
  called: boolean,
): Finish => {
  if (status === 'completed')
    return { reason: refused ? 'refusal' : called ? 'toolCalls' : 'stop', raw: status };
  // Whatever cut it short: it is not the whole answer.
  if (status === 'incomplete')
    return { reason: incomplete === 'content_filter' ? 'blocked' : 'length', raw: incomplete ?? status };
  const raw = (status ?? 'no status').slice(0, 60);
  throw new ProviderFault('retryable', `the answer ended with ${raw}, which is no finished answer`, {
    status: 200,
  });
};
