import { readDocument } from '../prompts/document.ts';
import { UserError } from '../model/errors.ts';
import { AssertionError } from './assertion-error.ts';
import { type AssertionKind, type Outcome, type Prepared, problem, ready } from './assertion-kind.ts';
import { findJson, gaveUp } from './find-json.ts';
import { type CompiledSchema, compileSchema } from './json-schema.ts';
import { maxCharacters } from './linear-pattern.ts';
import { quote, shorten } from './wording.ts';

/** A schema is an object, or the same as YAML or JSON text. */
const readSchema = (value: unknown): { readonly schema: unknown } | Prepared => {
  if (typeof value !== 'string') return { schema: value };
  try {
    return { schema: readDocument('value', value).value };
  } catch (error) {
    const what = error instanceof UserError ? (error.findings[0]?.message ?? '') : (error as Error).message;
    return problem('bad-schema', `the schema in value does not parse: ${what}`, {
      expected: 'a JSON Schema as an object, or as YAML or JSON text',
      nextStep: 'Correct `value`',
    });
  }
};

type Judge = (text: string, schema: CompiledSchema | null) => Outcome;

const jsonKind = (summary: string, judge: Judge): AssertionKind => ({
  summary,
  threshold: 'none',
  prepare: (value) => {
    if (value === undefined || value === null) return ready(null, ({ text }) => judge(capped(text), null));
    const read = readSchema(value);
    if (!('schema' in read)) return read;
    const schema = compileSchema(read.schema);
    if ('problem' in schema) return { ok: false, problem: schema.problem };
    const expected = typeof value === 'string' ? value : JSON.stringify(value);
    return ready(expected, ({ text }) => judge(capped(text), schema), schema.warnings);
  },
});

const capped = (text: string): string => {
  if (text.length <= maxCharacters) return text;
  throw new AssertionError(
    'not-measured',
    `the answer has ${text.length} characters; JSON is read up to ${maxCharacters}`,
  );
};

/** `fact` is what was found, good or bad; it also explains a `not-` that passes. */
const outcome = (pass: boolean, fact: string): Outcome => ({
  pass,
  score: pass ? 1 : 0,
  explain: (negated) => (pass && negated ? `${fact}, which was not expected` : fact),
});

/** The whole answer is JSON, and fits the schema where one is given. */
export const isJson = jsonKind(
  'the whole answer is JSON, and fits the JSON Schema where one is given',
  (text, schema) => {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      return outcome(false, `is not JSON: ${notJson(text, error as Error)}`);
    }
    const errors = schema?.validate(value) ?? [];
    const holds = schema === null ? 'is JSON' : 'is JSON that fits the schema';
    return outcome(errors.length === 0, errors.length === 0 ? holds : errors.join('; '));
  },
);

/** The commonest reasons in words of their own. */
const notJson = (text: string, error: Error): string => {
  const trimmed = text.trim();
  if (trimmed === '') return 'the answer is empty';
  if (trimmed.startsWith('```')) return 'it stands in a code fence (`contains-json` looks inside)';
  if (!/^[[{"\d-]/.test(trimmed)) return `it begins with ${quote(trimmed, 40)}`;
  return shorten(error.message, 120);
};

/** Without a schema, `[1]` in a sentence is a footnote: only objects, and lists with one, count. */
const countsAsJson = (value: object): boolean =>
  !Array.isArray(value) || value.some((item) => typeof item === 'object' && item !== null);

/** Some part of the answer is a JSON object or list, and fits the schema where one is given. */
export const containsJson = jsonKind(
  'the answer contains a JSON object or list, one that fits the JSON Schema where one is given',
  (text, schema) => {
    let nearest: readonly string[] | null = null;
    for (const found of findJson(text)) {
      if (found === gaveUp)
        throw new AssertionError('not-measured', 'the answer has too many brackets to look for JSON in it');
      if (schema === null && !countsAsJson(found)) continue;
      const errors = schema?.validate(found) ?? [];
      if (errors.length === 0)
        return outcome(true, schema === null ? 'contains JSON' : 'contains JSON that fits the schema');
      nearest ??= errors;
    }
    const misfit = nearest === null ? 'contains no JSON' : `contains JSON, but ${nearest.join('; ')}`;
    return outcome(false, misfit);
  },
);
