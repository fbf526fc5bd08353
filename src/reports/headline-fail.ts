import { gates } from '../gate/gating.ts';
import type { CellRecord, RunResult } from '../model/run.ts';
import { counted } from './amounts.ts';
import { byCase, modelsOf, modelsPhrase, standingTrial } from './case-names.ts';
import type { Headline } from './headline.ts';
import { reasonSentence } from './reasons.ts';
import { capitalised, quote, type Sentence } from './sentence.ts';

export const blocked = ({ base }: RunResult): string =>
  base === null ? 'The run fails.' : 'Merging is blocked.';

export const brokenCells = ({ cells }: RunResult): CellRecord[] =>
  cells.filter((cell) => cell.change === 'broken' && gates(cell));

/** `2 cases broke on haiku`; without a base nothing can break, so they `fail`. */
export const brokenPhrase = (result: RunResult): Sentence => {
  const broken = brokenCells(result);
  const groups = byCase(broken);
  const cases = groups.length;
  const columns = new Set(broken.map(({ provider }) => provider)).size;
  // "on both models" would say that each case broke on both.
  const everywhere = groups.every((cells) => new Set(cells.map(({ provider }) => provider)).size === columns);
  const verb = result.base === null ? (cases === 1 ? 'fails' : 'fail') : 'broke';
  const models = modelsPhrase(
    broken.map(({ provider }) => provider),
    modelsOf(result),
  );
  return [`${counted(cases, 'case')} ${verb} ${everywhere ? 'on' : 'across'} `, ...models];
};

/** `Haiku now refuses where an answer was given before.`, where that is what most of the broken cells show. */
const refusals = (result: RunResult, broken: readonly CellRecord[]): Sentence | null => {
  const refusing = broken.filter((cell) =>
    cell.semantic?.reasons.some(
      ({ kind, baseline, candidate }) => kind === 'refusal' && (candidate !== null || baseline === null),
    ),
  );
  if (refusing.length === 0 || refusing.length * 2 <= broken.length) return null;
  const models = [...new Set(refusing.map(({ provider }) => provider))];
  return [
    ...capitalised(modelsPhrase(models, modelsOf(result))),
    ` now ${models.length === 1 ? 'refuses' : 'refuse'} where an answer was given before.`,
  ];
};

/** The assertion that fails in most of the broken cases, where it does. */
const commonCheck = (broken: readonly CellRecord[]): Sentence | null => {
  const cases = byCase(broken);
  const counts = new Map<string, { type: string; expected: string | null; cases: number }>();
  for (const cells of cases) {
    const failed = cells.flatMap(({ candidate }) =>
      (standingTrial(candidate)?.checks ?? []).filter(({ pass, weight }) => !pass && weight > 0),
    );
    const distinct = new Map(failed.map((check) => [JSON.stringify([check.type, check.expected]), check]));
    for (const [key, { type, expected }] of distinct) {
      const entry = counts.get(key) ?? { type, expected, cases: 0 };
      entry.cases++;
      counts.set(key, entry);
    }
  }
  const [top] = [...counts.values()].toSorted((a, b) => b.cases - a.cases);
  if (top === undefined || cases.length < 2 || top.cases * 2 <= cases.length) return null;
  const share = top.cases < cases.length ? `${top.cases}` : cases.length === 2 ? 'both' : 'all';
  const value: Sentence = top.expected ? [' ', quote(top.expected)] : [];
  return [quote(top.type), ...value, ` fails in ${share} of them.`];
};

/** What most of the broken cells have in common, where they have it. */
export const commonCause = (result: RunResult): Sentence | null => {
  const broken = brokenCells(result);
  return refusals(result, broken) ?? commonCheck(broken);
};

const otherFailures: Readonly<Record<string, string>> = {
  regression: 'The pass rate fell',
  'pass-rate': 'The pass rate is below the policy’s bar',
  'already-failing': 'Cases that failed before still fail',
  semantic: 'Answers changed in meaning',
  cost: 'Answers cost more than the policy allows',
  latency: 'Answers take longer than the policy allows',
};

/** The headline of a run that fails. */
export const failedHeadline = (result: RunResult): Headline => {
  const first = result.verdict.reasons.find(({ blocking }) => blocking);
  const nextStep: Sentence = ['fix the prompt, or the case where the new answer is right'];
  if (first === undefined || (first.code === 'broken' && brokenCells(result).length > 0))
    return {
      headline: [...brokenPhrase(result), `. ${blocked(result)}`],
      lead: commonCause(result),
      nextStep,
    };
  const told = Object.hasOwn(otherFailures, first.code) ? otherFailures[first.code] : undefined;
  const message = reasonSentence(result, first);
  return told === undefined
    ? { headline: [...message, `. ${blocked(result)}`], lead: null, nextStep }
    : { headline: [`${told}. ${blocked(result)}`], lead: [...message, '.'], nextStep };
};
