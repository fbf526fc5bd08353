import type { CellRecord, RunResult } from '../../model/run.ts';
import { suiteAnchor } from './anchor.ts';
import { type CellContext, cellOf } from './cell.ts';
import { changeRank, isQuiet, worstFirst } from './cell-order.ts';
import { filtersOf } from './filters.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { FilterNames } from './names.ts';
import type { Section } from './section.ts';
import { changeWords } from './words.ts';

/** Above so many, the cells of a suite that need no look are folded into one line. */
const foldAbove = 3;

type Rendered = ReadonlyMap<CellRecord, Markup>;

const suiteOf = (name: string, path: string, cells: readonly CellRecord[], rendered: Rendered): Markup => {
  const loud = cells.filter((cell) => !isQuiet(cell));
  const quiet = cells.filter(isQuiet);
  const told = quiet.every(({ baseline }) => baseline === null)
    ? 'pass'
    : 'still pass and mean what they meant before';
  const list = quiet.map((cell) => rendered.get(cell));
  return html`<section class="suite" id="${suiteAnchor(path)}"><h3>${name} <small>${path} · ${countsOf(cells)}</small></h3>
${loud.map((cell) => rendered.get(cell))}${
  quiet.length === 0
    ? nothing
    : quiet.length > foldAbove
      ? html`<details class="fold"><summary><span class="sign good">✓</span> ${quiet.length} ${told}</summary>${list}</details>`
      : list
}</section>`;
};

/** `2 broken · 1 flaky · 117 still passing`. */
const countsOf = (cells: readonly CellRecord[]): string =>
  [...Map.groupBy(cells, ({ change }) => change)]
    .toSorted(([a], [b]) => changeRank[a] - changeRank[b])
    .map(([change, found]) => `${found.length} ${changeWords[change].word}`)
    .join(' · ');

/** All cells by suite, worst first in each, with the filters above them. */
export const cellsOf = (result: RunResult, names: FilterNames, context: CellContext): Section => {
  const ordered = worstFirst(result.cells);
  // In this order over all suites, so that the space for answers goes to the worst cells of the run.
  const rendered: Rendered = new Map(ordered.map((cell) => [cell, cellOf(cell, context)]));
  const bySuite = Map.groupBy(ordered, ({ suite }) => suite);
  return {
    id: 'cells',
    title: 'Cells',
    body: html`${result.cells.length === 0 ? html`<p class="muted">No cell was planned: no prompt changed.</p>` : filtersOf(result, names)}
${[...bySuite].map(([path, cells]) => suiteOf(names.suiteName(path), path, cells, rendered))}`,
  };
};
