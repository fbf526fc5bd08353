import type { MatrixCell, MatrixView } from './matrix-view.ts';
import { oneLine, type Painter, sentenceText, signColour } from './terminal-text.ts';
import { columnsOf, padEnd } from './text-columns.ts';
import type { ReportView } from './view.ts';

const gap = '  ';

const squareText = ({ sign, main, rest }: MatrixCell): string =>
  `${sign === null ? '' : `${sign} `}${main}${rest}`;

const paintSquare = (paint: Painter, cell: MatrixCell, text: string): string => {
  const painted = paint(signColour(cell.sign), text);
  return cell.strong ? paint('bold', painted) : painted;
};

/** A painted text, filled up to a width; the colour's codes take no columns. */
const padded = (painted: string, text: string, width: number): string =>
  painted + ' '.repeat(Math.max(0, width - columnsOf(text)));

/** The matrix in aligned columns; where it is wider than the terminal, one line a square. */
export const matrixLines = ({ matrix }: ReportView, width: number, paint: Painter): string[] => {
  const rows = [...matrix.rows, ...matrix.measures];
  if (rows.length === 0) return [];
  const names = rows.map(({ name }) => sentenceText(name, 40));
  const headings = matrix.headings.map((heading) => oneLine(sentenceText(heading, 40), 42));
  const nameWidth = Math.max(...names.map(columnsOf));
  const widths = headings.map((heading, index) =>
    Math.max(
      columnsOf(heading),
      ...rows.map(({ cells }) => columnsOf(cells[index] ? squareText(cells[index]) : '')),
    ),
  );
  const total = nameWidth + widths.reduce((sum, own) => sum + own + gap.length, 0) + gap.length;
  if (total > width) return narrow(matrix, names, headings, paint);
  const line = (name: string, squares: readonly string[]): string =>
    `${gap}${padEnd(name, nameWidth)}${squares.map((square) => `${gap}${square}`).join('')}`.trimEnd();
  return [
    line(
      '',
      headings.map((heading, index) => padded(paint('bold', heading), heading, widths[index] ?? 0)),
    ),
    ...rows.map(({ cells }, at) =>
      line(
        names[at] ?? '',
        cells.map((cell, index) => {
          const text = squareText(cell);
          return padded(paintSquare(paint, cell, text), text, widths[index] ?? 0);
        }),
      ),
    ),
  ];
};

const narrow = (
  { rows, measures }: MatrixView,
  names: readonly string[],
  headings: readonly string[],
  paint: Painter,
): string[] => {
  const wide = Math.max(...headings.map(columnsOf));
  return [...rows, ...measures].flatMap(({ cells }, at) => [
    `${gap}${paint('bold', names[at] ?? '')}`,
    ...cells.map(
      (cell, index) =>
        `${gap}${gap}${padEnd(headings[index] ?? '', wide)}${gap}${paintSquare(paint, cell, squareText(cell))}`,
    ),
  ]);
};
