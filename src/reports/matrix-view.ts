import type { CellRecord, RunResult } from '../model/run.ts';
import { counted } from './amounts.ts';
import { modelsOf, promptName } from './case-names.ts';
import { measureRows } from './matrix-measures.ts';
import { blankSquare, isQuiet, type MatrixCell, squareOf } from './matrix-square.ts';
import { quote, type Sentence } from './sentence.ts';

export type { MatrixCell } from './matrix-square.ts';

export type MatrixRow = { readonly name: Sentence; readonly cells: readonly MatrixCell[] };

/** A table whose columns are models; with more than three models it is turned, and they are rows. */
export type MatrixView = {
  readonly turned: boolean;
  readonly headings: readonly Sentence[];
  readonly rows: readonly MatrixRow[];
  /** Speed and cost, one square a heading; empty where the matrix is turned (they are columns then). */
  readonly measures: readonly MatrixRow[];
};

const maxModelColumns = 3;
const maxPromptRows = 12;
const maxPromptColumns = 3;

/** A prompt of a suite, or several of them in one line. */
type PromptLine = { readonly name: Sentence; readonly quiet: boolean; readonly cells: readonly CellRecord[] };

/** ≤ 3 models are columns; > 12 prompts: failing and changed first, the rest in one line (comment.md). */
export const matrixOf = (result: RunResult): MatrixView => {
  const models = modelsOf(result).filter((model) => result.cells.some(({ provider }) => provider === model));
  const regressed = regressedCells(result);
  const square = (line: PromptLine, model: string): MatrixCell => {
    const cells = line.cells.filter(({ provider }) => provider === model);
    return squareOf(
      cells,
      cells.some(({ id }) => regressed.has(id)),
    );
  };
  const lines = promptLines(result);
  const measures = measureRows(result, models);
  if (models.length <= maxModelColumns)
    return {
      turned: false,
      headings: models.map((model) => [quote(model)]),
      rows: foldedRows(lines).map((line) => ({
        name: line.name,
        cells: models.map((model) => square(line, model)),
      })),
      measures,
    };
  const shown = foldedColumns(lines);
  return {
    turned: true,
    headings: [...shown.map(({ name }) => name), ...measures.map(({ name }) => name)],
    rows: models.map((model, index) => ({
      name: [quote(model)],
      cells: [
        ...shown.map((line) => square(line, model)),
        ...measures.map(({ cells }) => cells[index] ?? blankSquare),
      ],
    })),
    measures: [],
  };
};

/** Cells of columns that a rule about the whole column stops. */
const regressedCells = ({ verdict }: RunResult): ReadonlySet<string> =>
  new Set(
    verdict.reasons
      .filter(({ blocking, code }) => blocking && (code === 'regression' || code === 'pass-rate'))
      .flatMap(({ cells }) => cells),
  );

/** All loud lines are rows; the quiet ones become one row where there are more than fit. */
const foldedRows = (lines: readonly PromptLine[]): readonly PromptLine[] => {
  if (lines.length <= maxPromptRows) return lines;
  const loud = lines.filter(({ quiet }) => !quiet);
  const quiet = lines.filter((line) => line.quiet);
  return quiet.length === 0 ? loud : [...loud, together(quiet, counted(quiet.length, 'prompt'))];
};

/** A table that is too wide is not read: the first loud lines are columns, all others are one column. */
const foldedColumns = (lines: readonly PromptLine[]): readonly PromptLine[] => {
  if (lines.length <= maxPromptColumns) return lines;
  const sorted = lines.toSorted((a, b) => Number(a.quiet) - Number(b.quiet));
  const loud = sorted.filter(({ quiet }) => !quiet).length;
  const kept = sorted.slice(0, Math.min(loud, maxPromptColumns - 1));
  const rest = sorted.slice(kept.length);
  return [...kept, together(rest, counted(rest.length, kept.length === 0 ? 'prompt' : 'more prompt'))];
};

const together = (lines: readonly PromptLine[], name: string): PromptLine => {
  const quiet = lines.every((line) => line.quiet);
  return {
    name: [quiet ? `${name.replace('more ', '')} unchanged` : name],
    quiet,
    cells: lines.flatMap(({ cells }) => cells),
  };
};

/** One line for each prompt of each suite; the suite's name stands before it where two lines would look the same. */
const promptLines = (result: RunResult): PromptLine[] => {
  const groups = [...Map.groupBy(result.cells, ({ suite, prompt }) => `${suite}\0${prompt}`).values()];
  const labels = groups.map(([first]) => promptName(result, first?.prompt ?? ''));
  return groups.map((cells, index) => {
    const label = labels[index] ?? '';
    const path = cells[0]?.suite ?? '';
    const shared = labels.filter((other) => other === label).length > 1;
    const suite = result.suites.find((candidate) => candidate.path === path)?.name ?? path;
    return { name: [quote(shared ? `${suite} › ${label}` : label)], quiet: isQuiet(cells), cells };
  });
};
