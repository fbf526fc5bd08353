import type { Place } from '../../model/place.ts';
import type { Reading } from '../reading.ts';
import type { ParsedTest } from '../test-shape.ts';
import { readRow } from './test-row.ts';

type Parsed = { readonly record: readonly string[]; readonly raw: string };

const lineBreaks = (text: string): number => text.split('\n').length - 1;

/** Rows with the line where each begins: a quoted cell may hold line breaks, and blank lines are no rows. */
const located = (rows: readonly Parsed[]): { cells: readonly string[]; line: number }[] => {
  let line = 1;
  return rows.map(({ record, raw }) => {
    const lead = raw.slice(0, raw.length - raw.trimStart().length);
    const begins = line + lineBreaks(lead);
    line += lineBreaks(raw);
    return { cells: record, line: begins };
  });
};

/** The line where the parser stopped, as it says in its details or its message. */
const lineOf = (error: Error): number => {
  const { lines } = error as { lines?: unknown };
  return typeof lines === 'number' ? lines : Number(/\bline (\d+)/.exec(error.message)?.[1] ?? 1);
};

/** A CSV file of tests: the first row names the columns. */
export const readCsvTests = async (reading: Reading, file: string, text: string): Promise<ParsedTest[]> => {
  const { CsvError, parse } = await import('csv-parse/sync');
  const at = (line: number): Place => ({ file, line, column: 1 });
  let rows: Parsed[];
  try {
    rows = parse(text, {
      bom: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\n', '\r\n', '\r'],
    }) as unknown as Parsed[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    reading.error('not-csv', at(lineOf(error)), `the file is no CSV: ${error.message}`, {
      nextStep:
        'Put cells that hold commas, quotes or line breaks into double quotes, and double the quotes inside',
    });
    return [];
  }
  const [header, ...body] = located(rows);
  if (header === undefined) return [];
  const columns = header.cells.map((name) => name.trim());
  const twice = columns.find((name, index) => columns.indexOf(name) !== index);
  if (twice !== undefined) {
    reading.error('duplicate-key', at(header.line), `the column "${twice}" stands twice`, {
      nextStep: 'Rename one of the two',
    });
    return [];
  }
  const tests: ParsedTest[] = [];
  for (const { cells, line } of body) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.length !== columns.length) {
      reading.error(
        'wrong-value',
        at(line),
        `the row has ${cells.length} cells, the header ${columns.length}`,
        {
          nextStep: 'Put cells that hold commas into double quotes',
        },
      );
      continue;
    }
    const row = Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? '']));
    tests.push(await readRow(reading, row, at(line)));
  }
  return tests;
};
