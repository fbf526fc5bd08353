import { Environment } from '@huggingface/jinja';
import type { RuntimeValue } from './nodes.ts';
import { TemplateProblem } from './problem.ts';

/** Longest text that a template may make, and the size of the largest value that it may handle. */
export const maxCharacters = 1_000_000;
const maxDepth = 64;

/**
 * Data only: what is no string, number, boolean, list or map becomes its text, so that no function and no class
 * of ours ever reaches a template.
 */
const plain = (value: unknown, depth = 0): unknown => {
  if (depth > maxDepth) throw new TemplateProblem(`a variable is nested more than ${maxDepth} deep`);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return value.map((item) => plain(item, depth + 1));
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry, depth + 1)]));
    case 'undefined':
    case 'function':
      return null;
    default:
      return String(value);
  }
};

/** A value as the interpreter holds it: strings in a class of its own, maps in a `Map`, never a live object. */
export const toRuntime = (value: unknown): RuntimeValue => {
  const environment = new Environment();
  return environment.set('value', plain(value)) as unknown as RuntimeValue;
};

let nothing: RuntimeValue | null = null;

/** What does not exist at all; `null` exists and is empty. One immutable value: the package makes it by a costly throw. */
export const undefinedValue = (): RuntimeValue => {
  nothing ??= new Environment().lookupVariable('') as unknown as RuntimeValue;
  return nothing;
};

export const isUndefined = ({ type }: RuntimeValue): boolean =>
  type === 'UndefinedValue' || type === 'NullValue';
export const isText = ({ type }: RuntimeValue): boolean => type === 'StringValue';
export const isList = ({ type }: RuntimeValue): boolean => type === 'ArrayValue' || type === 'TupleValue';
export const isMap = ({ type }: RuntimeValue): boolean =>
  type === 'ObjectValue' || type === 'KeywordArgumentsValue' || type === 'NamespaceValue';

/** The values inside a list or map. */
const children = (value: RuntimeValue): RuntimeValue[] =>
  isList(value)
    ? (value.value as RuntimeValue[])
    : isMap(value)
      ? [...(value.value as Map<string, RuntimeValue>).values()]
      : [];

/**
 * Characters that a value would take when it is printed, each shared part counted as often as it is reached.
 * Values are immutable, so that sizes are remembered; a namespace is not, so that none may stand inside a value.
 */
export const createMeasure = (): ((value: RuntimeValue) => number) => {
  const sizes = new WeakMap<RuntimeValue, number>();
  const measure = (value: RuntimeValue, depth: number): number => {
    if (isText(value)) return (value.value as string).length + 4;
    if (!isList(value) && !isMap(value)) return 8;
    const remembered = sizes.get(value);
    if (remembered !== undefined) return remembered;
    if (depth > maxDepth) throw new TemplateProblem(`a value is nested more than ${maxDepth} deep`);
    let size = 4;
    for (const child of children(value)) {
      if (child.type === 'NamespaceValue')
        throw new TemplateProblem('a namespace inside another value is not supported');
      size += measure(child, depth + 1);
    }
    if (isMap(value)) for (const key of (value.value as Map<string, unknown>).keys()) size += key.length + 4;
    if (size > maxCharacters)
      throw new TemplateProblem(`a value takes more than ${maxCharacters} characters`);
    if (value.type !== 'NamespaceValue') sizes.set(value, size);
    return size;
  };
  return (value) => measure(value, 0);
};

/** Back to JSON data, for printing; measured before. */
export const fromRuntime = (value: RuntimeValue): unknown => {
  if (isList(value)) return (value.value as RuntimeValue[]).map(fromRuntime);
  if (isMap(value)) {
    return Object.fromEntries(
      [...(value.value as Map<string, RuntimeValue>)].map(([key, entry]) => [key, fromRuntime(entry)]),
    );
  }
  return isUndefined(value) || value.type === 'FunctionValue' ? null : value.value;
};

/** How a value is printed: text as it stands, lists and maps as JSON, nothing for what does not exist. */
export const textOf = (value: RuntimeValue): string => {
  if (isText(value)) return value.value as string;
  if (isUndefined(value)) return '';
  return isList(value) || isMap(value) ? JSON.stringify(fromRuntime(value)) : value.toString();
};
