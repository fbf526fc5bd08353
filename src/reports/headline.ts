import type { Outcome, RunResult } from '../model/run.ts';
import { counted } from './amounts.ts';
import { byCase, modelsOf, modelsPhrase } from './case-names.ts';
import { brokenCells, brokenPhrase, commonCause, failedHeadline } from './headline-fail.ts';
import { undecidedHeadline } from './headline-undecided.ts';
import { quote, type Sentence } from './sentence.ts';

export type Headline = {
  readonly headline: Sentence;
  /** Why, in one sentence. */
  readonly lead: Sentence | null;
  /** In lower case, without a full stop. */
  readonly nextStep: Sentence | null;
};

/** The verdict as a sentence, why, and the one next action. */
export const headlineOf = (result: RunResult): Headline => byOutcome[result.verdict.outcome](result);

const needsApproval = (result: RunResult): Headline => {
  const loosening = result.tampering.filter(({ weakening }) => weakening).length;
  const unreadable = result.verdict.reasons.find(({ code }) => code === 'base-unreadable');
  if (loosening === 0 && unreadable !== undefined)
    return {
      headline: ['This pull request was judged by its own rules. Approval is needed.'],
      lead: [quote(unreadable.message)],
      nextStep: ['have a code owner approve it'],
    };
  const are = loosening === 1 ? 'change loosens' : 'changes loosen';
  return {
    headline: ['This pull request loosened its own tests. Approval is needed.'],
    lead: [`${loosening} ${are} them; the base’s tests were run all the same.`],
    nextStep: ['restore the tests, or have a code owner approve the changes'],
  };
};

const passed = (result: RunResult): Headline => {
  const { cells, base } = result;
  const says = (headline: Sentence): Headline => ({ headline, lead: null, nextStep: null });
  if (cells.length === 0) return says(['No prompt changed, and no suite: nothing had to be tested.']);
  if (brokenCells(result).length > 0)
    return {
      headline: [...brokenPhrase(result), '. The policy only reports it.'],
      lead: commonCause(result),
      nextStep: ['look at the cases before you merge'],
    };
  const cases = byCase(cells);
  const good = cases.filter((group) =>
    group.every(({ candidate, change }) => change === 'removed' || candidate?.state === 'passed'),
  ).length;
  const models = modelsOf(result);
  const where = modelsPhrase(models, models);
  const share =
    good === cases.length && good > 1
      ? `All ${counted(good, 'case')} pass`
      : `${good} of ${counted(cases.length, 'case')} ${good === 1 ? 'passes' : 'pass'}`;
  const fixed = byCase(cells.filter(({ change }) => change === 'fixed')).length;
  const mended = fixed === 0 ? '.' : `; ${counted(fixed, 'case')} ${fixed === 1 ? 'is' : 'are'} fixed.`;
  return says([`${base === null ? '' : 'Nothing broke. '}${share} on `, ...where, mended]);
};

const byOutcome = {
  pass: passed,
  fail: failedHeadline,
  undecided: undecidedHeadline,
  needsApproval,
} as const satisfies Record<Outcome, (result: RunResult) => Headline>;
