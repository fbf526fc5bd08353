import * as z from 'zod';
import type { Message } from '../model/prompt.ts';
import type { Provider } from '../model/provider.ts';
import { JudgeError } from './assertion-error.ts';
import { type AssertionKind, problem, ready, type Subject } from './assertion-kind.ts';
import { ask } from './judge.ts';
import { choicesNote, delimit, delimitersFor, promptVersion } from './judge-prompt.ts';
import { fillTemplate, mentions } from './judged-template.ts';
import {
  castVotes,
  judgeRecord,
  medianNote,
  splitNote,
  splitRange,
  trialOfVote,
  type Vote,
} from './votes.ts';
import { measured, quote, quoteAll, showScore, showValue } from './wording.ts';

const valueSchema = z.object({
  systemPrompt: z.string().nullish(),
  prompt: z.string().min(1),
  choices: z
    .array(
      z.object({
        choice: z.union([z.string(), z.number()]).transform(String).pipe(z.string().min(1)),
        score: z.number(),
      }),
    )
    .min(1),
});
type Value = z.infer<typeof valueSchema>;

/** Names under which the prompt shows the answer. */
const answerNames = ['completion', 'output'];

const messagesFor = ({ systemPrompt, prompt }: Value, { text, context }: Subject): readonly Message[] => {
  const tags = delimitersFor(text, prompt);
  const answer = delimit(text, tags.answerTag);
  const texts = Object.fromEntries(answerNames.map((name) => [name, answer]));
  const system = systemPrompt ? `${fillTemplate(systemPrompt, texts, context.renderText)}\n\n` : '';
  return [
    { role: 'system', content: `${system}${choicesNote(tags)}` },
    { role: 'user', content: fillTemplate(prompt, texts, context.renderText) },
  ];
};

/** One vote; its reason is the choice. */
const voteOf = async (
  judge: Provider,
  value: Value,
  subject: Subject,
  threshold: number | null,
  vote: number,
): Promise<Vote> => {
  const { signal, trial } = subject.context;
  const asking = { trial: trialOfVote(trial, vote), signal };
  const { text, model } = await ask(judge, messagesFor(value, subject), asking, null);
  const reply = text.toLowerCase();
  const chosen = value.choices.find(({ choice }) => reply.includes(choice.toLowerCase()));
  if (chosen === undefined) {
    const names = quoteAll(value.choices.map(({ choice }) => choice));
    throw new JudgeError('no-choice', `the judge ${judge.id} named none of ${names}: ${quote(text)}`);
  }
  const best = Math.max(1, ...value.choices.map(({ score }) => score));
  const score = Math.min(1, Math.max(0, chosen.score / best));
  return { pass: chosen.score > 0 && score >= (threshold ?? 0), score, reason: chosen.choice, model };
};

const badValue = (value: unknown, error: z.ZodError) => {
  const issue = error.issues[0];
  const path = ['value', ...(issue?.path ?? [])].join('.');
  const wrong = (issue?.path ?? []).reduce<unknown>(
    (parent, step) =>
      typeof parent === 'object' && parent !== null
        ? (parent as Record<PropertyKey, unknown>)[step]
        : undefined,
    value,
  );
  return problem('wrong-value', `${path} is ${showValue(wrong)}`, {
    expected: '{systemPrompt, prompt, choices: [{choice, score}]}',
    nextStep: 'Correct `value`',
  });
};

/**
 * GitHub's `llm` evaluator: the judge names one of several choices, each with a score. The lower-cased reply must
 * contain the lower-cased choice, and the first in the list that it contains wins. It passes with a score above 0.
 * Source: gh-models, `pkg/prompt`.
 */
export const llmChoices: AssertionKind = {
  summary:
    'a judge (another model) answers a question about the answer with one of several choices, each with a score; it passes above 0',
  threshold: 'score',
  prepare: (value, { provider, threshold }) => {
    const read = valueSchema.safeParse(value);
    if (!read.success) return badValue(value, read.error);
    const { choices, prompt, systemPrompt } = read.data;
    if (!mentions(`${prompt}${systemPrompt ?? ''}`, answerNames))
      return problem('rubric-without-answer', 'the prompt never shows the answer to the judge', {
        expected: '`{{completion}}` somewhere in it',
        nextStep: 'Add `{{completion}}`',
      });
    const limit = threshold === null || threshold === 0 ? 'above 0' : `at least ${threshold}`;
    const version = promptVersion('choices', JSON.stringify([systemPrompt ?? '', prompt, choices]));
    return ready(prompt, async (subject) => {
      const judge = await subject.context.judge(provider);
      const decision = await castVotes(subject.context.votes, (vote) =>
        voteOf(judge, read.data, subject, threshold, vote),
      );
      const { pass, score, spokesman } = decision;
      const chosen = `the judge chose ${quote(spokesman.reason)}`;
      const fact = `${splitNote(decision)}${chosen} (score ${showScore(score)})${medianNote(decision)}`;
      return {
        ...measured(pass, fact, limit, score),
        judge: judgeRecord(judge, version, decision),
        ...splitRange(decision),
      };
    });
  },
};
