import { dereference } from '../dereference.ts';
import type { DocumentPath, LocatedDocument } from '../document.ts';
import { readDocument } from '../document.ts';
import { lineDocument } from '../line-document.ts';
import { readTest } from '../read-test.ts';
import type { Reading } from '../reading.ts';
import type { ParsedTest } from '../test-shape.ts';
import { isRow, readRow } from './test-row.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One item of a list of tests: a test, or a row of CSV columns written as an object. */
export const readItem = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<ParsedTest | null> =>
  isRecord(value) && isRow(value) && !('assert' in value)
    ? readRow(
        reading,
        isRecord(value['vars']) ? { ...value, ...value['vars'] } : value,
        document.placeOf(path),
      )
    : readTest(reading, document, path, value);

/** A YAML or JSON file: a list of tests, or one test. */
export const readDocumentTests = async (
  reading: Reading,
  file: string,
  text: string,
): Promise<ParsedTest[]> => {
  const document = await reading.attempt(() => dereference(readDocument(file, text)));
  if (document === null || document.value === null) return [];
  const tests: (ParsedTest | null)[] = [];
  if (!Array.isArray(document.value)) tests.push(await readItem(reading, document, [], document.value));
  else
    for (const [index, item] of document.value.entries())
      tests.push(await readItem(reading, document, [index], item));
  return tests.filter((test) => test !== null);
};

/** A JSONL file: one test a line. */
export const readJsonlTests = async (reading: Reading, file: string, text: string): Promise<ParsedTest[]> => {
  const tests: ParsedTest[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const place = { file, line: index + 1, column: 1 };
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      reading.error('not-json', place, `the line is no JSON: ${(error as Error).message}`, {
        expected: 'one test as JSON on each line',
      });
      continue;
    }
    const test = await readItem(reading, lineDocument(place, value), [], value);
    if (test !== null) tests.push(test);
  }
  return tests;
};
