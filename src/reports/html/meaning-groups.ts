import { counted } from '../amounts.ts';
import { type MeaningGroup, type MeaningView, meaningSummary } from '../meaning-view.ts';
import { cellAnchor } from './anchor.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Section } from './section.ts';
import { sentenceMarkup } from './sentence-markup.ts';

/** Links to more cells of one group help nobody: the filters do. */
const maxLinks = 60;

const widthOf = ({ cases, cells }: MeaningGroup): Markup => {
  if (cells.length < 2) return nothing;
  const rest = cells.length - maxLinks;
  return html`<details><summary>${cases > 1 ? `${counted(cases, 'case')}, ` : ''}${counted(cells.length, 'cell')}</summary><ul class="plain">${cells
    .slice(0, maxLinks)
    .map((id) => html`<li><a href="#${cellAnchor(id)}">${id}</a></li>`)}${
    rest > 0 && html`<li class="muted">and ${rest} more</li>`
  }</ul></details>`;
};

const groupOf = (group: MeaningGroup): Markup => {
  const [example = ''] = group.cells;
  return html`<li><span class="sign ${group.severity === 'breaking' ? 'bad' : 'warn'}">${group.sign}</span><div><a href="#${cellAnchor(example)}">${group.name}</a> <span class="muted">on ${sentenceMarkup(group.models)}</span>: ${sentenceMarkup(group.what)}${widthOf(group)}</div></li>`;
};

/** What changed in meaning over the run: the same change in many cells is one line. */
export const meaningGroupsOf = (meaning: MeaningView): Section | null =>
  meaning.groups.length === 0
    ? null
    : {
        id: 'meaning',
        title: 'Meaning changed',
        body: html`<p class="summary muted">${meaningSummary(meaning)}; ${meaning.reworded} only reworded.</p><ul class="findings">${meaning.groups.map(groupOf)}</ul>`,
      };
