import type { Grade, GradeContext, Rival } from '../assertions/grade.ts';
import type { Message } from '../model/prompt.ts';
import { JudgeError } from '../assertions/assertion-error.ts';
import { type Completion, type Provider, ProviderFault } from '../model/provider.ts';
import type { SkipReason, Trial, TrialError } from '../model/run.ts';
import type { Assertion, Case } from '../model/suite.ts';
import type { PlannedCell, PlannedSide } from '../plan/planned-cell.ts';
import { renderPrompt, renderText } from '../prompts/render.ts';
import { BudgetExceeded } from './with-budget.ts';

/** What a trial needs of the world. */
export type TrialContext = {
  /** The provider of a spec, with everything stacked around it. */
  provider(spec: PlannedSide['provider']): Promise<Provider>;
  /** The judge of a suite: the named one, or the default. */
  judge(cell: PlannedCell, id: string | null): Promise<Provider>;
  /** Votes of a judge on one answer. */
  readonly votes: number;
  embedder: GradeContext['embedder'];
  grade(input: { testCase: Case; completion: Completion; context: GradeContext }): Promise<Grade>;
  /** Assertions that a suite may hold and this version cannot check: such a case asks nothing and is `errored`. */
  unsupported(testCase: Case): readonly Assertion[];
  readonly signal: AbortSignal;
  /** Aborted when the run's minutes are over, which is a matter of budget, not of the user's will. */
  readonly deadline: AbortSignal;
};

const skipped = (reason: SkipReason): Trial => ({ status: 'skipped', reason });

const errored = (error: TrialError): Trial => ({ status: 'errored', error });

/** Anything thrown while asking or grading becomes a state of this trial, never of the whole run, but for real bugs. */
const trialOf = (error: unknown, context: TrialContext): Trial => {
  if (error instanceof BudgetExceeded || context.deadline.aborted) return skipped('budget');
  if (context.signal.aborted) return skipped('cancelled');
  if (error instanceof ProviderFault)
    return errored({ kind: error.kind, message: error.message, status: error.status });
  if (error instanceof Error && error.name === 'NoCredentials') return skipped('no-credentials');
  if (error instanceof Error && error.name === 'JudgeError')
    return errored({ kind: 'judge', message: error.message, status: null });
  if (error instanceof Error && error.name === 'AssertionError')
    return errored({ kind: 'assertion', message: error.message, status: null });
  throw error;
};

const statusOf = (completion: Completion, passed: boolean): 'passed' | 'failed' | 'blocked' | 'truncated' => {
  if (completion.finish.reason === 'blocked') return 'blocked';
  if (completion.finish.reason === 'length') return 'truncated';
  return passed ? 'passed' : 'failed';
};

/** The text that a judge sees as the question: the messages as they were sent. */
export const transcript = (messages: readonly Message[]): string =>
  messages.length === 1
    ? (messages[0]?.content ?? '')
    : messages.map(({ role, content }) => `${role}: ${content}`).join('\n\n');

/** What a finished baseline means to the candidate's trial of the same number. */
const rivalOf = async (baseline: Baseline): Promise<Rival> => {
  if (baseline === 'self' || baseline === 'none') return { kind: baseline };
  const trial = await baseline;
  return 'completion' in trial ? { kind: 'answer', text: trial.completion.text } : { kind: 'unanswered' };
};

/** The baseline's trial of the same number, `self` for the baseline's own, `none` where there is no baseline. */
export type Baseline = 'self' | 'none' | Promise<Trial>;

/** Whoever fails while an answer is graded is the judge; the model that was asked has answered. */
const graded = async (work: Promise<Grade>): Promise<Grade> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error;
    throw new JudgeError('no-answer', `the judge did not answer: ${error.message}`, { cause: error });
  }
};

/**
 * One execution of one side of a cell: render, ask, grade. `trial` counts from 0. The baseline is waited for
 * only behind the answer, and only where an assertion compares with it.
 */
export const runTrial = async (
  cell: PlannedCell,
  side: PlannedSide,
  trial: number,
  context: TrialContext,
  baseline: Baseline = 'none',
): Promise<Trial> => {
  if (context.deadline.aborted) return skipped('budget');
  if (context.signal.aborted) return skipped('cancelled');
  const unsupported = context.unsupported(cell.testCase);
  if (unsupported[0] !== undefined) {
    return errored({
      kind: 'unsupported',
      message: `\`${unsupported[0].type}\` is not supported yet, so that this case can't be judged`,
      status: null,
    });
  }
  try {
    const { prompt } = side;
    const { vars } = cell.testCase;
    const { messages } = renderPrompt(prompt, vars);
    const provider = await context.provider(side.provider);
    const { parameters, tools, responseFormat } = prompt;
    const completion = await provider.complete({
      messages,
      parameters,
      tools,
      responseFormat,
      trial,
      signal: context.signal,
    });
    const compares = cell.testCase.assertions.some(({ type }) => type === 'llm-pairwise');
    const grade = await graded(
      context.grade({
        testCase: cell.testCase,
        completion,
        context: {
          vars,
          prompt: transcript(messages),
          renderText: (text) => renderText(text, vars, prompt.syntax),
          judge: (id) => context.judge(cell, id),
          votes: context.votes,
          rival: compares ? await rivalOf(baseline) : { kind: 'none' },
          embedder: context.embedder,
          signal: context.signal,
          trial,
        },
      }),
    );
    const status = statusOf(completion, grade.passed);
    const { checks } = grade;
    return grade.judgeSplit && (status === 'passed' || status === 'failed')
      ? { status, completion, checks, judgeSplit: true }
      : { status, completion, checks };
  } catch (error) {
    return trialOf(error, context);
  }
};
