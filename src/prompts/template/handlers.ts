import type { Environment } from '@huggingface/jinja';
import { call, filter } from './calls.ts';
import { dottedName, isNode, known, type Node, type RuntimeValue } from './nodes.ts';
import { TemplateProblem } from './problem.ts';
import type { Evaluate, Running } from './running.ts';
import { isList, isMap, isText, isUndefined, maxCharacters, textOf, toRuntime } from './runtime-values.ts';

type Handler = (run: Running, node: Node, environment: Environment) => RuntimeValue;

const child = (node: Node, key: string): Node => node[key] as Node;

const member: Handler = (run, node, environment) => {
  const object = run.evaluate(child(node, 'object'), environment);
  if (isUndefined(object)) return run.nothing;
  const property = child(node, 'property');
  if (node['computed'] !== true || property.type === 'SliceExpression')
    return run.readable(node, run.original({ ...node, object: known(object) }, environment));
  const key = run.evaluate(property, environment);
  const fits = isText(key) || (key.type === 'IntegerValue' && !isMap(object));
  if (!fits) return run.miss(node);
  return run.readable(
    node,
    run.original({ ...node, object: known(object), property: known(key) }, environment),
  );
};

/** What does not exist is empty text when joined, and neither more nor less than anything. */
const binary: Handler = (run, node, environment) => {
  const operator = (node['operator'] as { value: string }).value;
  if (operator === 'and' || operator === 'or') return run.original(node, environment);
  const left = run.evaluate(child(node, 'left'), environment);
  const right = run.evaluate(child(node, 'right'), environment);
  if (operator === '~' || (operator === '+' && (isText(left) || isText(right)))) {
    const joined = textOf(left) + textOf(right);
    if (joined.length > maxCharacters)
      throw new TemplateProblem(`the template makes more than ${maxCharacters} characters`);
    return toRuntime(joined);
  }
  if (isUndefined(left) || isUndefined(right)) {
    if (operator === 'not in') return toRuntime(true);
    if (operator === 'in' || /^[<>]=?$/.test(operator)) return toRuntime(false);
    if (operator !== '==' && operator !== '!=') return run.nothing;
  }
  return run.original({ ...node, left: known(left), right: known(right) }, environment);
};

const loop: Handler = (run, node, environment) => {
  const value = run.evaluate(child(node, 'inner'), environment);
  if (isUndefined(value)) return toRuntime([]);
  if (!isList(value) && !isMap(value)) throw new TemplateProblem('a loop needs a list or a map');
  const { length, size } = value.value as { length?: number; size?: number };
  run.spend((length ?? size ?? 0) * 8);
  const pairs = node['pairs'] === true && value.type === 'ObjectValue';
  return pairs ? (value as unknown as { items(): RuntimeValue }).items() : value;
};

const assign: Handler = (run, node, environment) => {
  const value = node['value'];
  if (child(node, 'assignee').type !== 'MemberExpression' || !isNode(value))
    return run.original(node, environment);
  const assigned = run.evaluate(value, environment);
  if (assigned.type === 'NamespaceValue')
    throw new TemplateProblem('a namespace inside another is not supported');
  return run.original({ ...node, value: known(assigned) }, environment);
};

/** `{% call m() %}`: only a macro of the template can be called so. */
const callBlock: Handler = (run, node, environment) => {
  const callee = child(child(node, 'call'), 'callee');
  callee['called'] = true;
  const macro = run.evaluate(callee, environment);
  if (macro.type !== 'FunctionValue')
    throw new TemplateProblem(`"${dottedName(callee) ?? 'the value'}" is not a macro`);
  return run.original(node, environment);
};

/** The meaning of each node where it differs from the package's. */
const handlers: Readonly<Record<string, Handler>> = {
  'assay:value': (_run, node) => node['value'] as RuntimeValue,
  'assay:guard': (run, node, environment) =>
    run.guarded(() => run.evaluate(child(node, 'inner'), environment)),
  'assay:output': (run, node, environment) => {
    const value = run.evaluate(child(node, 'inner'), environment);
    return isList(value) || isMap(value) ? toRuntime(textOf(value)) : value;
  },
  'assay:block': (run, node, environment) =>
    run.original({ type: 'Program', body: node['body'] }, environment),
  'assay:loop': loop,
  Identifier: (run, node, environment) => run.readable(node, run.original(node, environment)),
  MemberExpression: member,
  CallExpression: call,
  CallStatement: callBlock,
  FilterExpression: filter,
  BinaryExpression: binary,
  Set: assign,
};

/** Evaluates one node: by its handler, else as the package does. */
export const handle =
  (run: Running): Evaluate =>
  (node, environment) => {
    const handler =
      node !== undefined && Object.hasOwn(handlers, node.type) ? handlers[node.type] : undefined;
    return handler === undefined || node === undefined
      ? run.original(node, environment)
      : handler(run, node, environment);
  };
