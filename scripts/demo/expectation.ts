/** pull-request/expected-broken.json: what the example's pull request breaks, and why. */
export type Expectation = {
  readonly broken: readonly {
    readonly case: string;
    /** Labels of the providers. */
    readonly providers: readonly string[];
    readonly why: string;
  }[];
};

/** As much of results.json as the demo reads. */
export type Results = {
  readonly cells: readonly { readonly case: string; readonly provider: string; readonly change: string }[];
};

const isQuiet = (change: string): boolean => change === 'stillPassing' || change === 'broken';

/** How the results differ from what was expected, a line for each cell; empty when they are equal. */
export const differenceFrom = ({ broken }: Expectation, { cells }: Results): string[] => {
  const name = (cell: { case: string; provider: string }): string => `${cell.case} on ${cell.provider}`;
  const found = new Set(cells.filter(({ change }) => change === 'broken').map(name));
  const expected = new Set(
    broken.flatMap((one) => one.providers.map((provider) => name({ case: one.case, provider }))),
  );
  return [
    ...[...expected]
      .filter((cell) => !found.has(cell))
      .map((cell) => `${cell}: should have broken, but did not`),
    ...[...found].filter((cell) => !expected.has(cell)).map((cell) => `${cell}: broke, but should not have`),
    ...cells.filter(({ change }) => !isQuiet(change)).map((cell) => `${name(cell)}: is ${cell.change}`),
  ];
};
