import { gates } from '../gate/gating.ts';
import type { CellRecord, Check, RunResult, SideRecord } from '../model/run.ts';
import { byCase, caseName, modelsOf, modelsPhrase, promptName, standingTrial, tally } from './case-names.ts';
import { reasonPhrase, severityRank } from './meaning-view.ts';
import { quote, type Sentence } from './sentence.ts';

/** A case that broke (or, without a base, fails), with the answers that show it. Texts are of others. */
export type BrokenCase = {
  /** `suite › description`. */
  readonly name: string;
  /** Names of models, or `all 3 models`. */
  readonly models: Sentence;
  /** Name of the prompt, where its suite has several; else null. */
  readonly prompt: string | null;
  /** Ids of the broken cells of the case; the first is the example that is shown. */
  readonly cells: readonly string[];
  /** Label of the model whose answers are shown; null where the case broke on one model only. */
  readonly example: string | null;
  /** `0 of 3, before 3 of 3`; null where one trial a side says no more than the change itself. */
  readonly tally: string | null;
  readonly critical: boolean;
  readonly owner: string | null;
  readonly asked: string;
  /** null: there is no such side, or it has no text. */
  readonly before: string | null;
  readonly now: string | null;
  /** Failed checks first, then what changed in meaning. */
  readonly why: readonly Sentence[];
  readonly file: string;
  readonly line: number;
};

/** All broken cases that gate, the worst first: critical, then on the most models, then by what broke in meaning. */
export const brokenCasesOf = (result: RunResult): BrokenCase[] => {
  const broken = result.cells.filter((cell) => cell.change === 'broken' && gates(cell));
  const all = modelsOf(result);
  return byCase(broken)
    .map((cells) => ({ cells: cells.toSorted(byMeaning), width: new Set(cells.map((c) => c.provider)).size }))
    .toSorted(
      (a, b) =>
        Number(isCritical(b.cells)) - Number(isCritical(a.cells)) ||
        b.width - a.width ||
        b.cells.length - a.cells.length ||
        rank(b.cells[0]) - rank(a.cells[0]),
    )
    .flatMap(({ cells, width }) => brokenCase(result, cells, all).map((broken) => ({ broken, width })))
    .map(withRepetition())
    .toSorted(
      (a, b) =>
        Number(b.broken.critical) - Number(a.broken.critical) || b.width - a.width || a.repeated - b.repeated,
    )
    .map(({ broken: found }) => found);
};

/** How often a case with the same answer and the same reasons was seen before: three times the same says little. */
const withRepetition = () => {
  const seen = new Map<string, number>();
  return <Found extends { readonly broken: BrokenCase }>(
    found: Found,
  ): Found & { readonly repeated: number } => {
    const key = JSON.stringify([found.broken.now, found.broken.why]);
    const repeated = seen.get(key) ?? 0;
    seen.set(key, repeated + 1);
    return { ...found, repeated };
  };
};

const isCritical = (cells: readonly CellRecord[]): boolean => cells.some(({ critical }) => critical);

const rank = (cell: CellRecord | undefined): number => severityRank[cell?.semantic?.severity ?? 'none'];

const byMeaning = (a: CellRecord, b: CellRecord): number => rank(b) - rank(a);

const brokenCase = (
  result: RunResult,
  cells: readonly CellRecord[],
  all: readonly string[],
): BrokenCase[] => {
  const [example] = cells;
  if (example === undefined) return [];
  const providers = cells.map(({ provider }) => provider);
  return [
    {
      name: caseName(result, example),
      models: modelsPhrase(providers, all),
      prompt: severalPrompts(result, example) ? promptName(result, example.prompt) : null,
      cells: cells.map(({ id }) => id),
      example: new Set(providers).size > 1 ? example.provider : null,
      tally: tallies(example),
      critical: isCritical(cells),
      owner: example.owner,
      asked: example.asked,
      before: standingTrial(example.baseline)?.output ?? null,
      now: standingTrial(example.candidate)?.output ?? null,
      why: whyOf(example),
      file: example.file,
      line: example.line,
    },
  ];
};

const severalPrompts = ({ cells }: RunResult, { suite, prompt }: CellRecord): boolean =>
  cells.some((cell) => cell.suite === suite && cell.prompt !== prompt);

const trials = (side: SideRecord | null): number => side?.trials.length ?? 0;

const tallies = ({ baseline, candidate }: CellRecord): string | null => {
  if (trials(baseline) < 2 && trials(candidate) < 2) return null;
  const now = tally(candidate) ?? 'no answer';
  const before = tally(baseline);
  return before === null ? now : `${now}, before ${before}`;
};

/** Why a cell is bad now: its failed checks (those that gate first), how the answer ended, what changed in meaning. */
export const whyOf = (cell: CellRecord): Sentence[] => {
  const trial = standingTrial(cell.candidate);
  const failed = (trial?.checks ?? [])
    .filter(({ pass }) => !pass)
    .toSorted((a, b) => Number(isRequired(b)) - Number(isRequired(a)));
  const ended: Sentence[] =
    trial?.status === 'truncated'
      ? [['the answer was cut off at the token limit']]
      : trial?.status === 'blocked'
        ? [['the answer was blocked by a content filter']]
        : [];
  const meaning = (cell.semantic?.reasons ?? [])
    .filter(({ severity }) => severityRank[severity] >= severityRank.review)
    .toSorted((a, b) => severityRank[b.severity] - severityRank[a.severity]);
  return [...ended, ...failed.map(failedCheck), ...meaning.map(reasonPhrase)];
};

const isRequired = ({ weight, severity }: Check): boolean => weight > 0 && severity === 'block';

/** `✗ not-icontains "I cannot help"`; a judge's check, and one without a value, gives its reason instead. */
const failedCheck = (check: Check): Sentence => {
  const told = check.judge === undefined ? (check.expected ?? check.reason) : check.reason;
  const sign = isRequired(check) ? '✗ ' : '· ';
  return told === '' ? [sign, quote(check.type)] : [sign, quote(check.type), ' ', quote(told)];
};
