import type { RunResult } from '../model/run.ts';
import { outputAllowance } from './html/allowance.ts';
import type { CellContext } from './html/cell.ts';
import { isQuiet } from './html/cell-order.ts';
import { cellsOf } from './html/cells.ts';
import { tamperingOf, warningsOf } from './html/findings.ts';
import { headOf, scriptOf } from './html/head.ts';
import { html, type Markup } from './html/markup.ts';
import { matrixOf } from './html/matrix.ts';
import { meaningGroupsOf } from './html/meaning-groups.ts';
import { filterNames } from './html/names.ts';
import { placeLink } from './html/place.ts';
import { promptDiffOf } from './html/prompt-diff.ts';
import { contentsOf, type Section, sectionOf } from './html/section.ts';
import { speedOf } from './html/speed.ts';
import { verdictOf } from './html/verdict.ts';
import { wordMarker } from './html/word-diff.ts';
import { safeUrl } from './links.ts';
import { buildView, type ReportLinks, type ReportView } from './view.ts';

/** Above so many cells, those that pass and mean what they meant before are shown without word marks. */
const manyCells = 500;

const sectionsOf = (result: RunResult, view: ReportView): Section[] => {
  const names = filterNames(result);
  const place = placeLink(view.links);
  const mark = wordMarker();
  // The worst cases stand open when the page is opened.
  const open = new Set(view.worst.flatMap(({ cells }) => cells.slice(0, 1)));
  const context: CellContext = {
    allow: outputAllowance(),
    place,
    names,
    marker: (cell) => (result.cells.length > manyCells && isQuiet(cell) ? null : mark),
    open: ({ id }) => open.has(id),
  };
  return [
    matrixOf(result, names, view.statistics),
    tamperingOf(view.tampering, place),
    promptDiffOf(result, place),
    meaningGroupsOf(view.meaning),
    speedOf(result, names),
    warningsOf(view.warnings, place),
    cellsOf(result, names, context),
  ].filter((section) => section !== null);
};

const footOf = ({ tool, plan }: RunResult, { runUrl }: ReportLinks): Markup => {
  const url = safeUrl(runUrl);
  return html`<footer>Assay ${tool.version} · plan <code>${plan.hash.slice(0, 12)}</code>${
    url !== null && html` · <a href="${url}">workflow run</a>`
  }</footer>`;
};

/**
 * The whole run as one self-contained page: no request leaves it, it is readable without JavaScript, and
 * `#case=<cell id>` opens a cell. The same result gives the same bytes.
 */
export const renderHtml = (result: RunResult, links: ReportLinks): string => {
  const view = buildView(result, links);
  const sections = sectionsOf(result, view);
  return html`<!doctype html>
<html lang="en">
${headOf(view.title)}
<body>
<a class="skip" href="#cells">Skip to the cells</a>
${verdictOf(result, view)}
<div class="page">
${contentsOf(sections)}
<main>
${sections.map(sectionOf)}</main>
${footOf(result, links)}
</div>
${scriptOf()}
</body>
</html>
`.markup;
};
