import type { Completion, CompletionRequest } from '../model/provider.ts';
import { throwIfAborted } from './aborted.ts';
import type { ProviderFactory } from './build.ts';
import { answerFrom } from './extract/answer.ts';
import { readConversation } from './extract/conversation.ts';
import { type Knowledge, readKnowledge } from './extract/knowledge.ts';
import { settingsOf } from './extract/settings.ts';
import { callParameters, type Parameters, spellOurWay, takeLimit } from './parameters.ts';

const id = 'builtin:extract';
/** Goes up whenever an equal request may get another answer, so that no cache serves the old one. */
const version = 1;
const charactersPerToken = 4;
/** Prompts kept read: both sides of a handful of prompts. */
const maxRead = 16;

const tokens = (text: string): number => Math.round(text.length / charactersPerToken);

/** A prompt is read once for all the questions that it gets. */
const readerWithMemory = (): ((prompt: string) => Knowledge) => {
  const read = new Map<string, Knowledge>();
  return (prompt) => {
    const known = read.get(prompt);
    if (known !== undefined) return known;
    const knowledge = readKnowledge(prompt);
    const oldest = read.keys().next();
    if (read.size >= maxRead && !oldest.done) read.delete(oldest.value);
    read.set(prompt, knowledge);
    return knowledge;
  };
};

/** The output limit in any vendor's spelling; null where none is set. */
const tokenLimit = (request: CompletionRequest, config: Parameters): number | null => {
  const limit = takeLimit(callParameters(request, spellOurWay(config)));
  return typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : null;
};

/**
 * `builtin:extract`: answers from the sentences of the system prompt and obeys its simple instructions. It is
 * deterministic, needs no key and no network, and is not a language model; every report says so.
 *
 * `config`: `verbosity: full | brief`, `maxSentences` (1 to 20), `max_tokens`. Sampling parameters are ignored.
 */
export const extract: ProviderFactory = (spec) => {
  const settings = settingsOf(spec);
  const read = readerWithMemory();
  const complete = async (request: CompletionRequest): Promise<Completion> => {
    throwIfAborted(request.signal);
    const { prompt, ...asked } = readConversation(request.messages);
    const whole = answerFrom(read(prompt), asked, settings, request.responseFormat);
    const limit = tokenLimit(request, spec.config);
    const cut = limit !== null && whole.length > limit * charactersPerToken;
    const text = cut ? whole.slice(0, limit * charactersPerToken) : whole;
    const input = request.messages.reduce((sum, { content }) => sum + tokens(content), 0);
    return {
      text,
      toolCalls: [],
      finish: cut ? { reason: 'length', raw: 'max_tokens' } : { reason: 'stop', raw: 'stop' },
      usage: { input, output: tokens(text) },
      latencyMs: 0,
      costUsd: 0,
      model: id,
      cached: false,
    };
  };
  return {
    id,
    label: spec.label,
    languageModel: false,
    fingerprint: { vendor: 'builtin', algorithm: 'extract', version, parameters: spec.config },
    price: { input: 0, output: 0 },
    complete,
  };
};
