import {
  dereference,
  format as formats,
  type Schema,
  type SchemaDraft,
  Validator,
} from '@cfworker/json-schema';
import { AssertionError } from './assertion-error.ts';
import type { Problem } from './assertion-kind.ts';
import { collections, isObject, namesIn } from './json-collections.ts';
import { schemaErrors } from './schema-errors.ts';
import type { FormatTest } from './schema-formats.ts';
import { type RewrittenSchema, rewriteSchema, SchemaProblem, withNames } from './schema-rewrite.ts';

export type CompiledSchema = {
  /** What is wrong with the value, e.g. `$.amount: must be number`; empty: it fits. Throws an AssertionError if it can't be told. */
  validate(value: unknown): readonly string[];
  readonly warnings: readonly Problem[];
};

/** Without `$schema`, the newest rules hold; they also read what older drafts write. */
const draftOf = (schema: unknown): SchemaDraft => {
  const named = isObject(schema) ? String(schema['$schema'] ?? '') : '';
  if (named.includes('draft-04')) return '4';
  if (named.includes('draft-06') || named.includes('draft-07')) return '7';
  return named.includes('2019-09') ? '2019-09' : '2020-12';
};

/** A `$ref` that leads nowhere within the schema: nothing is ever fetched. */
const unresolved = (schema: Schema): string | null => {
  const lookup = dereference(schema) as Record<string, Schema | boolean>;
  for (const node of Object.values(lookup)) {
    if (typeof node === 'boolean' || node.$ref === undefined) continue;
    if (lookup[node.__absolute_ref__ ?? node.$ref] === undefined) return node.$ref;
  }
  return null;
};

const bad = (message: string): { readonly problem: Problem } => ({
  problem: { code: 'bad-schema', message, expected: 'a JSON Schema', nextStep: 'Correct the schema' },
});

const validatorOf = (rewritten: RewrittenSchema, draft: SchemaDraft): CompiledSchema['validate'] => {
  const { schema, names, tests, uniqueItems } = rewritten;
  const whole = names.size === 0 ? new Validator(schema, draft) : null;
  return (value) => {
    if (uniqueItems) guardLists(value);
    return run(whole ?? new Validator(withNames(rewritten, namesIn(value)), draft), value, tests);
  };
};

/** Compiles a JSON Schema for an interpreter: nothing in it, and nothing in the value, becomes code or a slow pattern. */
export const compileSchema = (schema: unknown): CompiledSchema | { readonly problem: Problem } => {
  if (!isObject(schema) && typeof schema !== 'boolean') return bad('the schema is no object');
  try {
    const rewritten = rewriteSchema(schema);
    const missing = unresolved(rewritten.schema);
    if (missing !== null) return bad(`the schema's $ref "${missing}" leads nowhere within it`);
    const validate = validatorOf(rewritten, draftOf(schema));
    // What goes round in circles is found here, and not with the first answer.
    for (const probe of [null, {}, [], '', 0]) validate(probe);
    return { validate, warnings: rewritten.warnings };
  } catch (error) {
    if (error instanceof SchemaProblem) return { problem: error.problem };
    return bad(`the schema can't be used: ${(error as Error).message.split('\n')[0]}`);
  }
};

/** The tests are known to the validator for the time of one validation, which nothing can interrupt. */
const run = (
  validator: Validator,
  value: unknown,
  tests: ReadonlyMap<string, FormatTest>,
): readonly string[] => {
  const table = formats as Record<string, FormatTest>;
  for (const [name, test] of tests) table[name] = test;
  try {
    const { valid, errors } = validator.validate(value);
    return valid ? [] : schemaErrors(errors);
  } catch (error) {
    if (error instanceof AssertionError) throw error;
    const message = 'the JSON is too deep or too large for the schema';
    throw new AssertionError('not-measured', message, { cause: error });
  } finally {
    for (const name of tests.keys()) delete table[name];
  }
};

/** The validator compares every item with every other one. */
const maxUniqueItems = 5_000;

const guardLists = (value: unknown): void => {
  for (const item of collections(value)) {
    if (Array.isArray(item) && item.length > maxUniqueItems)
      throw new AssertionError(
        'not-measured',
        `a list has ${item.length} items; \`uniqueItems\` is checked up to ${maxUniqueItems}`,
      );
  }
};
