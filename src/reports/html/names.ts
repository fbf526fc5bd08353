import type { CellRecord, RunResult } from '../../model/run.ts';

/** Names of the filters' options; an option's number is its index, and cells carry numbers instead of names. */
export type FilterNames = {
  readonly models: readonly string[];
  readonly suites: readonly string[];
  readonly prompts: readonly string[];
  /** Numbers of the model, suite and prompt of a cell or of a column of the matrix. */
  readonly numbersOf: (square: Square) => { model: number; suite: number; prompt: number };
  readonly suiteName: (path: string) => string;
  /** null where the suite has no other prompt. */
  readonly promptName: (square: Square) => string | null;
};

type Square = Pick<CellRecord, 'suite' | 'prompt' | 'provider'>;

/** Distinct values in the order of their first appearance, each with its index. */
const numbered = (values: readonly string[]): ReadonlyMap<string, number> =>
  new Map([...new Set(values)].map((value, index) => [value, index]));

export const filterNames = (result: RunResult): FilterNames => {
  const squares: readonly Square[] = [...result.matrix, ...result.cells];
  const models = numbered([
    ...result.providers.map(({ label }) => label),
    ...squares.map(({ provider }) => provider),
  ]);
  const suites = numbered(squares.map(({ suite }) => suite));
  const prompts = numbered(squares.map(({ prompt }) => prompt));
  const suiteNames = new Map(result.suites.map(({ path, name }) => [path, name]));
  const promptLabels = new Map(result.prompts.map(({ id, label }) => [id, label]));
  const promptsOf = new Map<string, Set<string>>();
  for (const { suite, prompt } of squares)
    promptsOf.set(suite, (promptsOf.get(suite) ?? new Set()).add(prompt));
  const suiteName = (path: string): string => suiteNames.get(path) ?? path;
  return {
    models: [...models.keys()],
    suites: [...suites.keys()].map(suiteName),
    prompts: [...prompts.keys()].map((id) => promptLabels.get(id) ?? id),
    numbersOf: ({ provider, suite, prompt }) => ({
      model: models.get(provider) ?? -1,
      suite: suites.get(suite) ?? -1,
      prompt: prompts.get(prompt) ?? -1,
    }),
    suiteName,
    promptName: ({ suite, prompt }) =>
      (promptsOf.get(suite)?.size ?? 0) < 2 ? null : (promptLabels.get(prompt) ?? prompt),
  };
};
