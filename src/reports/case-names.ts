import type { CellRecord, RunResult, SideRecord, TrialRecord } from '../model/run.ts';
import { namesList, type Sentence } from './sentence.ts';

/** Labels of all models of the run, in the order of the run. */
export const modelsOf = (result: RunResult): readonly string[] => [
  ...new Set([
    ...result.providers.map(({ label }) => label),
    ...result.cells.map(({ provider }) => provider),
  ]),
];

/** `all 3 models`, `both models`, or their names. */
export const modelsPhrase = (labels: readonly string[], all: readonly string[]): Sentence => {
  const distinct = all.filter((label) => labels.includes(label));
  if (distinct.length < all.length || all.length < 2)
    return namesList(distinct.length === 0 ? labels : distinct);
  return [all.length === 2 ? 'both models' : `all ${all.length} models`];
};

/** A prompt's name for a table or a line: a path is shortened to its file's name, since it is read on a phone. */
export const promptName = (result: RunResult, id: string): string => {
  const prompt = result.prompts.find((candidate) => candidate.id === id);
  const label = prompt?.label ?? id;
  return label === prompt?.path || label === id
    ? (label.split('/').at(-1) ?? label).replace(/\.(prompt\.)?(ya?ml|txt|md|json|prompty|prompt|j2)$/i, '')
    : label;
};

/** `suite › description`; written by users. Both versions of an edited case are run, so the head's says so. */
export const caseName = (result: RunResult, cell: CellRecord): string => {
  const suite = result.suites.find(({ path }) => path === cell.suite)?.name ?? cell.suite;
  const edited = cell.case.endsWith('@head') ? ' (as edited here)' : '';
  return `${suite} › ${cell.description === '' ? cell.case : cell.description}${edited}`;
};

/** Cells of the same case (over prompts and models), in the order of the run. */
export const byCase = (cells: readonly CellRecord[]): CellRecord[][] => [
  ...Map.groupBy(cells, ({ suite, case: id }) => `${suite}\0${id}`).values(),
];

const unanswered = new Set(['errored', 'skipped']);

/** Trials of a side that gave an answer. */
export const answers = (side: SideRecord | null): readonly TrialRecord[] =>
  (side?.trials ?? []).filter(({ status }) => !unanswered.has(status));

/** `2 of 3`; null where the side has no answer. */
export const tally = (side: SideRecord | null): string | null => {
  const given = answers(side);
  return given.length === 0
    ? null
    : `${given.filter(({ status }) => status === 'passed').length} of ${given.length}`;
};

/** The trial that stands for its side: the first that ended as the side did; a flaky side shows a failure. */
export const standingTrial = (side: SideRecord | null): TrialRecord | null => {
  if (side === null) return null;
  const wanted = side.state === 'flaky' ? 'failed' : side.state;
  return (
    side.trials.find(({ status }) => status === wanted) ??
    side.trials.find(({ output }) => output !== null) ??
    side.trials[0] ??
    null
  );
};
