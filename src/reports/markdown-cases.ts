import { answerLines } from './answer-block.ts';
import { counted } from './amounts.ts';
import type { Detail } from './detail.ts';
import { caseLink, elsewhere, fileLink, folded, markdown, moreLine } from './markdown-links.ts';
import { fence, inlineCode } from './untrusted-markdown.ts';
import type { ReportView } from './view.ts';
import type { BrokenCase } from './worst-cases.ts';

/** What a phone of 360 px shows of a code block without scrolling. */
const answerColumns = 44;

/** The worst cases as asked / before / now / why; the other broken ones folded below them. */
export const worstCases = (view: ReportView, detail: Detail): string => {
  const shown = view.worst.slice(0, detail.worst);
  const rest = [...view.worst.slice(detail.worst), ...view.moreBroken];
  return [...shown.map((broken) => worstCase(view, broken, detail)), brokenList(view, rest, detail)]
    .filter((part) => part !== '')
    .join('\n');
};

const worstCase = (view: ReportView, broken: BrokenCase, detail: Detail): string => {
  const { words } = detail;
  const [cell] = broken.cells;
  const heading = [
    `**${caseLink(view.links, broken.name, cell, words)}**`,
    markdown(broken.models, words),
    broken.prompt === null ? '' : `prompt ${inlineCode(broken.prompt, words)}`,
    broken.example === null ? '' : `shown: ${inlineCode(broken.example, words)}`,
    broken.tally ?? '',
    broken.critical ? 'critical' : '',
    broken.owner === null ? '' : `owner ${inlineCode(broken.owner, words)}`,
  ];
  const lines = answerLines(broken, {
    width: answerColumns,
    length: detail.answerLength,
    maxLines: detail.answerLines,
  });
  const more = broken.why.length - detail.whys;
  const why = [
    ...broken.why.slice(0, detail.whys).map((sentence) => markdown(sentence, words)),
    more > 0 ? counted(more, 'more reason') : '',
    fileLink(view.links, broken.file, broken.line, words),
  ];
  const diff = fence(lines.map(({ text }) => text).join('\n'), 'diff');
  return `${dotted(heading)}\n${diff}\n${dotted(why)}\n`;
};

const dotted = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

const brokenList = (view: ReportView, rest: readonly BrokenCase[], detail: Detail): string => {
  if (rest.length === 0) return '';
  const title = `${counted(rest.length, view.worst.length > rest.length ? 'broken case' : 'more broken case')}`;
  const shown = rest.slice(0, detail.moreBroken);
  if (shown.length === 0) return `${title} ${elsewhere(view.links)}\n`;
  const lines = shown.map((broken) =>
    dotted([
      `- ✗ ${caseLink(view.links, broken.name, broken.cells[0], detail.words)}`,
      markdown(broken.models, detail.words),
      broken.critical ? 'critical' : '',
      ...broken.why.slice(0, 1).map((sentence) => markdown(sentence, detail.words)),
      fileLink(view.links, broken.file, broken.line, detail.words),
    ]),
  );
  const left = moreLine(rest.length - shown.length, shown.length, view.links);
  return folded(title, [...lines, ...(left === '' ? [] : [`- ${left}`])].join('\n'));
};
