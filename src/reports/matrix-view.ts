import type { CellRecord, ColumnRecord, RunResult } from '../model/run.ts';
import { signs } from '../model/run.ts';
import { quantile } from '../stats/quantile.ts';
import { counted, dollars, relativeChange, signed } from './amounts.ts';
import { modelsOf, promptName } from './case-names.ts';
import { quote, type Sentence } from './sentence.ts';

/** One square. All text is ours. */
export type MatrixCell = {
  /** null: the square judges nothing (speed, cost). */
  readonly sign: string | null;
  /** `110/120`, `0.8 / 2.1 s`, `–`. */
  readonly main: string;
  /** `−6`, `, 1 flaky`; with its own separator, or empty. */
  readonly rest: string;
  /** Something broke here. */
  readonly strong: boolean;
};

export type MatrixRow = { readonly name: Sentence; readonly cells: readonly MatrixCell[] };

/** A table whose columns are models; with more than three models it is turned, and they are rows. */
export type MatrixView = {
  readonly turned: boolean;
  readonly headings: readonly Sentence[];
  readonly rows: readonly MatrixRow[];
  /** Speed and cost, one cell a heading; empty where the matrix is turned (they are columns then). */
  readonly measures: readonly MatrixRow[];
};

const maxModelColumns = 3;
const maxPromptRows = 12;
const maxPromptColumns = 3;

/** A prompt of a suite, with its squares by model. */
type PromptLine = {
  readonly name: Sentence;
  readonly quiet: boolean;
  readonly columns: readonly ColumnRecord[];
};

/** ≤ 3 models are columns; > 12 prompts: failing and changed first, the rest in one line (comment.md). */
export const matrixOf = (result: RunResult): MatrixView => {
  const models = modelsOf(result).filter((model) => result.matrix.some(({ provider }) => provider === model));
  const lines = promptLines(result);
  const regressed = new Set(
    result.verdict.reasons
      .filter(({ blocking, code }) => blocking && (code === 'regression' || code === 'pass-rate'))
      .flatMap(({ cells }) => cells),
  );
  const blocked = new Set(result.cells.filter(({ id }) => regressed.has(id)).map((cell) => squareKey(cell)));
  const square = (line: PromptLine, model: string): MatrixCell =>
    squareOf(
      line.columns.filter(({ provider }) => provider === model),
      blocked,
    );
  const measures = measureRows(result, models);
  if (models.length <= maxModelColumns)
    return {
      turned: false,
      headings: models.map((model) => [quote(model)]),
      rows: folded(lines, lines.length > maxPromptRows ? 0 : maxPromptRows, 'row').map((line) => ({
        name: line.name,
        cells: models.map((model) => square(line, model)),
      })),
      measures,
    };
  const shown = folded(lines, maxPromptColumns, 'column');
  return {
    turned: true,
    headings: [...shown.map(({ name }) => name), ...measures.map(({ name }) => name)],
    rows: models.map((model, index) => ({
      name: [quote(model)],
      cells: [
        ...shown.map((line) => square(line, model)),
        ...measures.map(({ cells }) => cells[index] ?? blank),
      ],
    })),
    measures: [],
  };
};

const blank: MatrixCell = { sign: null, main: '–', rest: '', strong: false };

const squareKey = ({
  suite,
  prompt,
  provider,
}: Pick<ColumnRecord, 'suite' | 'prompt' | 'provider'>): string => [suite, prompt, provider].join('\0');

/**
 * Loud lines first. As rows all loud ones are kept and the quiet ones become one line when there are more than
 * fit; as columns at most `atMost` are kept, whatever they say, since a table that is too wide is not read.
 */
const folded = (lines: readonly PromptLine[], atMost: number, as: 'row' | 'column'): PromptLine[] => {
  const sorted = lines.toSorted((a, b) => Number(a.quiet) - Number(b.quiet));
  if (sorted.length <= atMost) return [...lines];
  const loud = sorted.filter(({ quiet }) => !quiet).length;
  const keep = as === 'row' ? loud : Math.min(loud, atMost - 1);
  const rest = sorted.slice(keep);
  if (rest.length === 0) return sorted;
  const unchanged = rest.every(({ quiet }) => quiet);
  const name = unchanged
    ? `${counted(rest.length, 'prompt')} unchanged`
    : `${counted(rest.length, keep === 0 ? 'prompt' : 'more prompt')}`;
  return [
    ...sorted.slice(0, keep),
    { name: [name], quiet: unchanged, columns: rest.flatMap(({ columns }) => columns) },
  ];
};

const promptLines = (result: RunResult): PromptLine[] => {
  const groups = Map.groupBy(result.matrix, ({ suite, prompt }) => `${suite}\0${prompt}`);
  const labels = [...groups.values()].map(([first]) => promptName(result, first?.prompt ?? ''));
  return [...groups.values()].map((columns, index) => {
    const label = labels[index] ?? '';
    const suite = columns[0]?.suite ?? '';
    const shared = labels.filter((other) => other === label).length > 1;
    const suiteName = result.suites.find(({ path }) => path === suite)?.name ?? suite;
    return {
      name: [quote(shared ? `${suiteName} › ${label}` : label)],
      quiet: columns.every(isQuiet),
      columns,
    };
  });
};

const isQuiet = ({ broken, fixed, flaky, undecided, baseline, candidate }: ColumnRecord): boolean =>
  broken + fixed + flaky + undecided === 0 &&
  baseline !== null &&
  candidate !== null &&
  candidate.passed === candidate.planned;

const total = (columns: readonly ColumnRecord[], number: (column: ColumnRecord) => number): number =>
  columns.reduce((sum, column) => sum + number(column), 0);

const squareOf = (columns: readonly ColumnRecord[], blocked: ReadonlySet<string>): MatrixCell => {
  if (columns.length === 0) return blank;
  if (columns.every(({ candidate }) => candidate === null)) return { ...blank, main: 'removed' };
  const passed = total(columns, ({ candidate }) => candidate?.passed ?? 0);
  const planned = total(columns, ({ candidate }) => candidate?.planned ?? 0);
  const broken = total(columns, (column) => column.broken);
  const undecided = total(columns, (column) => column.undecided);
  const flaky = total(columns, (column) => column.flaky);
  const before = columns.some(({ baseline }) => baseline === null)
    ? null
    : total(columns, ({ baseline }) => baseline?.passed ?? 0);
  const bad = broken > 0 || columns.some((column) => blocked.has(squareKey(column)));
  const sign = bad ? signs.fail : undecided > 0 ? signs.undecided : flaky > 0 ? signs.flaky : signs.pass;
  const details = [
    before !== null && undecided === 0 && before !== passed && signed(passed - before),
    before === null && columns.every(({ baseline }) => baseline === null) && 'new',
  ].filter((detail) => detail !== false);
  const counts = [flaky > 0 && `${flaky} flaky`, undecided > 0 && `${undecided} undecided`].filter(
    (detail) => detail !== false,
  );
  const rest = `${details.map((detail) => ` ${detail}`).join('')}${counts.map((detail) => `, ${detail}`).join('')}`;
  return { sign, main: `${passed}/${planned}`, rest, strong: bad };
};

const uncachedLatencies = (cells: readonly CellRecord[]): number[] =>
  cells.flatMap(({ candidate }) =>
    (candidate?.trials ?? []).flatMap(({ cached, latencyMs, output }) =>
      cached || latencyMs === null || output === null ? [] : [latencyMs],
    ),
  );

const meanCost = (cells: readonly CellRecord[], side: 'baseline' | 'candidate'): number | null => {
  const costs = cells.flatMap((cell) =>
    (cell[side]?.trials ?? []).filter(({ output }) => output !== null).map(({ costUsd }) => costUsd),
  );
  const known = costs.filter((cost) => cost !== null);
  if (known.length === 0 || known.length < costs.length) return null;
  return known.reduce((sum, cost) => sum + cost, 0) / known.length;
};

const seconds = (ms: number): string => (ms < 9950 ? (ms / 1000).toFixed(1) : (ms / 1000).toFixed(0));

/** Speed of this run's own answers, and cost per 1,000 answers. A row that nobody has a number for is left out. */
const measureRows = (result: RunResult, models: readonly string[]): MatrixRow[] => {
  const cells = models.map((model) => result.cells.filter(({ provider }) => provider === model));
  const speed = cells.map((own): MatrixCell => {
    const values = uncachedLatencies(own);
    const [p50, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
    if (p50 === null || p95 === null) return { ...blank, main: 'not measured' };
    return { ...blank, main: p95 < 50 ? '< 0.1 s' : `${seconds(p50)} / ${seconds(p95)} s` };
  });
  const cost = cells.map((own): MatrixCell => {
    const now = meanCost(own, 'candidate');
    if (now === null) return { ...blank, main: 'not known' };
    const change = relativeChange(meanCost(own, 'baseline'), now);
    return { ...blank, main: dollars(now * 1000), rest: change === null ? '' : ` ${change}` };
  });
  const rows: MatrixRow[] = [];
  // Milliseconds of a local responder are noise, and its answers cost nothing.
  if (speed.some(({ main }) => main.includes('/'))) rows.push({ name: ['p50 / p95'], cells: speed });
  if (cost.some(({ main }) => main !== 'not known' && main !== '$0.00'))
    rows.push({ name: ['per 1,000'], cells: cost });
  return rows;
};
