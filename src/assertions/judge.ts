import type { Message } from '../model/prompt.ts';
import type { Completion, Provider } from '../model/provider.ts';
import { JudgeError } from './assertion-error.ts';
import { type ReplyShape, readReply } from './judge-reply.ts';

export type Judged<Value> = { readonly judgement: Value; readonly model: string | null };

/** `trial` is the vote's: equal questions with another trial are asked anew. */
export type Asking = { readonly trial: number; readonly signal: AbortSignal };

/** One question to a judge. It has no tools, and nothing of its reply but the judgement is used. */
export const ask = async (
  judge: Provider,
  messages: readonly Message[],
  { trial, signal }: Asking,
  responseFormat: unknown,
): Promise<Completion> => {
  const completion = await judge.complete({
    messages,
    parameters: {},
    tools: [],
    responseFormat,
    trial,
    signal,
  });
  const { reason, raw } = completion.finish;
  if (reason === 'refusal' || reason === 'blocked')
    throw new JudgeError('refused', `the judge ${judge.id} did not answer (${raw})`);
  return completion;
};

/**
 * Asks for a judgement of `judged`. A reply that can't be read is asked for once more; then it is a JudgeError.
 * A broken judge is never a pass.
 */
export const askForJudgement = async <Value>(
  judge: Provider,
  shape: ReplyShape<Value>,
  messages: readonly Message[],
  judged: string,
  asking: Asking,
): Promise<Judged<Value>> => {
  const first = await ask(judge, messages, asking, shape.format);
  const read = readReply(shape, first.text, judged);
  if (read.ok) return { judgement: read.judgement, model: first.model };
  if (first.finish.reason === 'length') throw cutOff(judge);
  const again: Message[] = [
    ...messages,
    // An empty turn is refused by some vendors.
    ...(first.text.trim() === '' ? [] : [{ role: 'assistant' as const, content: first.text }]),
    { role: 'user', content: shape.repair(read.problem) },
  ];
  const second = await ask(judge, again, asking, shape.format);
  const repaired = readReply(shape, second.text, judged);
  if (repaired.ok) return { judgement: repaired.judgement, model: second.model };
  if (second.finish.reason === 'length') throw cutOff(judge);
  throw new JudgeError('malformed', `the judge ${judge.id} gave no judgement, twice: ${repaired.problem}`);
};

const cutOff = ({ id }: Provider): JudgeError =>
  new JudgeError('cut-off', `the judge ${id} ran into its token limit: raise max_tokens in its config`);
