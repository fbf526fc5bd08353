import { counted } from './amounts.ts';
import { casesIn, type NamedList, namedLists } from './case-lists.ts';
import type { Detail } from './detail.ts';
import { caseLink, elsewhere, fileLink, folded, markdown, moreLine } from './markdown-links.ts';
import { inlineCode } from './untrusted-markdown.ts';
import type { ReportView, WarningRow } from './view.ts';

/** What the pull request did to its own tests; open where that is what the verdict is about. */
export const tamperingList = (view: ReportView, detail: Detail): string => {
  const { tampering } = view;
  if (tampering.length === 0) return '';
  const loosening = tampering.filter(({ weakening }) => weakening).length;
  const summary = `${counted(tampering.length, 'change')}${loosening === 0 ? ', none loosens them' : loosening === 1 ? ', 1 loosens them' : `, ${loosening} loosen them`}`;
  const shown = tampering.slice(0, detail.tampering);
  const lines = shown.map(({ sign, message, file, line }) => {
    const place = fileLink(view.links, file, line, detail.words);
    return `- ${sign} ${inlineCode(message, detail.words)} · ${place}`;
  });
  const left = moreLine(tampering.length - shown.length, shown.length, view.links);
  return folded(
    `<b>This pull request changed its own tests</b>: ${summary}`,
    [...lines, ...(left === '' ? [] : [`- ${left}`])].join('\n'),
    view.outcome === 'needsApproval',
  );
};

/** Flaky, undecided, already failing and fixed cases, and the warnings: counted, folded. */
export const otherLists = (view: ReportView, detail: Detail): string => {
  const lists = namedLists(view.lists);
  const warnings = view.warnings.length;
  const { remarks } = view;
  if (lists.length + warnings + remarks.length === 0) return '';
  const title = [
    ...lists.map(({ title: name, lines }) => `${casesIn(lines)} ${name}`),
    warnings > 0 ? counted(warnings, 'warning') : '',
    remarks.length > 0 ? counted(remarks.length, 'remark') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  if (detail.listed === 0 && detail.warnings === 0) return `${title}: ${elsewhere(view.links)}\n`;
  const content = [
    ...lists.flatMap((list) => caseLines(view, list, detail)),
    ...warningLines(view, view.warnings, detail),
    ...remarks
      .slice(0, detail.listed)
      .map(({ sign, message }) => `- ${sign} ${markdown(message, detail.words)}`),
  ].join('\n');
  return folded(title, content, view.outcome === 'undecided');
};

const caseLines = (view: ReportView, { sign, title, lines }: NamedList, detail: Detail): string[] => {
  const { words } = detail;
  const shown = lines.slice(0, detail.listed);
  const left = moreLine(lines.length - shown.length, shown.length, view.links);
  return [
    ...shown.map(({ name, others, models, what, cell, file, line }) =>
      [
        `- ${sign} ${caseLink(view.links, name, cell, words)}${others > 0 ? ` and ${counted(others, 'more case')}` : ''}`,
        markdown(models, words),
        markdown(what, words),
        fileLink(view.links, file, line, words),
      ].join(' · '),
    ),
    ...(left === '' ? [] : [`- ${sign} ${left} (${title})`]),
  ];
};

const warningLines = (view: ReportView, warnings: readonly WarningRow[], detail: Detail): string[] => {
  const shown = warnings.slice(0, detail.warnings);
  const left = moreLine(warnings.length - shown.length, shown.length, view.links);
  return [
    ...shown.map(({ message, file, line }) => {
      const place = file === null ? '' : ` · ${fileLink(view.links, file, line, detail.words)}`;
      return `- · ${inlineCode(message, detail.words)}${place}`;
    }),
    ...(left === '' ? [] : [`- · ${left} (warnings)`]),
  ];
};
