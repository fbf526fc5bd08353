import * as z from 'zod';
import type { Assertion } from '../model/suite.ts';
import { type DocumentPath, type LocatedDocument, readDocument } from './document.ts';
import { readJudge } from './provider-spec.ts';
import type { Reading } from './reading.ts';
import { checkKeys } from './recognised.ts';
import { templateProblem } from './render-prompt.ts';
import { findingsFromIssues } from './schema-findings.ts';
import { endingOf, readText, resolvePath } from './source-files.ts';

/** One stated expectation, as a suite writes it. */
export const assertionSchema = z.strictObject({
  type: z.string().min(1).describe('the kind of check; `not-` in front of it negates'),
  value: z.unknown().optional(),
  threshold: z.number().optional(),
  weight: z.number().min(0).optional().describe('default 1; 0 reports only'),
  metric: z.string().min(1).optional(),
  severity: z.enum(['block', 'warn']).optional().describe('warn is shown and never blocks'),
  provider: z.unknown().optional().describe('the judge'),
  rubricPrompt: z.unknown().optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

const supported = Object.keys(assertionSchema.shape);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Assertions of one test; `complete` is false where one cannot be read, so that the test would mean less without it. */
export type ReadAssertions = { readonly assertions: readonly Assertion[]; readonly complete: boolean };

const dataEndings = ['txt', 'md', 'j2', 'json', 'yaml', 'yml', 'html', 'xml', 'csv', ''];

/** What a `file://` value holds: data of a JSON or YAML file, else its text. Undefined: not supported, or reported. */
export const readFileValue = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  reference: string,
): Promise<unknown> => {
  const place = document.placeOf(path);
  const ending = endingOf(reference.replace(/(\.\w+):[\w.]+$/, '$1'));
  if (!dataEndings.includes(ending)) {
    reading.unsupported(`values from .${ending} files`, place, 'case');
    return undefined;
  }
  const file = resolvePath(reading, reference, place);
  const text = file === null ? null : await readText(reading, file, place);
  if (file === null || text === null) return undefined;
  reading.files.add(file);
  if (!['json', 'yaml', 'yml'].includes(ending)) return text.trim();
  return (await reading.attempt(() => readDocument(file, text)))?.value;
};

/** Code (`file://check.js`) stays a reference: which kinds may name it is the assertions' business. */
const isDataReference = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('file://') && dataEndings.includes(endingOf(value));

const rubricOf = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<string | null> => {
  if (value === undefined || value === null) return null;
  const read =
    typeof value === 'string' && value.startsWith('file://')
      ? await readFileValue(reading, document, path, value)
      : value;
  return typeof read === 'string' ? read : read === undefined ? null : JSON.stringify(read);
};

const checkTemplates = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): void => {
  if (typeof value === 'string') {
    const problem = templateProblem(value, 'jinja');
    if (problem !== null) {
      reading.error('template', document.placeOf(path), problem.message, {
        nextStep: 'Correct the template, or put literal braces between {% raw %} and {% endraw %}',
      });
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      if (typeof item === 'string') checkTemplates(reading, document, [...path, index], item);
  }
};

/** The judge of one assertion, by id or label: how it is called stands in assay.yml or in the suite's providers. */
export const judgeId = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): string | null => {
  const judge = readJudge(reading, document, path, value);
  if (judge !== null && Object.keys(judge.config).length > 0)
    reading.unsupported("the config of one assertion's judge", document.placeOf(path), 'ignored');
  return judge?.id ?? null;
};

const readAssertion = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  raw: unknown,
): Promise<Assertion | null> => {
  if (!isRecord(raw)) {
    reading.error(
      'wrong-value',
      document.placeOf(path),
      `an assertion is ${JSON.stringify(raw) ?? 'nothing'}`,
      {
        expected: 'an object such as {type: contains, value: refund}',
      },
    );
    return null;
  }
  // A set is kept whole: its kind is recognised, and a case that needs it is not asked.
  const isSet = raw['type'] === 'assert-set';
  const { assert: members, ...single } = raw;
  const written = isSet ? { ...single, value: members } : raw;
  const { complete, kept } = checkKeys(reading, document, path, written, 'assertion', supported);
  const parsed = assertionSchema.safeParse(kept);
  if (!parsed.success) {
    reading.add(findingsFromIssues(parsed.error.issues, document, () => supported, path));
    return null;
  }
  const { type, value, threshold, weight, metric, severity, config } = parsed.data;
  const resolved = isDataReference(value)
    ? await readFileValue(reading, document, [...path, 'value'], value)
    : value;
  if (!complete || (isDataReference(value) && resolved === undefined)) return null;
  checkTemplates(reading, document, [...path, 'value'], resolved);
  const negated = type.startsWith('not-');
  return {
    type: negated ? type.slice('not-'.length) : type,
    negated,
    value: resolved,
    threshold: threshold ?? null,
    weight: weight ?? 1,
    metric: metric ?? null,
    severity: severity ?? 'block',
    provider: judgeId(reading, document, [...path, 'provider'], parsed.data.provider),
    rubricPrompt: await rubricOf(reading, document, [...path, 'rubricPrompt'], parsed.data.rubricPrompt),
    config: config ?? {},
    place: document.placeOf(path),
  };
};

/** The list of assertions at `path`; none where there is no list. */
export const readAssertions = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<ReadAssertions> => {
  if (value === undefined || value === null) return { assertions: [], complete: true };
  if (!Array.isArray(value)) {
    reading.error('wrong-value', document.placeOf(path), 'assert is no list', {
      expected: 'a list of assertions, each such as {type: contains, value: refund}',
      nextStep: 'Put `- ` in front of it',
    });
    return { assertions: [], complete: false };
  }
  const read: (Assertion | null)[] = [];
  for (const [index, raw] of value.entries())
    read.push(await readAssertion(reading, document, [...path, index], raw));
  return { assertions: read.filter((one) => one !== null), complete: !read.includes(null) };
};
