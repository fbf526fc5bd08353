import type { ColumnRecord, RunResult } from '../../model/run.ts';
import { counted } from '../amounts.ts';
import type { Sentence } from '../sentence.ts';
import { suiteAnchor } from './anchor.ts';
import { html, type Markup } from './markup.ts';
import type { FilterNames } from './names.ts';
import type { Section } from './section.ts';
import { sentenceMarkup } from './sentence-markup.ts';
import { isQuietColumn, reachOf, squareOf } from './square.ts';

/** More models than this are rows and no longer columns, if they are more than the prompts. */
const maxModelColumns = 4;
/** Of more prompts than this, those that are as before are folded away. */
const maxPromptRows = 12;

const keyOf = ({ suite, prompt }: ColumnRecord): string => JSON.stringify([suite, prompt]);

/** The columns that a rule on a whole column blocks, though perhaps nothing broke in them. */
const blockedColumns = ({ verdict, cells }: RunResult): ReadonlySet<string> => {
  const blocking = new Set(
    verdict.reasons
      .filter((reason) => reason.blocking && (reason.code === 'regression' || reason.code === 'pass-rate'))
      .flatMap((reason) => reason.cells),
  );
  return new Set(
    cells
      .filter(({ id }) => blocking.has(id))
      .map(({ suite, prompt, provider }) => JSON.stringify([suite, prompt, provider])),
  );
};

const filterLink =
  (column: ColumnRecord, names: FilterNames) =>
  (text: string): Markup => {
    const { suite, prompt, model } = names.numbersOf(column);
    return html`<a href="#${suiteAnchor(column.suite)}" data-filter="" data-suite="${suite}" data-prompt="${prompt}" data-model="${model}">${text}</a>`;
  };

const promptHead = (column: ColumnRecord, names: FilterNames): Markup => {
  const prompt = names.promptName(column);
  return html`${names.suiteName(column.suite)}${prompt !== null && html`<br><small class="muted">${prompt}</small>`}`;
};

type Line = { readonly label: string; readonly head: Markup };
type PromptLine = Line & {
  readonly columns: ReadonlyMap<string, ColumnRecord>;
  readonly quiet: boolean;
};

const tableOf = <Row extends Line, Head extends Line>(
  rows: readonly Row[],
  heads: readonly Head[],
  square: (row: Row, head: Head) => Markup,
): Markup =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Matrix"><table class="matrix stack">
<thead><tr><td></td>${heads.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) => html`<tr><th scope="row">${row.head}</th>${heads.map(
      (head) => html`<td data-label="${head.label}">${square(row, head)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;

/** Prompts of suites, those with something to look at first. */
const promptLines = ({ matrix }: RunResult, names: FilterNames): PromptLine[] =>
  [...Map.groupBy(matrix, keyOf).values()]
    .flatMap(([first, ...rest]): PromptLine[] => {
      if (first === undefined) return [];
      const columns = [first, ...rest];
      return [
        {
          label: names.suiteName(first.suite),
          head: promptHead(first, names),
          columns: new Map(columns.map((column) => [column.provider, column])),
          quiet: columns.every(isQuietColumn),
        },
      ];
    })
    .toSorted((a, b) => Number(a.quiet) - Number(b.quiet));

/** The squares as a table; of many prompts, those that are as before are folded away. */
const tablesOf = (
  prompts: readonly PromptLine[],
  models: readonly Line[],
  square: (prompt: PromptLine, model: Line) => Markup,
): Markup => {
  if (models.length > maxModelColumns && models.length > prompts.length)
    return tableOf(models, prompts, (model, prompt) => square(prompt, model));
  const quiet = prompts.length > maxPromptRows ? prompts.filter((prompt) => prompt.quiet) : [];
  if (quiet.length === 0) return tableOf(prompts, models, square);
  const loud = prompts.filter((prompt) => !prompt.quiet);
  return html`${loud.length > 0 && tableOf(loud, models, square)}<details class="fold"><summary>${counted(quiet.length, 'prompt')} unchanged</summary>${tableOf(quiet, models, square)}</details>`;
};

const drawing =
  ' The drawing is the difference to the base with its 95 % interval; the upright line is no difference.';

/**
 * Prompt × model: how many cases pass, before and now, with intervals; each square leads to its cells. Below it
 * the statistics in sentences.
 */
export const matrixOf = (
  result: RunResult,
  names: FilterNames,
  statistics: readonly Sentence[],
): Section | null => {
  if (result.matrix.length === 0) return null;
  const reach = reachOf(result.matrix);
  const blocked = blockedColumns(result);
  const withCells = new Set(result.cells.map(({ suite }) => suite));
  const withColumns = new Set(result.matrix.map(({ provider }) => provider));
  const square = ({ columns }: PromptLine, { label }: Line): Markup => {
    const column = columns.get(label);
    if (column === undefined) return html`<span class="muted">–</span>`;
    const link = withCells.has(column.suite) ? filterLink(column, names) : (text: string) => html`${text}`;
    const key = JSON.stringify([column.suite, column.prompt, column.provider]);
    return squareOf(column, blocked.has(key), reach, link);
  };
  const models = names.models
    .filter((model) => withColumns.has(model))
    .map((label): Line => ({ label, head: html`${label}` }));
  return {
    id: 'matrix',
    title: 'Matrix',
    body: html`${tablesOf(promptLines(result, names), models, square)}<p class="legend">Pass rates of the candidate with their 95 % intervals.${statistics.length > 0 && drawing}</p>${
      statistics.length > 0 &&
      html`<ul class="sentences">${statistics.map((sentence) => html`<li>${sentenceMarkup(sentence)}</li>`)}</ul>`
    }`,
  };
};
