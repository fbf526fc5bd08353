import { type Outcome, type Reason, type RunResult, signs } from '../model/run.ts';
import { modelsOf } from './case-names.ts';
import { capitalised, quote, quoteNames, type Sentence } from './sentence.ts';
import type { ReasonView } from './view.ts';

/** What each rule of the gate asks for, and whether its message holds no words of others but names. */
const rules: Readonly<Record<string, { readonly outcome: Outcome; readonly ownWords: boolean }>> = {
  broken: { outcome: 'fail', ownWords: true },
  'already-failing': { outcome: 'fail', ownWords: true },
  semantic: { outcome: 'fail', ownWords: true },
  'pass-rate': { outcome: 'fail', ownWords: true },
  regression: { outcome: 'fail', ownWords: true },
  cost: { outcome: 'fail', ownWords: true },
  latency: { outcome: 'fail', ownWords: true },
  'expect-fail-fixed': { outcome: 'pass', ownWords: true },
  weakened: { outcome: 'needsApproval', ownWords: false },
  'base-unreadable': { outcome: 'needsApproval', ownWords: false },
  'no-credentials': { outcome: 'undecided', ownWords: true },
  cancelled: { outcome: 'undecided', ownWords: true },
  coverage: { outcome: 'undecided', ownWords: false },
  'provider-silent': { outcome: 'undecided', ownWords: false },
  'judge-broken': { outcome: 'undecided', ownWords: false },
};

const ruleOf = (code: string): { readonly outcome: Outcome; readonly ownWords: boolean } =>
  (Object.hasOwn(rules, code) ? rules[code] : undefined) ?? { outcome: 'undecided', ownWords: false };

/** The gate's message, its names quoted; as a whole where it may hold more than names of others. */
export const reasonSentence = (result: RunResult, { code, message }: Reason): Sentence => {
  if (!ruleOf(code).ownWords) return [quote(message)];
  const names = [
    ...modelsOf(result),
    ...result.prompts.flatMap(({ id, label, path }) => [id, label, path]),
    ...result.suites.flatMap(({ path, name }) => [path, name]),
  ];
  return capitalised(quoteNames(message, names));
};

const reasonView = (result: RunResult, reason: Reason): ReasonView => ({
  sign: reason.blocking ? signs[ruleOf(reason.code).outcome] : '·',
  message: reasonSentence(result, reason),
  blocking: reason.blocking,
  cells: reason.cells,
});

/** Of the verdict, the deciding ones first, as the gate gave them. */
export const reasonsOf = (result: RunResult): ReasonView[] =>
  result.verdict.reasons.map((reason) => reasonView(result, reason));

/** Rules whose cells stand in a list of the report anyway. */
const listed = new Set(['broken', 'already-failing', 'semantic', 'expect-fail-fixed', 'weakened']);

/** Reasons that do not block and that no list shows: a column that moved, cost, latency. */
export const remarksOf = (result: RunResult): ReasonView[] =>
  result.verdict.reasons
    .filter(({ blocking, code }) => !blocking && !listed.has(code) && !aboutMissing.has(code))
    .map((reason) => reasonView(result, reason));

/** Rules that speak of the same missing answers; the headline says which and why. */
const aboutMissing = new Set(['coverage', 'provider-silent', 'judge-broken', 'no-credentials', 'cancelled']);

/**
 * Blocking reasons but the first, which the headline says, and but those that say the same once more. A rule
 * that stops many columns is one reason: the statistics under the matrix have the others.
 */
export const furtherReasonsOf = (result: RunResult): ReasonView[] => {
  const [first, ...rest] = result.verdict.reasons.filter(({ blocking }) => blocking);
  const said = first !== undefined && aboutMissing.has(first.code);
  // The statistics under the matrix say which columns fell, with the same sign.
  const further = rest.filter(({ code }) => code !== 'regression' && !(said && aboutMissing.has(code)));
  return [...Map.groupBy(further, ({ code }) => code).values()].flatMap((same) => {
    const [shown] = same;
    if (shown === undefined) return [];
    const view = reasonView(result, shown);
    const more = same.length - 1;
    if (more === 0) return [view];
    const cells = same.flatMap((reason) => reason.cells);
    return [{ ...view, message: [...view.message, ` (and ${more} more of this kind)`], cells }];
  });
};
