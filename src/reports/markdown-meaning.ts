import { counted } from './amounts.ts';
import type { Detail } from './detail.ts';
import { caseLink, elsewhere, folded, markdown, moreLine } from './markdown-links.ts';
import { tableRow } from './markdown-matrix.ts';
import { type MeaningGroup, meaningSummary } from './meaning-view.ts';
import type { ReportView } from './view.ts';

/** What changed in meaning, one row for the same change over many cells. Open where something is breaking. */
export const meaningTable = (view: ReportView, detail: Detail): string => {
  const { groups, breaking, review } = view.meaning;
  if (breaking + review === 0) return '';
  const title = `<b>Meaning changed</b>: ${meaningSummary(view.meaning)}`;
  const shown = [
    ...groups.filter(({ severity }) => severity === 'breaking').slice(0, detail.breaking),
    ...groups.filter(({ severity }) => severity === 'review').slice(0, detail.review),
  ];
  if (shown.length === 0)
    return `**Meaning changed**: ${meaningSummary(view.meaning)}, ${elsewhere(view.links)}\n`;
  const table = [
    tableRow(['', 'case', 'model', 'what']),
    tableRow([':-:', ':--', ':--', ':--']),
    ...shown.map((group) => row(view, group, detail.words)),
  ].join('\n');
  const left = moreLine(groups.length - shown.length, shown.length, view.links);
  return folded(title, left === '' ? table : `${table}\n\n${left}`, breaking > 0);
};

const row = (view: ReportView, group: MeaningGroup, words: number): string =>
  tableRow([
    group.sign,
    caseLink(view.links, group.shortName, group.cells[0], Math.min(words, 80)),
    `${markdown(group.models, 40)}${group.cases > 1 ? `, ${counted(group.cases, 'case')}` : ''}`,
    markdown(group.what, words),
  ]);
