import { expectedOneOf } from '../../model/nearest.ts';
import { filterAliases, filterNames, testNames } from './filters.ts';
import { isNode, type Node } from './nodes.ts';
import { TemplateProblem } from './problem.ts';

const statements = new Set(['Set', 'If', 'For', 'Macro', 'CallStatement', 'Break', 'Continue', 'Comment']);
const blocks = ['body', 'alternate', 'defaultBlock'] as const;

/** Names that exist without a variable. */
export const globals = [
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
  'range',
  'namespace',
  'loop',
] as const;

const guard = (inner: unknown): Node => ({ type: 'assay:guard', inner });

const targets = (node: unknown): string[] => {
  if (!isNode(node)) return [];
  if (node.type === 'Identifier') return [String(node['value'])];
  if (node.type === 'KeywordArgumentExpression') return targets(node['key']);
  return Array.isArray(node['value']) ? node['value'].flatMap(targets) : [];
};

const filterOf = (filter: Node): { name: string; args: Node[] } => {
  const callee = filter.type === 'CallExpression' ? filter['callee'] : filter;
  const args = filter.type === 'CallExpression' ? (filter['args'] as Node[]) : [];
  const written = isNode(callee) && callee.type === 'Identifier' ? String(callee['value']) : '';
  const name = Object.hasOwn(filterAliases, written) ? String(filterAliases[written]) : written;
  if (!(filterNames as readonly string[]).includes(name)) {
    throw new TemplateProblem(`unknown filter "${written}"; expected ${expectedOneOf(written, filterNames)}`);
  }
  return { name, args };
};

/**
 * Makes a parsed tree ready to run, in place: what is only asked about (`{% if x %}`, `x | default('')`) is marked
 * as guarded, what is printed as output, filters get their proper names. Returns the names that the template reads
 * but does not set itself. Throws a TemplateProblem for unknown filters and tests.
 */
export const prepare = (program: Node): ReadonlySet<string> => {
  const read = new Set<string>();
  const bound = new Set<string>(globals);

  const each = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(each);
    if (value instanceof Map) return new Map([...value].map(([key, entry]) => [each(key), each(entry)]));
    return isNode(value) ? visit(value) : value;
  };
  const inside = (node: Node, skip: readonly string[] = []): Node => {
    for (const key of Object.keys(node)) {
      if (key === 'operator' || skip.includes(key)) continue;
      if ((blocks as readonly string[]).includes(key) && Array.isArray(node[key])) {
        node[key] = (node[key] as Node[]).map(printed);
      } else {
        node[key] = each(node[key]);
      }
    }
    return node;
  };
  const printed = (node: Node): Node => {
    const ready = visit(node);
    return statements.has(node.type) || node.type === 'StringLiteral'
      ? ready
      : { type: 'assay:output', inner: ready };
  };
  const filtered = (filter: Node, operand: Node): Node => {
    const { name, args } = filterOf(filter);
    const call = {
      type: 'CallExpression',
      callee: { type: 'Identifier', value: name },
      args: args.map(visit),
    };
    return {
      type: 'FilterExpression',
      name,
      operand: name === 'default' ? guard(operand) : operand,
      filter: args.length > 0 || name === 'default' ? call : call.callee,
    };
  };
  const visit = (node: Node): Node => {
    const handler = handlers[node.type];
    return handler === undefined ? inside(node) : handler(node);
  };
  const handlers: Record<string, (node: Node) => Node> = {
    Identifier: (node) => {
      read.add(String(node['value']));
      return node;
    },
    MemberExpression: (node) => inside(node, node['computed'] === true ? [] : ['property']),
    KeywordArgumentExpression: (node) => inside(node, ['key']),
    FilterExpression: (node) => filtered(node['filter'] as Node, visit(node['operand'] as Node)),
    FilterStatement: (node) =>
      filtered(node['filter'] as Node, { type: 'assay:block', body: (node['body'] as Node[]).map(printed) }),
    TestExpression: (node) => {
      const name = String((node['test'] as Node)['value']);
      if (!(testNames as readonly string[]).includes(name))
        throw new TemplateProblem(`unknown test "${name}"; expected ${expectedOneOf(name, testNames)}`);
      node['operand'] = guard(visit(node['operand'] as Node));
      return node;
    },
    If: (node) => {
      inside(node);
      node['test'] = guard(node['test']);
      return node;
    },
    Ternary: (node) => {
      inside(node);
      node['condition'] = guard(node['condition']);
      return node;
    },
    SelectExpression: (node) => {
      inside(node);
      node['test'] = guard(node['test']);
      return node;
    },
    BinaryExpression: (node) => {
      inside(node);
      const operator = (node['operator'] as { value: string }).value;
      if (operator === 'or' || operator === 'and') node['left'] = guard(node['left']);
      return node;
    },
    CallExpression: (node) => {
      inside(node);
      (node['callee'] as Node)['called'] = true;
      return node;
    },
    CallStatement: (node) => {
      for (const name of ((node['callerArgs'] ?? []) as Node[]).flatMap(targets)) bound.add(name);
      inside(node, ['callerArgs']);
      const callee = (node['call'] as Node)['callee'] as Node;
      callee['called'] = true;
      return node;
    },
    Macro: (node) => {
      for (const name of [...targets(node['name']), ...(node['args'] as Node[]).flatMap(targets)])
        bound.add(name);
      for (const name of ['caller', 'varargs', 'kwargs']) bound.add(name);
      return inside(node, ['name', 'args']);
    },
    Set: (node) => {
      const assignee = node['assignee'] as Node;
      for (const name of assignee.type === 'MemberExpression' ? [] : targets(assignee)) bound.add(name);
      return inside(node, ['assignee']);
    },
    For: (node) => {
      for (const name of targets(node['loopvar'])) bound.add(name);
      inside(node, ['loopvar']);
      const pairs = (node['loopvar'] as Node).type === 'TupleLiteral';
      const iterable = node['iterable'] as Node;
      if (iterable.type === 'SelectExpression') {
        const test = iterable['test'] as Node;
        iterable['lhs'] = { type: 'assay:loop', inner: iterable['lhs'], pairs };
        iterable['test'] = test;
      } else {
        node['iterable'] = { type: 'assay:loop', inner: iterable, pairs };
      }
      return node;
    },
  };
  inside(program);
  return new Set([...read].filter((name) => !bound.has(name)));
};
