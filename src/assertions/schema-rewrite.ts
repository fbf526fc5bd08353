import { type Schema, schemaArrayKeyword, schemaMapKeyword } from '@cfworker/json-schema';
import type { Problem } from './assertion-kind.ts';
import { isObject } from './json-collections.ts';
import { compilePattern, type LinearPattern } from './linear-pattern.ts';
import { type FormatTest, formatTest } from './schema-formats.ts';
import { keywordProblems } from './schema-keywords.ts';

/** A schema in which nothing is left for a backtracking engine. */
export type RewrittenSchema = {
  readonly schema: Schema;
  /** The tests that stand in it as `format`, by name. */
  readonly tests: ReadonlyMap<string, FormatTest>;
  /** The patterns of its `patternProperties`. */
  readonly names: ReadonlyMap<string, LinearPattern>;
  readonly uniqueItems: boolean;
  readonly warnings: readonly Problem[];
};

/** Why a schema can't be used. */
export class SchemaProblem extends Error {
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

/** Below these keys stand plain values. */
const plain = new Set(['enum', 'const', 'required', 'type']);
/** These check nothing, and a `$ref` must not find a schema in them that was not rewritten. */
const dropped = new Set(['default', 'examples', 'example']);

/** Draft 7's `dependencies` hold schemas too, between lists of names. */
const holdsSchemas = (key: string): boolean => key === 'dependencies' || Object.hasOwn(schemaMapKeyword, key);

const withChecks = (node: Record<string, unknown>, [first, ...more]: readonly string[]): unknown => {
  if (first === undefined) return node;
  if (more.length === 0) return { ...node, format: first };
  const others = Array.isArray(node['allOf']) ? node['allOf'] : [];
  return { ...node, format: first, allOf: [...others, ...more.map((format) => ({ format }))] };
};

/**
 * The validator runs `pattern` and `format` on the platform's backtracking engine. The copy made here names
 * our own linear tests as formats instead; `patternProperties` wait for the names of the value (`withNames`).
 * Throws a SchemaProblem for a keyword with a wrong value and for a pattern that is none.
 */
export const rewriteSchema = (source: Schema | boolean): RewrittenSchema => {
  const tests = new Map<string, FormatTest>();
  const names = new Map<string, LinearPattern>();
  const warnings: Problem[] = [];
  let uniqueItems = false;

  const check = (key: string, value: string): string | null => {
    const name = `${key} ${value}`;
    const test = tests.get(name) ?? (key === 'pattern' ? linear(value).test : formatTest(value));
    if (test !== null) tests.set(name, test);
    return test === null ? null : name;
  };
  const children = (key: string, value: unknown, path: string): unknown => {
    if (plain.has(key)) return value;
    if (Array.isArray(value))
      return Object.hasOwn(schemaArrayKeyword, key)
        ? value.map((item, index) => rewrite(item, `${path}[${index}]`))
        : value;
    if (!isObject(value) || !holdsSchemas(key)) return rewrite(value, path);
    if (key === 'patternProperties')
      for (const pattern of Object.keys(value)) names.set(pattern, linear(pattern));
    const inner = Object.entries(value).map(([name, item]) => [name, rewrite(item, `${path}.${name}`)]);
    return Object.fromEntries(inner);
  };
  const rewrite = (node: unknown, path: string): unknown => {
    if (!isObject(node)) return node;
    const problems = keywordProblems(node, path);
    if (problems.error !== null) throw new SchemaProblem(problems.error);
    warnings.push(...problems.warnings);
    uniqueItems ||= node['uniqueItems'] === true;
    const checks: (string | null)[] = [];
    const entries: [string, unknown][] = [];
    for (const [key, value] of Object.entries(node)) {
      if (dropped.has(key)) continue;
      if ((key === 'pattern' || key === 'format') && typeof value === 'string')
        checks.push(check(key, value));
      else entries.push([key, children(key, value, path === '' ? key : `${path}.${key}`)]);
    }
    return withChecks(
      Object.fromEntries(entries),
      checks.filter((name) => name !== null),
    );
  };
  const schema = rewrite(source, '') as Schema;
  return { schema, tests, names, warnings, uniqueItems };
};

const literal = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A pattern that matches exactly these names; the empty groups tell patterns apart that match the same. */
const exactly = (names: readonly string[], index: number): string =>
  `^(?:${names.length === 0 ? '[^\\s\\S]' : names.map(literal).join('|')})$${'(?:)'.repeat(index)}`;

/** A rewritten schema whose `patternProperties` list the very names of one value that each pattern matches. */
export const withNames = ({ schema, names: patterns }: RewrittenSchema, names: readonly string[]): Schema => {
  const choices = new Map(
    [...patterns].map(([source, pattern], index) => [
      source,
      exactly(
        names.filter((name) => pattern.test(name)),
        index,
      ),
    ]),
  );
  const choose = (properties: Record<string, unknown>): unknown =>
    Object.fromEntries(
      Object.entries(properties).map(([source, item]) => [choices.get(source) ?? source, copy(item)]),
    );
  const copy = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copy);
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([key, value]): [string, unknown] => {
      if (key === 'patternProperties' && isObject(value)) return [key, choose(value)];
      return [key, plain.has(key) ? value : copy(value)];
    });
    return Object.fromEntries(entries);
  };
  return copy(schema) as Schema;
};
