import type { ColumnRecord, RunResult } from '../../model/run.ts';
import type { Sentence } from '../sentence.ts';
import { suiteAnchor } from './anchor.ts';
import { html, type Markup } from './markup.ts';
import type { FilterNames } from './names.ts';
import type { Section } from './section.ts';
import { sentenceMarkup } from './sentence-markup.ts';
import { reachOf, squareOf } from './square.ts';

/** More models than this are rows and no longer columns, if they are more than the prompts. */
const maxModelColumns = 4;

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

const tableOf = (
  rows: readonly Line[],
  heads: readonly Line[],
  square: (row: number, column: number) => Markup,
) =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Matrix"><table class="matrix stack">
<thead><tr><td></td>${heads.map(({ head }) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ head }, row) => html`<tr><th scope="row">${head}</th>${heads.map(
      ({ label }, column) => html`<td data-label="${label}">${square(row, column)}</td>`,
    )}</tr>
`,
  )}</tbody></table></div>`;

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
  const shown = new Set(result.cells.map(({ suite }) => suite));
  const byPrompt = Map.groupBy(result.matrix, keyOf);
  const models = names.models.filter((model) => result.matrix.some(({ provider }) => provider === model));
  const prompts = [...byPrompt.values()].flatMap(([first]): Line[] =>
    first === undefined ? [] : [{ label: names.suiteName(first.suite), head: promptHead(first, names) }],
  );
  const columns = [...byPrompt.values()].map((of) => new Map(of.map((column) => [column.provider, column])));
  const square = (prompt: number, model: number): Markup => {
    const column = columns[prompt]?.get(models[model] ?? '');
    if (column === undefined) return html`<span class="muted">–</span>`;
    const link = shown.has(column.suite) ? filterLink(column, names) : (text: string) => html`${text}`;
    const key = JSON.stringify([column.suite, column.prompt, column.provider]);
    return squareOf(column, blocked.has(key), reach, link);
  };
  const modelLines = models.map((label): Line => ({ label, head: html`${label}` }));
  const turned = models.length > maxModelColumns && models.length > prompts.length;
  const table = turned
    ? tableOf(modelLines, prompts, (model, prompt) => square(prompt, model))
    : tableOf(prompts, modelLines, square);
  return {
    id: 'matrix',
    title: 'Matrix',
    body: html`${table}<p class="legend">Pass rates of the candidate with their 95 % intervals.${statistics.length > 0 && ' The drawing is the difference to the base with its 95 % interval; the upright line is no difference.'}</p>${
      statistics.length > 0 &&
      html`<ul class="sentences">${statistics.map((sentence) => html`<li>${sentenceMarkup(sentence)}</li>`)}</ul>`
    }`,
  };
};
