/**
 * A node of `@huggingface/jinja`'s syntax tree. The package keeps these classes to itself, so that here they are
 * plain records; nodes whose type begins with `assay:` are ours and never reach its interpreter.
 */
export type Node = { type: string; [key: string]: unknown };

/** A value while a template runs, as that package holds it. */
export type RuntimeValue = {
  readonly type: string;
  readonly value: unknown;
  __bool__(): { readonly value: boolean };
  toString(): string;
};

/** A node that stands for a value that is already known. */
export const known = (value: RuntimeValue): Node => ({ type: 'assay:value', value });

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** `user.name` for a chain of plain names, else null. */
export const dottedName = (node: unknown): string | null => {
  if (!isNode(node)) return null;
  if (node.type === 'Identifier') return String(node['value']);
  if (node.type !== 'MemberExpression' || node['computed'] === true) return null;
  const object = dottedName(node['object']);
  const property = isNode(node['property']) ? String(node['property']['value']) : '';
  return object === null ? null : `${object}.${property}`;
};
