import { gates } from '../gate/gating.ts';
import { type CellRecord, type Outcome, type Reason, type RunResult, signs } from '../model/run.ts';
import { counted } from './amounts.ts';
import { byCase, modelsOf, modelsPhrase, standingTrial } from './case-names.ts';
import { causeOf } from './missing-answers.ts';
import { quote, quoteNames, type Sentence } from './sentence.ts';
import type { ReasonView } from './view.ts';

export type Headline = {
  readonly headline: Sentence;
  readonly lead: Sentence | null;
  readonly nextStep: Sentence | null;
};

/** The verdict as a sentence, why, and the one next action. */
export const headlineOf = (result: RunResult): Headline => byOutcome[result.verdict.outcome](result);

const sentence = (text: Sentence): Sentence => {
  const [first, ...rest] = text;
  const capital = typeof first === 'string' ? `${first.charAt(0).toUpperCase()}${first.slice(1)}` : first;
  return capital === undefined ? text : [capital, ...rest];
};

/** Codes of the gate whose messages hold no words of others but names of models, prompts and suites. */
const ownWords = new Set([
  'broken',
  'already-failing',
  'semantic',
  'expect-fail-fixed',
  'pass-rate',
  'regression',
  'cost',
  'latency',
  'no-credentials',
  'cancelled',
]);

const reasonSentence = (result: RunResult, { code, message }: Reason): Sentence =>
  ownWords.has(code)
    ? sentence(
        quoteNames(message, [
          ...modelsOf(result),
          ...result.prompts.flatMap(({ id, label, path }) => [id, label, path]),
          ...result.suites.flatMap(({ path, name }) => [path, name]),
        ]),
      )
    : [quote(message)];

/** Of the verdict, the deciding ones first, as the gate gave them. */
export const reasonsOf = (result: RunResult): ReasonView[] =>
  result.verdict.reasons.map((reason) => ({
    sign: reason.blocking ? signs[askedOutcome(reason)] : '·',
    message: reasonSentence(result, reason),
    blocking: reason.blocking,
    cells: reason.cells,
  }));

const askedOutcome = ({ code }: Reason): Outcome => {
  if (code === 'weakened' || code === 'base-unreadable') return 'needsApproval';
  const failing = new Set([
    'broken',
    'already-failing',
    'semantic',
    'pass-rate',
    'regression',
    'cost',
    'latency',
  ]);
  return failing.has(code) ? 'fail' : 'undecided';
};

const blocked = (result: RunResult): string =>
  result.base === null ? 'The run fails.' : 'Merging is blocked.';

const brokenCells = ({ cells }: RunResult): CellRecord[] =>
  cells.filter((cell) => cell.change === 'broken' && gates(cell));

/** `2 cases broke on haiku`; without a base nothing can break, so they `fail`. */
const brokenPhrase = (result: RunResult): Sentence => {
  const broken = brokenCells(result);
  const cases = byCase(broken).length;
  const verb = result.base === null ? (cases === 1 ? 'fails' : 'fail') : 'broke';
  const models = modelsPhrase(
    broken.map(({ provider }) => provider),
    modelsOf(result),
  );
  return [`${counted(cases, 'case')} ${verb} on `, ...models];
};

/** What most of the broken cells have in common, where they have it. */
const commonCause = (result: RunResult): Sentence | null => {
  const broken = brokenCells(result);
  const refusing = broken.filter((cell) =>
    cell.semantic?.reasons.some(
      ({ kind, baseline, candidate }) => kind === 'refusal' && (candidate !== null || baseline === null),
    ),
  );
  const cases = byCase(broken).length;
  const where = modelsPhrase(
    refusing.map(({ provider }) => provider),
    modelsOf(result),
  );
  if (refusing.length > 0 && refusing.length * 2 > broken.length)
    return [
      ...sentence(where),
      ` now refuse${where.length === 1 && typeof where[0] !== 'string' ? 's' : ''} where an answer was given before.`,
    ];
  const failing = Map.groupBy(
    broken.flatMap((cell) => {
      const failed =
        standingTrial(cell.candidate)?.checks.filter(({ pass, weight }) => !pass && weight > 0) ?? [];
      return [...new Set(failed.map(({ type, expected }) => JSON.stringify([type, expected ?? ''])))].map(
        (check) => ({ check, of: `${cell.suite}\0${cell.case}` }),
      );
    }),
    ({ check }) => check,
  );
  const [top] = [...failing]
    .map(([check, found]) => ({ check, cases: new Set(found.map(({ of }) => of)).size }))
    .toSorted((a, b) => b.cases - a.cases);
  if (top === undefined || cases < 2 || top.cases * 2 <= cases) return null;
  const [type = '', expected = ''] = JSON.parse(top.check) as string[];
  const what: Sentence = expected === '' ? [quote(type)] : [quote(type), ' ', quote(expected)];
  return [...what, ` fails in ${top.cases === cases ? 'all' : top.cases} of them.`];
};

const otherFailures: Readonly<Record<string, string>> = {
  regression: 'The pass rate fell',
  'pass-rate': 'The pass rate is below the policy’s bar',
  'already-failing': 'Cases that failed before still fail',
  semantic: 'Answers changed in meaning',
  cost: 'Answers cost more than the policy allows',
  latency: 'Answers take longer than the policy allows',
};

const failed = (result: RunResult): Headline => {
  const [first, ...rest] = result.verdict.reasons.filter(({ blocking }) => blocking);
  const fix: Sentence = ['fix the prompt, or the case where the new answer is right'];
  const more: Sentence = rest.length === 0 ? [] : [` ${counted(rest.length, 'more reason')} below.`];
  if (first === undefined || first.code === 'broken') {
    const lead = [...(commonCause(result) ?? []), ...more];
    return {
      headline: [...brokenPhrase(result), `. ${blocked(result)}`],
      lead: lead.length === 0 ? null : lead,
      nextStep: fix,
    };
  }
  const told = Object.hasOwn(otherFailures, first.code) ? otherFailures[first.code] : undefined;
  const message = reasonSentence(result, first);
  return told === undefined
    ? { headline: [...message, `. ${blocked(result)}`], lead: more.length === 0 ? null : more, nextStep: fix }
    : { headline: [`${told}. ${blocked(result)}`], lead: [...message, '.', ...more], nextStep: fix };
};

/** What is missing and what to do, not numbers. */
const undecided = (result: RunResult): Headline => {
  const open = result.cells.filter(({ change }) => change === 'undecided');
  const [widest] = [...Map.groupBy(open, (cell) => causeOf(cell).key).values()].toSorted(
    (a, b) => b.length - a.length,
  );
  const [first] = result.verdict.reasons.filter(({ blocking }) => blocking);
  const [cell] = widest ?? [];
  if (cell === undefined || first?.code === 'cancelled') {
    const message = first === undefined ? ['nothing is known'] : reasonSentence(result, first);
    return {
      headline:
        first?.code === 'cancelled'
          ? ['No verdict: the run was cancelled.']
          : ['No verdict: ', ...message, '.'],
      lead: null,
      nextStep: ['re-run the job'],
    };
  }
  const cause = causeOf(cell);
  const silent = modelsPhrase(
    (widest ?? []).map(({ provider }) => provider),
    modelsOf(result),
  );
  const missing = `${open.length} of ${counted(result.cells.length, 'cell')} ${open.length === 1 ? 'has' : 'have'} no answer.`;
  const ours = cause.sentence.every((part) => typeof part === 'string');
  return ours
    ? {
        headline: ['No verdict: ', ...cause.sentence, '. ', blocked(result)],
        lead: [missing],
        nextStep: cause.nextStep,
      }
    : {
        headline: ['No verdict: ', ...silent, ` did not answer. ${blocked(result)}`],
        lead: [...cause.sentence, ` · ${missing}`],
        nextStep: cause.nextStep,
      };
};

const needsApproval = (result: RunResult): Headline => {
  const weakening = result.tampering.filter(({ weakening: loosens }) => loosens).length;
  const unreadable = result.verdict.reasons.find(({ code }) => code === 'base-unreadable');
  if (weakening === 0 && unreadable !== undefined)
    return {
      headline: [
        'The base can’t be read, so this pull request was judged by its own rules. Approval is needed.',
      ],
      lead: [quote(unreadable.message)],
      nextStep: ['have a code owner approve it'],
    };
  return {
    headline: ['This pull request loosened its own tests. Approval is needed.'],
    lead: [
      `${counted(weakening, 'change')} to its tests ${weakening === 1 ? 'is' : 'are'} listed below; the base’s tests were run all the same.`,
    ],
    nextStep: ['restore the tests, or have a code owner approve the changes'],
  };
};

const passed = (result: RunResult): Headline => {
  const { cells } = result;
  const nothing: Headline = { headline: [], lead: null, nextStep: null };
  if (cells.length === 0)
    return { ...nothing, headline: ['No prompt or suite changed: nothing had to be tested.'] };
  const broken = brokenCells(result).length;
  if (broken > 0)
    return {
      ...nothing,
      headline: [...brokenPhrase(result), '. The policy only reports it.'],
      lead: commonCause(result),
      nextStep: ['look at the cases before you merge'],
    };
  const all = byCase(cells);
  const good = all.filter((group) =>
    group.every(({ candidate, change }) => change === 'removed' || candidate?.state === 'passed'),
  );
  const models = modelsOf(result);
  const on: Sentence =
    models.length === 1 ? [' on ', ...modelsPhrase(models, models)] : [` on all ${models.length} models`];
  const counts =
    good.length === all.length
      ? `All ${counted(all.length, 'case')} pass`
      : `${good.length} of ${counted(all.length, 'case')} pass`;
  const fixed = byCase(cells.filter(({ change }) => change === 'fixed')).length;
  return {
    ...nothing,
    headline: [
      result.base === null ? '' : 'Nothing broke. ',
      all.length === 1 ? (good.length === 1 ? 'The case passes' : 'The case does not pass') : counts,
      ...on,
      fixed === 0 ? '.' : `, ${counted(fixed, 'case')} of them fixed by this change.`,
    ].filter((part) => part !== ''),
  };
};

const byOutcome = { pass: passed, fail: failed, undecided, needsApproval } as const satisfies Record<
  Outcome,
  (result: RunResult) => Headline
>;
