import { createHash } from 'node:crypto';
import type { Message } from '../model/prompt.ts';
import prompts from './judge-prompts.json' with { type: 'json' };

/** Rises with every change of the judge's words, since judgements before and after can't be compared. */
export const judgePromptVersion: number = prompts.version;

/** Names for the tags around judged text. They depend on the text, so that no text can hold its own closing tag. */
export type Delimiters = { readonly answerTag: string; readonly rubricTag: string };

/** The same texts always give the same tags: a judgement can be found in the cache again. */
export const delimitersFor = (...texts: readonly string[]): Delimiters => {
  for (let round = 0; ; round++) {
    const nonce = createHash('sha256')
      .update(JSON.stringify([round, ...texts]))
      .digest('hex')
      .slice(0, 12);
    if (texts.every((text) => !text.includes(nonce)))
      return { answerTag: `answer-${nonce}`, rubricTag: `rubric-${nonce}` };
  }
};

/** The judged text as data. */
export const delimit = (text: string, tag: string): string => `<${tag}>\n${text}\n</${tag}>`;

/** Fills `{{name}}` in one pass: what is filled in is never looked at again. */
export const fill = (lines: readonly string[], values: Readonly<Record<string, string>>): string =>
  lines.join('\n').replace(/\{\{(\w+)\}\}/g, (whole, name: string) => values[name] ?? whole);

/** Our own prompt: the rubric and the answer, nothing else, so that both sides of a change are judged alike. */
export const rubricMessages = (rubric: string, answer: string): readonly Message[] => {
  const tags = delimitersFor(answer, rubric);
  return [
    { role: 'system', content: fill(prompts.rubric.system, tags) },
    {
      role: 'user',
      content: fill(prompts.rubric.user, { ...tags, rubric, answer: delimit(answer, tags.answerTag) }),
    },
  ];
};

export const ownRubricNote = (tags: Delimiters): string => fill(prompts.ownRubricPrompt, tags);
export const choicesNote = (tags: Delimiters): string => fill(prompts.choices, tags);
export const repairRequest = (problem: string): string => fill(prompts.repair, { problem });
