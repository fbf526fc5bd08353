import type { Environment } from '@huggingface/jinja';
import { methodAliases } from './filters.ts';
import { dottedName, known, type Node, type RuntimeValue } from './nodes.ts';
import { applyOwnFilter, guardFilter } from './own-filters.ts';
import { TemplateProblem } from './problem.ts';
import type { Running } from './running.ts';
import { isList, isUndefined } from './runtime-values.ts';

/** Names that every JavaScript object has: asking for them is asking for an unknown variable. */
const inherited = new Set(Object.getOwnPropertyNames(Object.prototype));

const child = (node: Node, key: string): Node => node[key] as Node;

/** Arguments as values, so that they are evaluated once and their sizes are known. */
const evaluated = (run: Running, args: readonly Node[], environment: Environment): Node[] =>
  args.map((argument) => {
    const at = (key: string): Node => ({
      ...argument,
      [key]: known(run.evaluate(child(argument, key), environment)),
    });
    if (argument.type === 'KeywordArgumentExpression') return at('value');
    if (argument.type === 'SpreadExpression' || argument.type === 'KeywordSpreadExpression')
      return at('argument');
    return known(run.evaluate(argument, environment));
  });

const callMethod = (run: Running, node: Node, environment: Environment): RuntimeValue => {
  const callee = child(node, 'callee');
  const object = run.evaluate(child(callee, 'object'), environment);
  const args = evaluated(run, node['args'] as Node[], environment);
  if (isUndefined(object)) return run.nothing;
  const written = String(child(callee, 'property')['value']);
  const name = Object.hasOwn(methodAliases, written) ? String(methodAliases[written]) : written;
  if (inherited.has(name)) return run.miss(callee);
  guardFilter(name, object, args);
  if (name === 'join' && isList(object)) return applyOwnFilter('join', object, args) ?? run.nothing;
  const property = { type: 'Identifier', value: name };
  const method = run.original({ ...callee, object: known(object), property }, environment);
  if (method.type === 'FunctionValue')
    return run.original({ ...node, callee: known(method), args }, environment);
  throw new TemplateProblem(`"${written}" is not a function of this value; use a filter`);
};

/** `f(x)` of a macro or a built-in, and `value.method(x)` of the few methods that texts and maps have. */
export const call = (run: Running, node: Node, environment: Environment): RuntimeValue => {
  const callee = child(node, 'callee');
  if (callee.type === 'MemberExpression' && callee['computed'] !== true)
    return callMethod(run, node, environment);
  const target = run.evaluate(callee, environment);
  const args = evaluated(run, node['args'] as Node[], environment);
  if (isUndefined(target)) return run.nothing;
  if (target.type !== 'FunctionValue')
    throw new TemplateProblem(`"${dottedName(callee) ?? 'the value'}" is not a function`);
  return run.original({ ...node, callee: known(target), args }, environment);
};

/** `value | filter(…)`; of what does not exist nothing is left. */
export const filter = (run: Running, node: Node, environment: Environment): RuntimeValue => {
  const name = String(node['name']);
  const operand = run.evaluate(child(node, 'operand'), environment);
  if (isUndefined(operand) && !['default', 'tojson', 'dump'].includes(name)) return run.nothing;
  const written = child(node, 'filter');
  // These two want to see their arguments as they are written.
  const literal = name === 'selectattr' || name === 'rejectattr';
  const called = written.type === 'CallExpression' && !literal;
  const args = called ? evaluated(run, written['args'] as Node[], environment) : [];
  guardFilter(name, operand, args);
  const own = applyOwnFilter(name, operand, args);
  if (own !== null) return own;
  const prepared = called ? { ...written, args } : written;
  return run.original({ ...node, operand: known(operand), filter: prepared }, environment) ?? run.nothing;
};
