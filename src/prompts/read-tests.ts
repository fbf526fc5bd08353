import type { Place } from '../model/place.ts';
import type { DocumentPath, LocatedDocument } from './document.ts';
import { readCsvTests } from './formats/csv-tests.ts';
import { readDocumentTests, readItem, readJsonlTests } from './formats/document-tests.ts';
import type { Reading } from './reading.ts';
import { endingOf, findFiles, readText } from './source-files.ts';
import type { ParsedTest } from './test-shape.ts';

type Reader = (reading: Reading, file: string, text: string) => Promise<ParsedTest[]>;

/** Test file endings and how each is read. */
export const testFormats = {
  csv: readCsvTests,
  json: readDocumentTests,
  jsonl: readJsonlTests,
  yaml: readDocumentTests,
  yml: readDocumentTests,
} as const satisfies Record<string, Reader>;

const remote = /^(https?|huggingface|az|s3|gs|exec|python):/;

const fromFiles = async (reading: Reading, reference: string, place: Place): Promise<ParsedTest[]> => {
  const scheme = remote.exec(reference)?.[1];
  const ending = endingOf(reference.replace(/(\.\w+):[\w.]+$/, '$1'));
  if (scheme !== undefined || (/^(c|m)?[jt]s$|^py$|^xlsx?$|^rb$/.test(ending) && !reference.includes('*'))) {
    reading.unsupported(
      `tests from ${scheme === undefined ? `.${ending} files` : `${scheme}:`}`,
      place,
      'tests',
    );
    return [];
  }
  const tests: ParsedTest[] = [];
  for (const file of (await findFiles(reading, reference, place)) ?? []) {
    const format = endingOf(file);
    if (!Object.hasOwn(testFormats, format)) {
      reading.unsupported(`tests from .${format} files`, place, 'tests');
      continue;
    }
    reading.files.add(file);
    const text = await readText(reading, file, place);
    if (text === null) continue;
    const before = reading.errorCount();
    const read = await testFormats[format as keyof typeof testFormats](reading, file, text);
    if (read.length === 0 && reading.errorCount() === before) {
      reading.error('no-cases', { file, line: 1, column: 1 }, 'the file holds no test', {
        nextStep: 'Add a test, or remove the file from `tests`',
      });
    }
    tests.push(...read);
  }
  return tests;
};

const fromEntry = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<ParsedTest[]> => {
  if (typeof value === 'string') return fromFiles(reading, value, document.placeOf(path));
  const generator = typeof value === 'object' && value !== null && 'path' in value ? value.path : null;
  if (typeof generator === 'string')
    return fromFiles(reading, generator, document.placeOf([...path, 'path']));
  const test = await readItem(reading, document, path, value);
  return test === null ? [] : [test];
};

/** `tests`: a list of tests, files and globs, or one file or glob. Null where there is neither. */
export const readTests = async (
  reading: Reading,
  document: LocatedDocument,
  value: unknown,
): Promise<readonly ParsedTest[]> => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return fromEntry(reading, document, ['tests'], value);
  const tests: ParsedTest[] = [];
  for (const [index, item] of value.entries())
    tests.push(...(await fromEntry(reading, document, ['tests', index], item)));
  return tests;
};
