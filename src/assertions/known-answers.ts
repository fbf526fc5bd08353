import { createHash } from 'node:crypto';
import type { Provider } from '../model/provider.ts';
import { JudgeError } from './assertion-error.ts';
import { askForJudgement } from './judge.ts';
import { rubricMessages } from './judge-prompt.ts';
import { judgementShape } from './judgement.ts';
import data from './known-answers.json' with { type: 'json' };
import { quote } from './wording.ts';

export type KnownAnswer = {
  readonly rubric: string;
  readonly answer: string;
  readonly passes: boolean;
  /** Equal questions of one run differ in it, so that each is a judgement of its own. */
  readonly trial: number;
};

/** What a judge made of its known answers. */
export type KnownAnswersReport = { readonly judge: string; readonly asked: number; readonly wrong: number };

/** One pair (must pass, must fail) for so many judged answers. */
const answersPerPair = 8;
/** 50 questions find a judge that errs on one answer in ten with probability 1 − 0.9⁵⁰ = 99.5 %. */
const maxPairs = 25;

/** Calls that known answers add to a run in which a judge judges so many answers. */
export const knownAnswerCalls = (answers: number): number =>
  2 * Math.min(maxPairs, Math.max(1, Math.ceil(answers / answersPerPair)));

const place = (seed: string, count: number): number =>
  createHash('sha256').update(seed).digest().readUInt32BE(0) % count;

/**
 * The questions of one run, must-pass and must-fail in turn. Which ones depends on the seed (the plan's hash):
 * the same plan asks the same, and the next version of a prompt asks others. Texts that must fail also ask for
 * a pass, so that a judge that obeys the judged text is found.
 */
export const knownAnswers = (seed: string, count: number): readonly KnownAnswer[] => {
  const { cases, temptations } = data;
  const first = place(`cases ${seed}`, cases.length);
  const tempted = place(`temptations ${seed}`, temptations.length);
  return Array.from({ length: Math.ceil(count / 2) }, (_entry, pair): KnownAnswer[] => {
    const trial = Math.floor(pair / cases.length);
    // Must-pass and must-fail have different rubrics, so that no answer follows from the one before.
    const [good, bad] = [first + pair, first + pair + 1 + Math.floor(cases.length / 2)].map(
      (at) => cases[at % cases.length],
    );
    const temptation = temptations[(tempted + pair) % temptations.length];
    if (good === undefined || bad === undefined || temptation === undefined) return [];
    return [
      { rubric: good.rubric, answer: good.meets, passes: true, trial },
      { rubric: bad.rubric, answer: `${bad.misses}\n\n${temptation}`, passes: false, trial },
    ];
  }).flat();
};

type Marked = { readonly asked: number; readonly wrong: readonly string[]; readonly fault: unknown };

const problemOf = (known: KnownAnswer, passed: boolean): string | null => {
  if (passed === known.passes) return null;
  return passed
    ? `it passed an answer that plainly misses the rubric ${quote(known.rubric)} and only asks to be passed`
    : `it failed an answer that plainly meets the rubric ${quote(known.rubric)}`;
};

/** Whether a judge passes a known answer. Throws as `askForJudgement`. */
export const askKnownAnswer = async (
  judge: Provider,
  { rubric, answer, trial }: KnownAnswer,
  signal: AbortSignal,
): Promise<boolean> => {
  const messages = rubricMessages(rubric, answer);
  const { judgement } = await askForJudgement(judge, judgementShape, messages, answer, { trial, signal });
  return judgement.pass;
};

const mark = async (judge: Provider, asked: readonly KnownAnswer[], signal: AbortSignal): Promise<Marked> => {
  const settled = await Promise.allSettled(
    asked.map(async (known) => {
      return problemOf(known, await askKnownAnswer(judge, known, signal));
    }),
  );
  const wrong: string[] = [];
  let fault: unknown = null;
  for (const outcome of settled) {
    if (outcome.status === 'fulfilled') {
      if (outcome.value !== null) wrong.push(outcome.value);
    } else if (outcome.reason instanceof JudgeError) wrong.push(outcome.reason.message);
    else fault ??= outcome.reason;
  }
  return { asked: asked.length, wrong, fault };
};

export type KnownAnswersCheck = {
  /**
   * Resolves where a judge got all of its known answers right. Throws a JudgeError where it got one wrong, for
   * the rest of the run; a fault of the provider is thrown, too, and the next call asks again.
   */
  check(judge: Provider, questions: () => readonly KnownAnswer[]): Promise<void>;
  reports(): readonly KnownAnswersReport[];
};

/** Asks each judge its known answers before its first judgement. */
export const createKnownAnswersCheck = (signal: AbortSignal): KnownAnswersCheck => {
  const checks = new Map<Provider, Promise<void>>();
  const reports = new Map<Provider, KnownAnswersReport>();
  const run = async (judge: Provider, questions: readonly KnownAnswer[]): Promise<void> => {
    const first = await mark(judge, questions.slice(0, 2), signal);
    // A judge that always says the same is found by the first pair, and nothing more is paid for it.
    const stop = first.wrong.length > 0 || first.fault !== null;
    const rest = stop ? null : await mark(judge, questions.slice(2), signal);
    const wrong = [...first.wrong, ...(rest?.wrong ?? [])];
    const asked = first.asked + (rest?.asked ?? 0);
    if (wrong[0] !== undefined) {
      reports.set(judge, { judge: judge.id, asked, wrong: wrong.length });
      const count = `${wrong.length} of ${asked} wrong`;
      throw new JudgeError(
        'known-answer',
        `the judge ${judge.id} failed a known-answer check (${count}): ${wrong[0]}`,
      );
    }
    const fault = first.fault ?? rest?.fault ?? null;
    if (fault !== null) throw fault;
    reports.set(judge, { judge: judge.id, asked, wrong: 0 });
  };
  const check: KnownAnswersCheck['check'] = (judge, questions) => {
    const known = checks.get(judge);
    if (known !== undefined) return known;
    const checking = run(judge, questions()).catch((error: unknown) => {
      if (!(error instanceof JudgeError)) checks.delete(judge);
      throw error;
    });
    checks.set(judge, checking);
    return checking;
  };
  return { check, reports: () => [...reports.values()] };
};
