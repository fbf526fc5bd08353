import type { CellRecord, RunResult, SemanticReason, SemanticSeverity } from '../model/run.ts';
import { counted } from './amounts.ts';
import { caseName, modelsOf, modelsPhrase } from './case-names.ts';
import { joined, quote, type Sentence, word } from './sentence.ts';

export const severityRank = {
  none: 0,
  reworded: 1,
  review: 2,
  breaking: 3,
} as const satisfies Record<SemanticSeverity, number>;

/** The same change of meaning in one or many cells, shown by its worst example. */
export type MeaningGroup = {
  /** `!` breaking, `?` to review. */
  readonly sign: string;
  readonly severity: 'breaking' | 'review';
  /** `suite › description` of the example; written by users. */
  readonly name: string;
  /** The description alone, for a narrow table. */
  readonly shortName: string;
  readonly models: Sentence;
  /** How many distinct cases. */
  readonly cases: number;
  /** Ids, the example first. */
  readonly cells: readonly string[];
  readonly what: Sentence;
};

export type MeaningView = {
  /** Answers (cells) by their worst reason. */
  readonly breaking: number;
  readonly review: number;
  readonly reworded: number;
  /** Cells with an answer on both sides. */
  readonly compared: number;
  /** Breaking first, then the widest. */
  readonly groups: readonly MeaningGroup[];
};

const gained = {
  refusal: 'refusal appears',
  condition: 'condition added: ',
} as const satisfies Record<string, string>;
const lost = {
  refusal: 'refusal disappears',
  condition: 'condition gone: ',
} as const satisfies Record<string, string>;

const table = (words: Readonly<Record<string, string>>, kind: string): string | undefined =>
  Object.hasOwn(words, kind) ? words[kind] : undefined;

/** One typed reason in words: `number 30 days → 14 days`, `refusal appears`, `"30 days" is gone`. */
export const reasonPhrase = ({ kind, baseline, candidate, message }: SemanticReason): Sentence => {
  const plain = kind === 'added' || kind === 'removed' ? [] : [...word(kind), ' '];
  if (baseline !== null && candidate !== null) return [...plain, quote(baseline), ' → ', quote(candidate)];
  const span = candidate ?? baseline;
  if (span === null) return message === '' ? word(kind) : [quote(message)];
  const own = table(candidate === null ? lost : gained, kind);
  if (own !== undefined) return own.endsWith(': ') ? [own, quote(span)] : [own];
  return [...plain, quote(span), candidate === null ? ' is gone' : ' is new'];
};

/** What makes two reasons the same change. A refusal's words differ from answer to answer; that it refuses does not. */
const changeKey = ({ kind, severity, baseline, candidate, message }: SemanticReason): string =>
  kind === 'refusal'
    ? JSON.stringify([severity, kind, baseline === null, candidate === null])
    : JSON.stringify([severity, kind, baseline, candidate, baseline ?? candidate ?? message]);

type Found = { readonly reason: SemanticReason; readonly cells: CellRecord[] };

const groupsOf = (changed: readonly CellRecord[]): Found[] => {
  const found = new Map<string, Found>();
  for (const cell of changed) {
    // Only the reasons that give the cell its severity: the others stand in the report.
    const deciding = cell.semantic?.reasons.filter(({ severity }) => severity === cell.semantic?.severity);
    for (const reason of deciding ?? []) {
      const key = changeKey(reason);
      const group = found.get(key) ?? { reason, cells: [] };
      if (!group.cells.includes(cell)) group.cells.push(cell);
      found.set(key, group);
    }
  }
  return [...found.values()];
};

const example = (cells: readonly CellRecord[]): CellRecord | undefined =>
  cells.find(({ change }) => change === 'broken') ?? cells.find(({ critical }) => critical) ?? cells[0];

/** What changed in meaning over the whole run; the same change in many cells is one group. */
export const meaningOf = (result: RunResult): MeaningView => {
  const compared = result.cells.filter(({ semantic }) => semantic !== null);
  const of = (severity: SemanticSeverity): CellRecord[] =>
    compared.filter((cell) => cell.semantic?.severity === severity);
  const [breaking, review] = [of('breaking'), of('review')];
  const merged = Map.groupBy(groupsOf([...breaking, ...review]), ({ cells }) =>
    cells.map(({ id }) => id).join('\0'),
  );
  const all = modelsOf(result);
  const groups = [...merged.values()].flatMap((found): MeaningGroup[] => {
    const cells = found[0]?.cells ?? [];
    const shown = example(cells);
    if (shown === undefined) return [];
    const severity = shown.semantic?.severity === 'breaking' ? 'breaking' : 'review';
    return [
      {
        sign: severity === 'breaking' ? '!' : '?',
        severity,
        name: caseName(result, shown),
        shortName: shown.description === '' ? shown.case : shown.description,
        models: modelsPhrase([...new Set(cells.map(({ provider }) => provider))], all),
        cases: new Set(cells.map(({ suite, case: id }) => `${suite}\0${id}`)).size,
        cells: [shown.id, ...cells.filter((cell) => cell !== shown).map(({ id }) => id)],
        what: joined(
          found.map(({ reason }) => reasonPhrase(reason)),
          ' · ',
        ),
      },
    ];
  });
  return {
    breaking: breaking.length,
    review: review.length,
    reworded: of('reworded').length,
    compared: compared.length,
    groups: groups.toSorted(
      (a, b) =>
        severityRank[b.severity] - severityRank[a.severity] ||
        b.cells.length - a.cells.length ||
        (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
    ),
  };
};

/** `3 breaking, 4 to review, of 480 answers`. */
export const meaningSummary = ({ breaking, review, compared }: MeaningView): string =>
  `${breaking} breaking, ${review} to review, of ${counted(compared, 'answer')}`;
