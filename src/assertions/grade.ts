import { type Completion, ProviderFault } from '../model/provider.ts';
import type { Check } from '../model/run.ts';
import type { Assertion, Case } from '../model/suite.ts';
import { AssertionError, JudgeError } from './assertion-error.ts';
import type { Outcome, Prepared, Subject } from './assertion-kind.ts';
import type { GradeContext } from './grade-context.ts';
import { kindOf } from './kinds.ts';
import { isRequired, unsupportedReason } from './recognised.ts';
import { isTemplate, renderValue } from './render-value.ts';

export { AssertionError, JudgeError } from './assertion-error.ts';
export type { GradeContext, Rival } from './grade-context.ts';

export type Grade = {
  readonly passed: boolean;
  readonly score: number;
  readonly checks: Check[];
  /** A judge's votes disagree, and either opinion alone would have been the result: `passed` decides nothing. */
  readonly judgeSplit: boolean;
};

export type GradeInput = {
  readonly testCase: Case;
  readonly completion: Completion;
  readonly context: GradeContext;
};

export type Grader = { gradeCompletion(input: GradeInput): Promise<Grade> };

/** Values of one assertion that are kept compiled; more than this differ by their variables only. */
const maxPrepared = 64;

/** Patterns, schemas and lists are compiled once an assertion, and again only where variables change its value. */
const createPreparer = () => {
  const prepared = new WeakMap<Assertion, Map<string, Prepared>>();
  return (assertion: Assertion, context: GradeContext): Prepared => {
    const known = prepared.get(assertion) ?? new Map<string, Prepared>();
    if (known.size === 0) prepared.set(assertion, known);
    const templated = isTemplate(assertion.value);
    const value = templated ? renderValue(assertion.value, context.renderText) : assertion.value;
    const key = templated ? JSON.stringify(value) : '';
    const found = known.get(key);
    if (found !== undefined) return found;
    const kind = kindOf(assertion.type);
    if (kind === null) throw new AssertionError('unsupported', `\`${assertion.type}\` is not supported yet`);
    if (known.size >= maxPrepared) known.clear();
    const fresh = kind.prepare(value, assertion);
    known.set(key, fresh);
    return fresh;
  };
};

/** `not-` turns the result round: it passes where the plain one fails, and scores what that lacks. */
const checkOf = (assertion: Assertion, outcome: Outcome, expected: string | null): Check => {
  const { negated } = assertion;
  return {
    ...blank(assertion, expected),
    pass: outcome.pass !== negated,
    score: negated ? 1 - outcome.score : outcome.score,
    ...(outcome.reportsOnly ? { weight: 0 } : {}),
    reason: outcome.explain(negated),
    ...(outcome.judge === undefined ? {} : { judge: outcome.judge }),
  };
};

/** The check as it would be if a judge that disagrees with itself had held one of its opinions only. */
const extremesOf = (check: Check, negated: boolean, { split }: Outcome): Extremes => {
  if (split === undefined) return { worst: check, best: check };
  const [low, high] = negated ? [1 - split[1], 1 - split[0]] : split;
  return { worst: { ...check, pass: false, score: low }, best: { ...check, pass: true, score: high } };
};

type Extremes = { readonly worst: Check; readonly best: Check };
type Graded = Extremes & { readonly check: Check };

const certain = (check: Check): Graded => ({ check, worst: check, best: check });

const blank = (
  { type, negated, metric, weight, severity, place }: Assertion,
  expected: string | null,
): Check => ({
  type: negated ? `not-${type}` : type,
  pass: false,
  score: 0,
  reason: '',
  metric,
  weight,
  severity,
  expected,
  line: place.line,
});

/** An assertion that decides nothing may fail to be measured without taking the whole trial with it. */
const notMeasured = (assertion: Assertion, error: unknown, signal: AbortSignal): Check => {
  const harmless =
    error instanceof AssertionError || error instanceof JudgeError || error instanceof ProviderFault;
  if (isRequired(assertion) || signal.aborted || !harmless) throw error;
  return { ...blank(assertion, null), reason: `not measured: ${error.message}` };
};

/**
 * Every assertion in its order. Judges are asked one after the other, since the trial holds one place among the
 * calls in flight; everything else is done at once, without waiting.
 */
const checkAll = async (
  { testCase, completion, context }: GradeInput,
  prepare: ReturnType<typeof createPreparer>,
): Promise<Graded[]> => {
  const subject: Subject = { text: completion.text, completion, context };
  const graded: Graded[] = [];
  for (const assertion of testCase.assertions) {
    try {
      const unsupported = unsupportedReason(assertion);
      if (unsupported !== null) throw new AssertionError('unsupported', unsupported);
      const prepared = prepare(assertion, context);
      if (!prepared.ok)
        throw new AssertionError('bad-value', `\`${assertion.type}\`: ${prepared.problem.message}`);
      const found = prepared.check(subject);
      const outcome = found instanceof Promise ? await found : found;
      if (outcome === null) continue;
      const check = checkOf(assertion, outcome, prepared.expected);
      graded.push({ check, ...extremesOf(check, assertion.negated, outcome) });
    } catch (error) {
      graded.push(certain(notMeasured(assertion, error, context.signal)));
    }
  }
  return graded;
};

/**
 * Required are assertions with a weight above 0 that are no mere warnings. A case passes if all of them pass;
 * a threshold on the case replaces that by their weighted mean. Nothing required: passed, with score 1.
 */
const tally = (
  checks: readonly Check[],
  threshold: number | null,
): { readonly passed: boolean; readonly score: number } => {
  const required = checks.filter(({ weight, severity }) => weight > 0 && severity === 'block');
  const weights = required.reduce((sum, { weight }) => sum + weight, 0);
  const score =
    weights === 0 ? 1 : required.reduce((sum, check) => sum + check.score * check.weight, 0) / weights;
  // A mean of thirds must not miss 1/3 by a rounding error.
  const passed = threshold === null ? required.every(({ pass }) => pass) : score + 1e-9 >= threshold;
  return { passed, score };
};

const gradeOf = (graded: readonly Graded[], threshold: number | null): Grade => {
  const checks = graded.map(({ check }) => check);
  const passes = (which: keyof Extremes): boolean =>
    tally(
      graded.map((entry) => entry[which]),
      threshold,
    ).passed;
  return { ...tally(checks, threshold), checks, judgeSplit: passes('worst') !== passes('best') };
};

/**
 * A grader keeps what it compiled for the whole run. `gradeCompletion` throws an AssertionError for a required
 * assertion that can't be decided, a JudgeError for a broken judge and a ProviderFault for one that does not
 * answer: the trial is then errored, which is no verdict on the answer.
 */
export const createGrader = (): Grader => {
  const prepare = createPreparer();
  return {
    gradeCompletion: async (input) => gradeOf(await checkAll(input, prepare), input.testCase.threshold),
  };
};

/** One answer by itself, with nothing kept. */
export const gradeCompletion = (input: GradeInput): Promise<Grade> => createGrader().gradeCompletion(input);
