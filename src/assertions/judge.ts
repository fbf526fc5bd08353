import type { Message } from '../model/prompt.ts';
import type { Completion, Provider } from '../model/provider.ts';
import type { Check } from '../model/run.ts';
import { JudgeError } from './assertion-error.ts';
import type { GradeContext } from './grade-context.ts';
import { repairRequest } from './judge-prompt.ts';
import { type Judgement, judgementFormat, readJudgement } from './judgement.ts';

export type Judged = { readonly judgement: Judgement; readonly judge: NonNullable<Check['judge']> };

/** One question to a judge. It has no tools, and nothing of its reply but the judgement is used. */
export const ask = async (
  judge: Provider,
  messages: readonly Message[],
  context: GradeContext,
  responseFormat: unknown,
): Promise<Completion> => {
  const { signal, trial } = context;
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
export const askForJudgement = async (
  judge: Provider,
  messages: readonly Message[],
  judged: string,
  context: GradeContext,
): Promise<Judged> => {
  const first = await ask(judge, messages, context, judgementFormat);
  const read = readJudgement(first.text, judged);
  if (read.ok) return found(judge, first, read.judgement);
  if (first.finish.reason === 'length') throw cutOff(judge);
  const again: Message[] = [
    ...messages,
    // An empty turn is refused by some vendors.
    ...(first.text.trim() === '' ? [] : [{ role: 'assistant' as const, content: first.text }]),
    { role: 'user', content: repairRequest(read.problem) },
  ];
  const second = await ask(judge, again, context, judgementFormat);
  const repaired = readJudgement(second.text, judged);
  if (repaired.ok) return found(judge, second, repaired.judgement);
  if (second.finish.reason === 'length') throw cutOff(judge);
  throw new JudgeError('malformed', `the judge ${judge.id} gave no judgement, twice: ${repaired.problem}`);
};

const found = (judge: Provider, { model }: Completion, judgement: Judgement): Judged => ({
  judgement,
  judge: { provider: judge.id, model, votes: [judgement.score] },
});

const cutOff = ({ id }: Provider): JudgeError =>
  new JudgeError('cut-off', `the judge ${id} ran into its token limit: raise max_tokens in its config`);
