import { UserError } from '../model/errors.ts';
import type { LocatedDocument } from './document.ts';

const maxDepth = 16;
const maxValues = 200_000;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * promptfoo's `{$ref: '#/assertionTemplates/x'}`: references inside the same file are replaced by what they name.
 * What names nothing, leads outside or contains itself stays as it is, and is reported as an unknown key later.
 * Throws a UserError where references multiply the file beyond 200,000 values.
 */
export const dereference = (document: LocatedDocument): LocatedDocument => {
  let values = 0;
  const find = (pointer: string): unknown =>
    pointer
      .slice(2)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>(
        (value, step) =>
          typeof value === 'object' && value !== null && Object.hasOwn(value, step)
            ? (value as Record<string, unknown>)[step]
            : undefined,
        document.value,
      );
  const resolve = (value: unknown, open: readonly string[]): unknown => {
    if (++values > maxValues) {
      throw new UserError({
        severity: 'error',
        code: 'too-many-values',
        place: document.placeOf([]),
        message: `with its references the file has more than ${maxValues} values`,
        nextStep: 'Split the file',
      });
    }
    if (Array.isArray(value)) return value.map((item) => resolve(item, open));
    if (!isRecord(value)) return value;
    const { $ref: reference, ...rest } = value;
    if (typeof reference === 'string' && reference.startsWith('#/')) {
      const found = find(reference);
      const known = found !== undefined && !open.includes(reference) && open.length < maxDepth;
      if (known) {
        const target = resolve(found, [...open, reference]);
        return isRecord(target) ? { ...target, ...(resolve(rest, open) as Record<string, unknown>) } : target;
      }
    }
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, resolve(entry, open)]));
  };
  const hasReference = (value: unknown): boolean =>
    Array.isArray(value)
      ? value.some(hasReference)
      : isRecord(value) && ('$ref' in value || Object.values(value).some(hasReference));
  return hasReference(document.value) ? { ...document, value: resolve(document.value, []) } : document;
};

/** Top-level keys that references of the file lead into: they are templates, not mistakes. */
export const referencedKeys = (value: unknown): ReadonlySet<string> => {
  const keys = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (isRecord(node)) {
      const reference = node['$ref'];
      const key = typeof reference === 'string' ? /^#\/([^/]+)\//.exec(reference)?.[1] : undefined;
      if (key !== undefined) keys.add(key);
      Object.values(node).forEach(walk);
    }
  };
  walk(value);
  return keys;
};
