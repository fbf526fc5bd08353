import type { Detail } from './detail.ts';
import { safeUrl } from './links.ts';
import { worstCases } from './markdown-cases.ts';
import { markdown, moreLine } from './markdown-links.ts';
import { otherLists, tamperingList } from './markdown-lists.ts';
import { matrixTable } from './markdown-matrix.ts';
import { meaningTable } from './markdown-meaning.ts';
import { promptDiffs } from './markdown-prompts.ts';
import type { ReportView } from './view.ts';

/** Names in the headline are kept short: it is read on a phone. */
const headlineWords = 40;

const opening = (view: ReportView, detail: Detail): string => {
  const report = safeUrl(view.links.reportUrl);
  const run = safeUrl(view.links.runUrl);
  const link =
    report !== null ? `[Open the report](${report})` : run !== null ? `[Open the run](${run})` : '';
  const next = view.nextStep === null ? '' : `${markdown(view.nextStep, headlineWords)}`;
  const told = view.lead === null ? '' : markdown(view.lead, Math.min(detail.words, 120));
  const action = [link, next === '' || link !== '' ? next : `${next.charAt(0).toUpperCase()}${next.slice(1)}`]
    .filter((part) => part !== '')
    .join(' · ');
  const second = [told, action].filter((part) => part !== '').join(' ');
  const notes = view.notes.map((note) => markdown(note, headlineWords)).join(' ');
  return [
    `### ${view.sign} ${markdown(view.headline, headlineWords)}`,
    second,
    notes === '' ? '' : `\n${notes}`,
  ]
    .filter((line) => line !== '')
    .join('\n')
    .concat('\n');
};

/** Blocking reasons that the headline does not say. */
const reasons = (view: ReportView, detail: Detail): string => {
  const blocking = view.furtherReasons;
  if (blocking.length === 0) return '';
  const shown = blocking.slice(0, detail.reasons);
  const left = moreLine(blocking.length - shown.length, shown.length, view.links);
  return [
    ...shown.map(({ sign, message }) => `- ${sign} ${markdown(message, detail.words)}`),
    ...(left === '' ? [] : [`- ${left}`]),
    '',
  ].join('\n');
};

const footer = (view: ReportView): string =>
  `<sub>${view.footer.map((part) => markdown(part, 60)).join(' · ')}</sub>\n`;

/** The report in Markdown at one level of detail, without the marker. Parts are separated by blank lines. */
export const markdownBody = (view: ReportView, detail: Detail): string =>
  [
    opening(view, detail),
    reasons(view, detail),
    ...(view.outcome === 'needsApproval' ? [tamperingList(view, detail)] : []),
    worstCases(view, detail),
    matrixTable(view, detail),
    meaningTable(view, detail),
    promptDiffs(view, detail),
    ...(view.outcome === 'needsApproval' ? [] : [tamperingList(view, detail)]),
    otherLists(view, detail),
    footer(view),
  ]
    .filter((part) => part !== '')
    .join('\n');
