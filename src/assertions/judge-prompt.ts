import { createHash } from 'node:crypto';
import type { Message } from '../model/prompt.ts';
import prompts from './judge-prompts.json' with { type: 'json' };

/**
 * Names the words that asked the judge; judgements under different versions can't be compared. `version` rises
 * with every change of our own words; a user's template is named by its hash.
 */
export const promptVersion = (
  name: 'rubric' | 'own' | 'choices' | 'pairwise',
  template: string | null = null,
): string => {
  const version = `${name}/${prompts.version}`;
  return template === null
    ? version
    : `${version}/${createHash('sha256').update(template).digest('hex').slice(0, 12)}`;
};

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

/** Two answers to one question, as `first` and `second`. */
export const pairwiseMessages = (rubric: string, first: string, second: string): readonly Message[] => {
  const { rubricTag, answerTag } = delimitersFor(first, second, rubric);
  const tags = { rubricTag, firstTag: `first-${answerTag}`, secondTag: `second-${answerTag}` };
  const texts = { rubric, first: delimit(first, tags.firstTag), second: delimit(second, tags.secondTag) };
  return [
    { role: 'system', content: fill(prompts.pairwise.system, tags) },
    { role: 'user', content: fill(prompts.pairwise.user, { ...tags, ...texts }) },
  ];
};

export const ownRubricNote = (tags: Delimiters): string => fill(prompts.ownRubricPrompt, tags);
export const choicesNote = (tags: Delimiters): string => fill(prompts.choices, tags);
export const repairRequest = (problem: string): string => fill(prompts.repair, { problem });
export const repairPairwise = (problem: string): string => fill(prompts.repairPairwise, { problem });
