import {
  dereference,
  format as formats,
  type Schema,
  type SchemaDraft,
  schemaArrayKeyword,
  schemaMapKeyword,
  Validator,
} from '@cfworker/json-schema';
import type { Problem } from './assertion-kind.ts';
import { AssertionError } from './assertion-error.ts';
import { compilePattern, type LinearPattern } from './linear-pattern.ts';
import { type FormatTest, formatTest } from './schema-formats.ts';
import { keywordProblems } from './schema-keywords.ts';
import { schemaErrors } from './schema-errors.ts';

export type CompiledSchema = {
  /** What is wrong with the value, e.g. `$.amount: must be number`; empty: it fits. Throws an AssertionError if it can't be told. */
  validate(value: unknown): readonly string[];
  readonly warnings: readonly Problem[];
};

/** What was found on the way through a schema. */
type Rewriting = {
  /** Names that stand in the rewritten schema as `format`. */
  readonly tests: Map<string, FormatTest>;
  readonly names: Map<string, LinearPattern>;
  readonly warnings: Problem[];
  uniqueItems: boolean;
};

class SchemaProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const linear = (source: string): LinearPattern => {
  const pattern = compilePattern(source);
  if ('problem' in pattern) throw new SchemaProblem(pattern.problem);
  return pattern;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Below these keys stand plain values, not schemas. */
const plain = new Set(['enum', 'const', 'default', 'examples', 'required', 'type']);

/**
 * The validator runs `pattern` and `format` on the platform's backtracking engine. A copy of the schema names
 * our linear tests as formats instead; `patternProperties` are kept for the moment when the names are known.
 */
const rewrite = (node: unknown, path: string, into: Rewriting): unknown => {
  if (!isObject(node)) return node;
  const { error, warnings } = keywordProblems(node, path);
  if (error !== null) throw new SchemaProblem(error);
  into.warnings.push(...warnings);
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  if (node['uniqueItems'] === true) into.uniqueItems = true;
  const checks: string[] = [];
  const entries: [string, unknown][] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'pattern' && typeof value === 'string')
      checks.push(nameTest(`pattern ${value}`, () => linear(value).test, into));
    else if (key === 'format' && typeof value === 'string') {
      const test = formatTest(value);
      if (test !== null) checks.push(nameTest(`format ${value}`, () => test, into));
    } else if (plain.has(key)) entries.push([key, value]);
    else if (Array.isArray(value) && Object.hasOwn(schemaArrayKeyword, key))
      entries.push([key, value.map((item, index) => rewrite(item, `${at(key)}[${index}]`, into))]);
    else if (isObject(value) && Object.hasOwn(schemaMapKeyword, key)) {
      if (key === 'patternProperties')
        for (const source of Object.keys(value)) into.names.set(source, linear(source));
      const inner = Object.entries(value).map(([name, item]) => [
        name,
        rewrite(item, `${at(key)}.${name}`, into),
      ]);
      entries.push([key, Object.fromEntries(inner)]);
    } else if (key === 'dependencies') entries.push([key, structuredClone(value)]);
    else entries.push([key, rewrite(value, at(key), into)]);
  }
  return withChecks(Object.fromEntries(entries), checks);
};

const nameTest = (name: string, test: () => FormatTest, { tests }: Rewriting): string => {
  if (!tests.has(name)) tests.set(name, test());
  return name;
};

const withChecks = (node: Record<string, unknown>, [first, ...more]: readonly string[]): unknown => {
  if (first === undefined) return node;
  if (more.length === 0) return { ...node, format: first };
  const others = Array.isArray(node['allOf']) ? node['allOf'] : [];
  return { ...node, format: first, allOf: [...others, ...more.map((format) => ({ format }))] };
};

/** Without `$schema`, the newest rules hold; they also read what older drafts write. */
const draftOf = (schema: unknown): SchemaDraft => {
  const named = isObject(schema) ? String(schema['$schema'] ?? '') : '';
  if (named.includes('draft-04')) return '4';
  if (named.includes('draft-06') || named.includes('draft-07')) return '7';
  return named.includes('2019-09') ? '2019-09' : '2020-12';
};

const unresolved = (schema: Schema | boolean): string | null => {
  const lookup = dereference(schema as Schema) as Record<string, Schema | boolean>;
  for (const node of Object.values(lookup)) {
    if (typeof node === 'boolean' || node.$ref === undefined) continue;
    if (lookup[node.__absolute_ref__ ?? node.$ref] === undefined) return node.$ref;
  }
  return null;
};

const bad = (message: string): { readonly problem: Problem } => ({
  problem: { code: 'bad-schema', message, expected: 'a JSON Schema', nextStep: 'Correct the schema' },
});

/** Compiles a JSON Schema for an interpreter: nothing in it, and nothing in the value, becomes code or a slow pattern. */
export const compileSchema = (schema: unknown): CompiledSchema | { readonly problem: Problem } => {
  if (!isObject(schema) && typeof schema !== 'boolean') return bad('the schema is no object');
  const found: Rewriting = { tests: new Map(), names: new Map(), warnings: [], uniqueItems: false };
  try {
    const copy = rewrite(schema, '', found) as Schema;
    const missing = unresolved(copy);
    if (missing !== null) return bad(`the schema's $ref "${missing}" leads nowhere within it`);
    const draft = draftOf(schema);
    const whole = found.names.size === 0 ? new Validator(copy, draft) : null;
    const validate = (value: unknown): readonly string[] => {
      if (found.uniqueItems) guardLists(value);
      const validator = whole ?? new Validator(withNames(copy, found.names, namesIn(value)), draft);
      return run(validator, value, found.tests);
    };
    for (const probe of [null, {}, [], '']) validate(probe);
    return { validate, warnings: found.warnings };
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
    throw new AssertionError('not-measured', 'the JSON is too deep or too large for the schema', {
      cause: error,
    });
  } finally {
    for (const name of tests.keys()) delete table[name];
  }
};

/** Every object and list in a JSON value, itself included. */
function* collections(value: unknown): Generator<object> {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    yield next;
    for (const inner of Object.values(next))
      if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
}

const namesIn = (value: unknown): string[] => {
  const names = new Set<string>();
  for (const item of collections(value)) {
    if (!Array.isArray(item)) for (const name of Object.keys(item)) names.add(name);
  }
  return [...names];
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

const literal = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** `patternProperties` with each pattern replaced by the very names of this value that it matches. */
const withNames = (
  schema: Schema,
  patterns: ReadonlyMap<string, LinearPattern>,
  names: readonly string[],
): Schema => {
  const choices = new Map(
    [...patterns].map(([source, pattern], index) => {
      const matching = names.filter((name) => pattern.test(name)).map(literal);
      // The empty groups keep two patterns apart that match the same names.
      return [
        source,
        `^(?:${matching.length === 0 ? '[^\\s\\S]' : matching.join('|')})$${'(?:)'.repeat(index)}`,
      ];
    }),
  );
  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy);
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([key, value]): [string, unknown] =>
      key === 'patternProperties' && isObject(value)
        ? [
            key,
            Object.fromEntries(
              Object.entries(value).map(([source, item]) => [choices.get(source) ?? source, copy(item)]),
            ),
          ]
        : [key, plain.has(key) ? value : copy(value)],
    );
    return Object.fromEntries(entries);
  };
  return copy(schema) as Schema;
};
