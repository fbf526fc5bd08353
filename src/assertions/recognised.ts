import type { Assertion } from '../model/suite.ts';
import { kindOf } from './kinds.ts';
import table from './recognised.json' with { type: 'json' };

const known = new Set<string>(table.types);
const instead: Readonly<Record<string, string>> = table.instead;

/** An assertion type of another tool that this version can't check. */
export const isRecognised = (type: string): boolean =>
  known.has(type) || table.prefixes.some((prefix) => type.startsWith(prefix));

/** What to write for a name that no tool has, but people do. */
export const insteadOf = (type: string): string | null =>
  Object.hasOwn(instead, type) ? (instead[type] ?? null) : null;

/** A reference that nobody resolved: the expectation itself is not known. */
const refersToFile = ({ value, rubricPrompt }: Assertion): boolean =>
  [value, rubricPrompt].some((text) => typeof text === 'string' && /^file:\/\//.test(text.trim()));

/** Why this version can't check an assertion that it recognises; null: it can. */
export const unsupportedReason = (assertion: Assertion): string | null => {
  const { type } = assertion;
  if (kindOf(type) === null) return `\`${type}\` is not supported yet`;
  return refersToFile(assertion) ? `\`${type}\` with a file:// reference is not supported yet` : null;
};

/** Whether the case's result depends on it. */
export const isRequired = ({ weight, severity }: Assertion): boolean => weight > 0 && severity === 'block';
