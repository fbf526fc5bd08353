/** Two raters, two words: how often each pair of words was said. */
export type AgreementTable = {
  readonly bothPass: number;
  readonly bothFail: number;
  /** The judge passes what the human fails. */
  readonly judgeOnly: number;
  /** The human passes what the judge fails. */
  readonly humanOnly: number;
};

const total = ({ bothPass, bothFail, judgeOnly, humanOnly }: AgreementTable): number =>
  bothPass + bothFail + judgeOnly + humanOnly;

/** Share of equal words; null without any. */
export const accuracy = (table: AgreementTable): number | null => {
  const n = total(table);
  return n === 0 ? null : (table.bothPass + table.bothFail) / n;
};

/**
 * Cohen's κ = (pₒ − pₑ) / (1 − pₑ): agreement beyond what the raters' own rates give by chance. 1 is full
 * agreement, 0 chance, below 0 less than chance. Cohen 1960, Educational and Psychological Measurement 20:37.
 * null where it is not defined: nothing rated, or both raters always say the same word (pₑ = 1).
 */
export const cohenKappa = (table: AgreementTable): number | null => {
  const n = total(table);
  const observed = accuracy(table);
  if (observed === null) return null;
  const judge = (table.bothPass + table.judgeOnly) / n;
  const human = (table.bothPass + table.humanOnly) / n;
  const expected = judge * human + (1 - judge) * (1 - human);
  return expected >= 1 ? null : (observed - expected) / (1 - expected);
};

const words = [
  [0.2, 'slight'],
  [0.4, 'fair'],
  [0.6, 'moderate'],
  [0.8, 'substantial'],
] as const;

/** The usual word for a κ. Landis & Koch 1977, Biometrics 33:159, table 2. */
export const kappaWord = (kappa: number): string =>
  kappa < 0 ? 'less than chance' : (words.find(([limit]) => kappa <= limit)?.[1] ?? 'almost perfect');
