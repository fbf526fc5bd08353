import { expectedOneOf } from '../../model/nearest.ts';
import { filterAliases, filterNames, testNames } from './filters.ts';
import { isNode, type Node } from './nodes.ts';
import { TemplateProblem } from './problem.ts';

const statements = new Set(['Set', 'If', 'For', 'Macro', 'CallStatement', 'Break', 'Continue', 'Comment']);
const blocks: readonly string[] = ['body', 'alternate', 'defaultBlock'];

/** Names that exist without a variable. */
const globals = ['true', 'false', 'none', 'True', 'False', 'None', 'range', 'namespace', 'loop'] as const;

/** One walk over a tree: which names it reads, and which it sets itself. */
type Walk = { readonly read: Set<string>; readonly bound: Set<string> };
type Visitor = (node: Node, walk: Walk) => Node;

const guard = (inner: unknown): Node => ({ type: 'assay:guard', inner });
const child = (node: Node, key: string): Node => node[key] as Node;
const list = (value: unknown): Node[] => (Array.isArray(value) ? (value as Node[]) : []);

/** Names that an assignment, a loop or a parameter list sets. */
const targets = (node: unknown): string[] => {
  if (!isNode(node)) return [];
  if (node.type === 'Identifier') return [String(node['value'])];
  if (node.type === 'KeywordArgumentExpression') return targets(node['key']);
  return list(node['value']).flatMap(targets);
};

const bind = (walk: Walk, names: readonly string[]): void => {
  for (const name of names) walk.bound.add(name);
};

const visit: Visitor = (node, walk) => {
  const visitor = Object.hasOwn(visitors, node.type) ? visitors[node.type] : undefined;
  return visitor === undefined ? inside(node, walk) : visitor(node, walk);
};

/** A node that stands where its value is printed. */
const printed: Visitor = (node, walk) => {
  const ready = visit(node, walk);
  return statements.has(node.type) || node.type === 'StringLiteral'
    ? ready
    : { type: 'assay:output', inner: ready };
};

const each = (value: unknown, walk: Walk): unknown => {
  if (Array.isArray(value)) return value.map((item) => each(item, walk));
  if (value instanceof Map)
    return new Map([...value].map(([key, entry]) => [each(key, walk), each(entry, walk)]));
  return isNode(value) ? visit(value, walk) : value;
};

const inside = (node: Node, walk: Walk, skip: readonly string[] = []): Node => {
  for (const key of Object.keys(node)) {
    if (key === 'operator' || skip.includes(key)) continue;
    const value = node[key];
    node[key] =
      blocks.includes(key) && Array.isArray(value)
        ? list(value).map((item) => printed(item, walk))
        : each(value, walk);
  }
  return node;
};

/** A node's condition is only asked about, so that what it lacks is not missing. */
const guarding =
  (key: string): Visitor =>
  (node, walk) => {
    inside(node, walk);
    node[key] = guard(node[key]);
    return node;
  };

const filterOf = (filter: Node): { name: string; args: Node[] } => {
  const callee = filter.type === 'CallExpression' ? child(filter, 'callee') : filter;
  const args = filter.type === 'CallExpression' ? list(filter['args']) : [];
  const written = callee.type === 'Identifier' ? String(callee['value']) : '';
  const name = Object.hasOwn(filterAliases, written) ? String(filterAliases[written]) : written;
  if (!(filterNames as readonly string[]).includes(name)) {
    throw new TemplateProblem(`unknown filter "${written}"; expected ${expectedOneOf(written, filterNames)}`);
  }
  return { name, args };
};

const filtered = (filter: Node, operand: Node, walk: Walk): Node => {
  const { name, args } = filterOf(filter);
  const callee = { type: 'Identifier', value: name };
  const call = { type: 'CallExpression', callee, args: args.map((argument) => visit(argument, walk)) };
  return {
    type: 'FilterExpression',
    name,
    operand: name === 'default' ? guard(operand) : operand,
    filter: args.length > 0 || name === 'default' ? call : callee,
  };
};

const loop: Visitor = (node, walk) => {
  bind(walk, targets(node['loopvar']));
  inside(node, walk, ['loopvar']);
  const pairs = child(node, 'loopvar').type === 'TupleLiteral';
  const iterable = child(node, 'iterable');
  if (iterable.type === 'SelectExpression')
    iterable['lhs'] = { type: 'assay:loop', inner: iterable['lhs'], pairs };
  else node['iterable'] = { type: 'assay:loop', inner: iterable, pairs };
  return node;
};

const visitors: Readonly<Record<string, Visitor>> = {
  Identifier: (node, walk) => {
    walk.read.add(String(node['value']));
    return node;
  },
  MemberExpression: (node, walk) => inside(node, walk, node['computed'] === true ? [] : ['property']),
  KeywordArgumentExpression: (node, walk) => inside(node, walk, ['key']),
  FilterExpression: (node, walk) =>
    filtered(child(node, 'filter'), visit(child(node, 'operand'), walk), walk),
  FilterStatement: (node, walk) => {
    const body = list(node['body']).map((item) => printed(item, walk));
    return filtered(child(node, 'filter'), { type: 'assay:block', body }, walk);
  },
  TestExpression: (node, walk) => {
    const name = String(child(node, 'test')['value']);
    if (!(testNames as readonly string[]).includes(name))
      throw new TemplateProblem(`unknown test "${name}"; expected ${expectedOneOf(name, testNames)}`);
    node['operand'] = guard(visit(child(node, 'operand'), walk));
    return node;
  },
  If: guarding('test'),
  Ternary: guarding('condition'),
  SelectExpression: guarding('test'),
  BinaryExpression: (node, walk) => {
    const { value } = node['operator'] as { value: string };
    return value === 'or' || value === 'and' ? guarding('left')(node, walk) : inside(node, walk);
  },
  CallExpression: (node, walk) => {
    inside(node, walk);
    child(node, 'callee')['called'] = true;
    return node;
  },
  CallStatement: (node, walk) => {
    bind(walk, list(node['callerArgs']).flatMap(targets));
    return inside(node, walk, ['callerArgs']);
  },
  Macro: (node, walk) => {
    bind(walk, [
      ...targets(node['name']),
      ...list(node['args']).flatMap(targets),
      'caller',
      'varargs',
      'kwargs',
    ]);
    return inside(node, walk, ['name', 'args']);
  },
  Set: (node, walk) => {
    const assignee = child(node, 'assignee');
    if (assignee.type !== 'MemberExpression') bind(walk, targets(assignee));
    return inside(node, walk, ['assignee']);
  },
  For: loop,
};

/**
 * Makes a parsed tree ready to run, in place: what is only asked about (`{% if x %}`, `x | default('')`) is marked
 * as guarded, what is printed as output, filters get their proper names. Returns the names that the template reads
 * but does not set itself. Throws a TemplateProblem for unknown filters and tests.
 */
export const prepare = (program: Node): ReadonlySet<string> => {
  const walk: Walk = { read: new Set(), bound: new Set(globals) };
  inside(program, walk);
  return new Set([...walk.read].filter((name) => !walk.bound.has(name)));
};
