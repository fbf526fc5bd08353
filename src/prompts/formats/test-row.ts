import type { Place } from '../../model/place.ts';
import type { Assertion } from '../../model/suite.ts';
import { parseCell } from '../csv-assertion.ts';
import { lineDocument } from '../line-document.ts';
import { readVars } from '../read-vars.ts';
import type { Reading } from '../reading.ts';
import { emptyTest, type ParsedTest } from '../test-shape.ts';

const expected = /^__expected(\d*)$/;
const configured = /^__config:__expected(\d*):threshold$/;
const inert = /^__metadata(:.*)?$/;
const unsupported = new Set(['__prefix', '__suffix', '__providerOutput']);
const plain = new Set(['__description', '__metric', '__threshold', '__id']);

/** Whether an object is a row of special columns rather than a test with `vars`. */
export const isRow = (value: Readonly<Record<string, unknown>>): boolean =>
  Object.keys(value).some((key) => expected.test(key) || plain.has(key) || configured.test(key));

const cellText = (value: unknown): string =>
  typeof value === 'string' ? value : value === null || value === undefined ? '' : JSON.stringify(value);

const numberOf = (reading: Reading, column: string, value: unknown, place: Place): number | null => {
  const text = cellText(value).trim();
  if (text === '') return null;
  const number = Number(text);
  if (Number.isFinite(number)) return number;
  reading.error('wrong-value', place, `${column} is "${text.slice(0, 60)}"`, { expected: 'a number' });
  return null;
};

const assertionOf = (
  reading: Reading,
  cell: string,
  place: Place,
  metric: string | null,
  threshold: number | null,
): Assertion => {
  const read = parseCell(cell);
  if (read.meant !== null) {
    reading.warn(
      'unknown-assertion',
      place,
      `"${cell.trim().slice(0, 60)}" is no known assertion, so that it means "equals"`,
      {
        nextStep: `Did you mean "${read.meant}"?`,
      },
    );
  }
  const negated = read.type.startsWith('not-');
  return {
    type: negated ? read.type.slice('not-'.length) : read.type,
    negated,
    value: read.value,
    threshold: threshold ?? read.threshold,
    weight: 1,
    metric,
    severity: 'block',
    provider: null,
    rubricPrompt: null,
    config: {},
    place,
  };
};

/** A row of promptfoo's CSV columns: `__expected…` are assertions, other `__…` special, everything else a variable. */
export const readRow = async (
  reading: Reading,
  row: Readonly<Record<string, unknown>>,
  place: Place,
): Promise<ParsedTest> => {
  const entries = Object.entries(row);
  const metric = cellText(row['__metric']).trim() || null;
  const thresholds = new Map(
    entries.flatMap(([column, value]) => {
      const index = configured.exec(column)?.[1];
      const number = index === undefined ? null : numberOf(reading, column, value, place);
      return index === undefined || number === null ? [] : [[index, number] as const];
    }),
  );
  const vars: [string, unknown][] = [];
  const assertions: Assertion[] = [];
  let complete = true;
  for (const [column, value] of entries) {
    const index = expected.exec(column)?.[1];
    if (index !== undefined) {
      const cell = cellText(value);
      if (cell.trim() !== '')
        assertions.push(assertionOf(reading, cell, place, metric, thresholds.get(index) ?? null));
    } else if (unsupported.has(column)) {
      if (cellText(value) === '') continue;
      complete = false;
      reading.unsupported(column, place, 'case');
    } else if (!column.startsWith('__')) vars.push([column, value]);
    else if (!plain.has(column) && !configured.test(column) && !inert.test(column))
      reading.unsupported(column, place, 'ignored');
  }
  const read = await readVars(reading, lineDocument(place, row), [], Object.fromEntries(vars));
  return {
    ...emptyTest(place),
    id: cellText(row['__id']).trim() || null,
    description: cellText(row['__description']).trim() || null,
    vars: read.vars,
    assertions,
    threshold: numberOf(reading, '__threshold', row['__threshold'], place),
    complete: complete && read.complete,
  };
};
