import type { Assertion } from '../model/suite.ts';
import { type AssertionKind, type Outcome, problem, ready, type Subject } from './assertion-kind.ts';
import type { Message } from '../model/prompt.ts';
import type { Provider } from '../model/provider.ts';
import { askForJudgement } from './judge.ts';
import { delimit, delimitersFor, ownRubricNote, promptVersion, rubricMessages } from './judge-prompt.ts';
import { judgementShape } from './judgement.ts';
import { fillTemplate, mentions, readTemplate } from './judged-template.ts';
import { textOf, wrongType } from './text-value.ts';
import {
  castVotes,
  type Decision,
  judgeRecord,
  medianNote,
  splitNote,
  splitRange,
  trialOfVote,
  type Vote,
} from './votes.ts';
import { shorten, showScore } from './wording.ts';

/** Names under which a rubric prompt of the user shows the answer. */
const answerNames = ['output', 'answer', 'completion'];

/** The user's own prompt: our note on what is data, then their messages. */
const ownMessages = (template: string, rubric: string, { text, context }: Subject): readonly Message[] => {
  const tags = delimitersFor(text, rubric, context.prompt);
  const answer = delimit(text, tags.answerTag);
  const texts = {
    ...Object.fromEntries(answerNames.map((name) => [name, answer])),
    rubric,
    prompt: delimit(context.prompt, tags.rubricTag.replace('rubric', 'prompt')),
  };
  const filled = readTemplate(template).map(({ role, content }) => ({
    role,
    content: fillTemplate(content, texts, context.renderText),
  }));
  const [first, ...others] = filled;
  const note = ownRubricNote(tags);
  // One system message: not every vendor takes two.
  return first?.role === 'system'
    ? [{ role: 'system', content: `${first.content}\n\n${note}` }, ...others]
    : [{ role: 'system', content: note }, ...filled];
};

/** One vote: the judge's pass counts, and with a threshold its score must reach that too. */
const voteOf = async (
  judge: Provider,
  messages: readonly Message[],
  { text, context }: Subject,
  threshold: number | null,
  vote: number,
): Promise<Vote> => {
  const { judgement, model } = await askForJudgement(judge, judgementShape, messages, text, {
    trial: trialOfVote(context.trial, vote),
    signal: context.signal,
  });
  const { pass, score, reason } = judgement;
  return { pass: pass && (threshold === null || score >= threshold), score, reason, model };
};

const outcomeOf = (
  decision: Decision,
  judge: Provider,
  version: string,
  threshold: number | null,
): Outcome => {
  const { pass, score, spokesman } = decision;
  return {
    pass,
    score,
    judge: judgeRecord(judge, version, decision),
    ...splitRange(decision),
    explain: (negated) => {
      const limit = threshold === null || score >= threshold ? '' : `, at least ${threshold} expected`;
      const unwanted = negated && pass ? 'meets the rubric, expected not to: ' : '';
      const given = `the judge gave ${showScore(score)}${medianNote(decision)}${limit}`;
      return `${splitNote(decision)}${unwanted}${given}: ${shorten(spokesman.reason.trim(), 500)}`;
    },
  };
};

const rubricOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : textOf(value);

const templateProblem = ({ rubricPrompt }: Assertion): boolean =>
  rubricPrompt !== null && !mentions(rubricPrompt, answerNames);

/** A model judges the answer by a rubric. */
export const llmRubric: AssertionKind = {
  summary:
    'a judge (another model) finds that the answer meets this rubric; with `threshold`, its score must reach that too',
  threshold: 'score',
  prepare: (value, assertion) => {
    const { rubricPrompt, provider, threshold } = assertion;
    const rubric = rubricOf(value) ?? (rubricPrompt === null ? null : '');
    if (rubric === null || (rubric.trim() === '' && rubricPrompt === null))
      return wrongType(rubric === null ? value : '', 'a rubric: what a good answer does');
    if (templateProblem(assertion))
      return problem('rubric-without-answer', 'rubricPrompt never shows the answer to the judge', {
        expected: '`{{output}}` somewhere in it',
        nextStep: 'Add `{{output}}`',
      });
    return ready(rubric, async (subject) => {
      const judge = await subject.context.judge(provider);
      const messages =
        rubricPrompt === null
          ? rubricMessages(rubric, subject.text)
          : ownMessages(rubricPrompt, rubric, subject);
      const decision = await castVotes(subject.context.votes, (vote) =>
        voteOf(judge, messages, subject, threshold, vote),
      );
      const version = rubricPrompt === null ? promptVersion('rubric') : promptVersion('own', rubricPrompt);
      return outcomeOf(decision, judge, version, threshold);
    });
  },
};
