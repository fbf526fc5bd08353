import type { DocumentPath, LocatedDocument } from './document.ts';
import { readFileValue } from './read-assertions.ts';
import type { Reading } from './reading.ts';
import { endingOf, findFiles, readLocated } from './source-files.ts';

/** Variables of one test; `complete` is false where one cannot be read. */
export type ReadVars = { readonly vars: Readonly<Record<string, unknown>>; readonly complete: boolean };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isReference = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('file://');

/** A `file://` value: the text of the file, data as JSON text; a glob becomes a list, so one case per file. */
const readReference = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  reference: string,
): Promise<unknown> => {
  const one = async (file: string): Promise<unknown> => {
    const value = await readFileValue(reading, document, path, file);
    return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
  };
  if (!reference.includes('*')) return one(reference);
  const folder = reading.path.split('/').length - 1;
  const files = (await findFiles(reading, reference, document.placeOf(path))) ?? [];
  const values: unknown[] = [];
  for (const file of files) values.push(await one(`file://${'../'.repeat(folder)}${file}`));
  return values.length === 0 || values.includes(undefined) ? undefined : values;
};

const readMap = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  map: Readonly<Record<string, unknown>>,
): Promise<ReadVars> => {
  const entries: [string, unknown][] = [];
  let complete = true;
  for (const [name, value] of Object.entries(map)) {
    let read = value;
    if (isReference(value)) read = await readReference(reading, document, [...path, name], value);
    else if (Array.isArray(value) && value.some(isReference)) {
      const items: unknown[] = [];
      for (const [index, item] of value.entries()) {
        items.push(
          isReference(item) ? await readReference(reading, document, [...path, name, index], item) : item,
        );
      }
      read = items.includes(undefined) ? undefined : items.flat();
    }
    if (read === undefined) complete = false;
    else entries.push([name, read]);
  }
  return { vars: Object.fromEntries(entries), complete };
};

/** `vars`: a map, a file of variables, or a list of such files, later ones winning. */
export const readVars = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<ReadVars> => {
  if (value === undefined || value === null) return { vars: {}, complete: true };
  if (isRecord(value)) return readMap(reading, document, path, value);
  const place = document.placeOf(path);
  const references = Array.isArray(value) ? value : [value];
  if (!references.every((reference) => typeof reference === 'string')) {
    reading.error('wrong-value', place, `vars is ${JSON.stringify(value)}`.slice(0, 200), {
      expected: 'a map of names and values, or a file',
    });
    return { vars: {}, complete: false };
  }
  let merged: ReadVars = { vars: {}, complete: true };
  for (const reference of references) {
    for (const file of (await findFiles(reading, reference, place)) ?? []) {
      if (!['yaml', 'yml', 'json'].includes(endingOf(file))) {
        reading.unsupported(`vars from .${endingOf(file)} files`, place, 'case');
        merged = { ...merged, complete: false };
        continue;
      }
      reading.files.add(file);
      const source = await readLocated(reading, file, place);
      if (source === null) continue;
      if (!isRecord(source.value)) {
        reading.error('wrong-value', source.placeOf([]), 'the file of variables is no map', {
          expected: 'names and values',
        });
        continue;
      }
      const read = await readMap(reading, source, [], source.value);
      merged = { vars: { ...merged.vars, ...read.vars }, complete: merged.complete && read.complete };
    }
  }
  return merged;
};
