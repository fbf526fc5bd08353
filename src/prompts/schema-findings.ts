import type * as z from 'zod';
import type { Finding } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';
import type { DocumentPath, LocatedDocument } from './document.ts';

type Issue = z.core.$ZodIssue;

const show = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

const valueAt = (value: unknown, path: DocumentPath): unknown =>
  path.reduce<unknown>(
    (parent, step) =>
      parent === null || typeof parent !== 'object'
        ? undefined
        : (parent as Record<string, unknown>)[String(step)],
    value,
  );

/** Of a union's branches the one that fits best speaks: the one whose complaints lie deepest. */
const bestBranch = (issue: Issue & { code: 'invalid_union' }): readonly Issue[] => {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));
  const branches = issue.errors.filter(
    (branch) => depth(branch) > 0 || branch.some(({ code }) => code === 'unrecognized_keys'),
  );
  return branches.toSorted((a, b) => a.length - b.length || depth(b) - depth(a))[0] ?? [];
};

const join = (path: DocumentPath): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');

const unknownKeys = (
  issue: Issue & { code: 'unrecognized_keys' },
  path: DocumentPath,
  document: LocatedDocument,
  allowed: readonly string[],
): Finding[] =>
  issue.keys.map((key) => {
    const near = nearest(key, allowed);
    return {
      severity: 'error',
      code: 'unknown-key',
      place: document.keyPlaceOf([...path, key]),
      message: `unknown key "${key}"${path.length > 0 ? ` in ${join(path)}` : ''}`,
      ...(allowed.length > 0 ? { expected: `one of ${allowed.join(', ')}` } : {}),
      nextStep: near === null ? 'Remove it or correct its name' : `Did you mean "${near}"?`,
    };
  });

/**
 * Zod's issues as located findings. `allowedKeys(path)` names the keys of the object at `path`, for "did you mean".
 */
export const findingsFromIssues = (
  issues: readonly Issue[],
  document: LocatedDocument,
  allowedKeys: (path: DocumentPath) => readonly string[],
  prefix: DocumentPath = [],
): Finding[] =>
  issues.flatMap((issue): Finding[] => {
    const path = [...prefix, ...(issue.path as (string | number)[])];
    if (issue.code === 'unrecognized_keys') return unknownKeys(issue, path, document, allowedKeys(path));
    if (issue.code === 'invalid_union') {
      const branch = bestBranch(issue);
      if (branch.length > 0) return findingsFromIssues(branch, document, allowedKeys, path);
    }
    const value = valueAt(document.value, path);
    const name = join(path) || 'the file';
    const missing = value === undefined;
    const nearValue =
      issue.code === 'invalid_value' && typeof value === 'string'
        ? nearest(value, issue.values.map(String))
        : null;
    if (issue.code === 'custom') {
      return [
        {
          severity: 'error',
          code: 'wrong-value',
          place: document.placeOf(path),
          message: issue.message,
          nextStep: 'Correct the value',
        },
      ];
    }
    return [
      {
        severity: 'error',
        code: missing ? 'missing-key' : 'wrong-value',
        place: document.placeOf(path),
        message: missing ? `${name} is missing` : `${name} is ${show(value)}`,
        expected: expectation(issue),
        nextStep:
          nearValue === null
            ? missing
              ? `Add ${name}`
              : 'Correct the value'
            : `Did you mean "${nearValue}"?`,
      },
    ];
  });

const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_value':
      return `one of ${issue.values.map(String).join(', ')}`;
    case 'invalid_type':
      return issue.expected;
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}`;
    case 'too_big':
      return `${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
    default:
      return issue.message;
  }
};
