import type { Detail } from './detail.ts';
import { markdown, moreLine } from './markdown-links.ts';
import type { MatrixCell } from './matrix-view.ts';
import type { ReportView } from './view.ts';

/** One row of a table; `cells` are finished Markdown without a bare `|`. */
export const tableRow = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A sign stays with its number, and a number with its unit, where a phone breaks the line. */
const unbroken = (text: string): string => text.replace(/ (?=(?:s|%)$)/, '\u00a0');

const square = ({ sign, main, rest, strong }: MatrixCell): string => {
  const text = sign === null ? unbroken(main) : `${sign}\u00a0${main}`;
  return `${strong ? `**${text}**` : text}${unbroken(rest)}`;
};

/** The matrix as a table, and under it the columns whose pass rate moved. */
export const matrixTable = (view: ReportView, detail: Detail): string => {
  const { headings, rows, measures } = view.matrix;
  if (rows.length === 0) return '';
  const shown = rows.slice(0, detail.matrixRows);
  const left = moreLine(rows.length - shown.length, shown.length, view.links);
  const table = [
    tableRow(['', ...headings.map((heading) => markdown(heading, 40))]),
    tableRow([':--', ...headings.map(() => ':-:')]),
    ...[...shown, ...measures].map(({ name, cells }) =>
      tableRow([markdown(name, Math.min(detail.words, 60)), ...cells.map(square)]),
    ),
  ].join('\n');
  const statistics = view.statistics.slice(0, detail.statistics);
  const rest = view.statistics.length - statistics.length;
  const sentences = [
    ...statistics.map((sentence) => markdown(sentence, 60)),
    ...(rest > 0 ? [`${moreLine(rest, statistics.length, view.links)} (columns whose pass rate moved)`] : []),
  ];
  return [
    table,
    ...(left === '' ? [] : [`Rows: ${left}`]),
    ...(sentences.length === 0 ? [] : [sentences.join('  \n')]),
  ]
    .map((part) => `${part}\n`)
    .join('\n');
};
