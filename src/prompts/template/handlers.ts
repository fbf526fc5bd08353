import type { Environment } from '@huggingface/jinja';
import { methodAliases } from './filters.ts';
import { applyOwnFilter, guardFilter } from './own-filters.ts';
import { dottedName, isNode, known, type Node, type RuntimeValue } from './nodes.ts';
import { TemplateProblem } from './problem.ts';
import {
  isList,
  isMap,
  isText,
  isUndefined,
  maxCharacters,
  textOf,
  toRuntime,
  undefinedValue,
} from './runtime-values.ts';

type Evaluate = (node: Node | undefined, environment: Environment) => RuntimeValue;

/** What a running template offers its handlers. */
export type Running = {
  /** The package's own evaluation of one node. */
  readonly original: Evaluate;
  /** Evaluation with all limits, for children. */
  readonly evaluate: Evaluate;
  /** Names that were printed or used without a value. */
  readonly missing: Set<string>;
  spend(amount: number): void;
};

/** Names that every JavaScript object has: asking for them is asking for an unknown variable. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The meaning of each node where it differs from the package's. */
export const createHandlers = ({ original, evaluate, missing, spend }: Running): Evaluate => {
  let guards = 0;
  const nothing = undefinedValue();
  const no = toRuntime(false);
  const yes = toRuntime(true);
  const miss = (node: Node): RuntimeValue => {
    const name = dottedName(node);
    if (guards === 0 && name !== null) missing.add(name);
    return nothing;
  };
  const guarded = (node: Node, environment: Environment): RuntimeValue => {
    guards++;
    try {
      return evaluate(node, environment);
    } finally {
      guards--;
    }
  };
  /** A function is only ever called, never printed or passed on. */
  const readable = (node: Node, value: RuntimeValue | undefined): RuntimeValue => {
    if (value === undefined || value.type === 'UndefinedValue') return miss(node);
    return value.type === 'FunctionValue' && node['called'] !== true ? miss(node) : value;
  };
  const child = (node: Node, key: string): Node => node[key] as Node;

  const member = (node: Node, environment: Environment): RuntimeValue => {
    const object = evaluate(child(node, 'object'), environment);
    if (isUndefined(object)) return nothing;
    const property = child(node, 'property');
    if (node['computed'] === true && property.type !== 'SliceExpression') {
      const key = evaluate(property, environment);
      const fits = isMap(object) ? isText(key) : isText(key) || key.type === 'IntegerValue';
      if (!fits) return miss(node);
      return readable(node, original({ ...node, object: known(object), property: known(key) }, environment));
    }
    return readable(node, original({ ...node, object: known(object) }, environment));
  };

  const values = (args: readonly Node[], environment: Environment): Node[] =>
    args.map((argument) =>
      argument.type === 'KeywordArgumentExpression'
        ? { ...argument, value: known(evaluate(child(argument, 'value'), environment)) }
        : argument.type === 'SpreadExpression' || argument.type === 'KeywordSpreadExpression'
          ? { ...argument, argument: known(evaluate(child(argument, 'argument'), environment)) }
          : known(evaluate(argument, environment)),
    );

  const call = (node: Node, environment: Environment): RuntimeValue => {
    const callee = child(node, 'callee');
    const args = values(node['args'] as Node[], environment);
    if (callee.type === 'MemberExpression' && callee['computed'] !== true) {
      const object = evaluate(child(callee, 'object'), environment);
      if (isUndefined(object)) return nothing;
      const written = String(child(callee, 'property')['value']);
      const name = Object.hasOwn(methodAliases, written) ? String(methodAliases[written]) : written;
      if (inherited.has(name)) return miss(callee);
      if (name === 'join' || name === 'replace') guardFilter(name, object, args);
      if (name === 'join' && isList(object)) return applyOwnFilter('join', object, args) ?? nothing;
      const method = original(
        { ...callee, object: known(object), property: { type: 'Identifier', value: name } },
        environment,
      );
      if (method.type === 'FunctionValue')
        return original({ ...node, callee: known(method), args }, environment);
      throw new TemplateProblem(`"${written}" is not a function of this value; use a filter`);
    }
    const target = evaluate(callee, environment);
    if (isUndefined(target)) return nothing;
    if (target.type !== 'FunctionValue')
      throw new TemplateProblem(`"${dottedName(callee) ?? 'the value'}" is not a function`);
    return original({ ...node, callee: known(target), args }, environment);
  };

  const filter = (node: Node, environment: Environment): RuntimeValue => {
    const name = String(node['name']);
    const operand = evaluate(child(node, 'operand'), environment);
    if (isUndefined(operand) && name !== 'default' && name !== 'tojson' && name !== 'dump') return nothing;
    const written = child(node, 'filter');
    const literal = name === 'selectattr' || name === 'rejectattr';
    const args =
      written.type === 'CallExpression' && !literal ? values(written['args'] as Node[], environment) : [];
    guardFilter(name, operand, args);
    const own = applyOwnFilter(name, operand, args);
    if (own !== null) return own;
    const prepared = written.type === 'CallExpression' && !literal ? { ...written, args } : written;
    return original({ ...node, operand: known(operand), filter: prepared }, environment) ?? nothing;
  };

  const binary = (node: Node, environment: Environment): RuntimeValue => {
    const operator = (node['operator'] as { value: string }).value;
    if (operator === 'and' || operator === 'or') return original(node, environment);
    const left = evaluate(child(node, 'left'), environment);
    const right = evaluate(child(node, 'right'), environment);
    const absent = isUndefined(left) || isUndefined(right);
    if (operator === '~' || (operator === '+' && (isText(left) || isText(right)))) {
      const joined = textOf(left) + textOf(right);
      if (joined.length > maxCharacters)
        throw new TemplateProblem(`the template makes more than ${maxCharacters} characters`);
      return toRuntime(joined);
    }
    if (absent && operator === 'not in') return yes;
    if (absent && (operator === 'in' || /^[<>]=?$/.test(operator))) return no;
    if (absent && operator !== '==' && operator !== '!=') return nothing;
    return original({ ...node, left: known(left), right: known(right) }, environment);
  };

  const loop = (node: Node, environment: Environment): RuntimeValue => {
    const value = evaluate(child(node, 'inner'), environment);
    if (isUndefined(value)) return toRuntime([]);
    if (!isList(value) && !isMap(value)) throw new TemplateProblem('a loop needs a list or a map');
    const { length, size } = value.value as { length?: number; size?: number };
    spend(((length ?? 0) + (size ?? 0)) * 8);
    const pairs = node['pairs'] === true && value.type === 'ObjectValue';
    return pairs ? (value as unknown as { items(): RuntimeValue }).items() : value;
  };

  const assign = (node: Node, environment: Environment): RuntimeValue => {
    const value = node['value'];
    if (child(node, 'assignee').type !== 'MemberExpression' || !isNode(value))
      return original(node, environment);
    const assigned = evaluate(value, environment);
    if (assigned.type === 'NamespaceValue')
      throw new TemplateProblem('a namespace inside another is not supported');
    return original({ ...node, value: known(assigned) }, environment);
  };

  const handlers: Readonly<Record<string, Evaluate>> = {
    'assay:value': (node) => node?.['value'] as RuntimeValue,
    'assay:guard': (node, environment) => guarded(child(node as Node, 'inner'), environment),
    'assay:output': (node, environment) => {
      const value = evaluate(child(node as Node, 'inner'), environment);
      return isList(value) || isMap(value) ? toRuntime(textOf(value)) : value;
    },
    'assay:block': (node, environment) => original({ type: 'Program', body: node?.['body'] }, environment),
    'assay:loop': (node, environment) => loop(node as Node, environment),
    Identifier: (node, environment) => readable(node as Node, original(node, environment)),
    MemberExpression: (node, environment) => member(node as Node, environment),
    CallExpression: (node, environment) => call(node as Node, environment),
    FilterExpression: (node, environment) => filter(node as Node, environment),
    BinaryExpression: (node, environment) => binary(node as Node, environment),
    Set: (node, environment) => assign(node as Node, environment),
  };
  return (node, environment) => {
    const handler =
      node !== undefined && Object.hasOwn(handlers, node.type) ? handlers[node.type] : undefined;
    return handler === undefined ? original(node, environment) : handler(node, environment);
  };
};
