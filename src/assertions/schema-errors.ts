import type { OutputUnit } from '@cfworker/json-schema';
import { quote, shorten } from './wording.ts';

/** These only say that something below them is wrong. */
const containers = new Set([
  '$ref',
  '$recursiveRef',
  'properties',
  'patternProperties',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'dependentSchemas',
  'items',
  'prefixItems',
  'additionalItems',
  'unevaluatedItems',
  'allOf',
  'if',
]);

/** The validator's sentences in ours; the first that fits speaks. */
const phrases: readonly [RegExp, string][] = [
  [/^Instance type "(.+?)" is invalid\. Expected "(.+)"\.$/s, 'must be $2, is $1'],
  [/^Instance does not have required property "(.*)"\.$/s, 'must have "$1"'],
  [/^Instance does not match any of (.*)\.$/s, 'must be one of $1'],
  [/^Instance does not match any subschemas\.$/, 'fits none of anyOf'],
  [
    /^Instance does not match exactly one subschema \((\d+) matches\)\.$/,
    'must fit exactly one of oneOf, fits $1',
  ],
  [/^Instance matched "not" schema\.$/, 'must not fit the schema under `not`'],
  [/^Instance does not match (.*)\.$/s, 'must be $1'],
  [/^False boolean schema\.$/, 'is not allowed'],
  [/^String does not match format "pattern (.*)"\.$/s, 'must match the pattern $1'],
  [/^String does not match format "format (.*)"\.$/s, 'must be a valid $1'],
  [/^(\S+) is less than (.+)\.$/, 'must be at least $2, is $1'],
  [/^(\S+) is greater than (.+)\.$/, 'must be at most $2, is $1'],
];

const exclusive: readonly [RegExp, string][] = [
  [/^(\S+) is less than (.+)\.$/, 'must be above $2, is $1'],
  [/^(\S+) is greater than or equal to (.+)\.$/, 'must be below $2, is $1'],
];

const phrase = ({ keyword, error }: OutputUnit): string => {
  const table = keyword.startsWith('exclusive') ? exclusive : phrases;
  for (const [pattern, words] of table) {
    if (pattern.test(error)) return error.replace(pattern, words);
  }
  return error
    .replace(/^(Instance|Array|String) (is |has )?/, (_all, _what, verb: string) => verb ?? '')
    .replace(/\.$/, '');
};

/** `#/items/0/unit price` → `$.items[0]["unit price"]` */
const pathOf = (pointer: string): string => {
  const steps = pointer
    .slice(2)
    .split('/')
    .filter((step) => step !== '')
    .map((step) => decode(step).replaceAll('~1', '/').replaceAll('~0', '~'));
  const shown = steps.map((step) =>
    /^\d+$/.test(step)
      ? `[${step}]`
      : /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(step)
        ? `.${step}`
        : `[${quote(step, 40)}]`,
  );
  return `$${shorten(shown.join(''), 120)}`;
};

const decode = (step: string): string => {
  try {
    return decodeURI(step);
  } catch {
    return step;
  }
};

/** What is wrong, one sentence each, at most three: `$.amount: must be number, is string`. */
export const schemaErrors = (errors: readonly OutputUnit[]): readonly string[] => {
  const telling = errors.filter(({ keyword }) => !containers.has(keyword));
  const shown = (telling.length > 0 ? telling : errors).map(
    (unit) => `${pathOf(unit.instanceLocation)}: ${shorten(phrase(unit), 160)}`,
  );
  const distinct = [...new Set(shown)];
  return distinct.length > 3 ? [...distinct.slice(0, 3), `and ${distinct.length - 3} more`] : distinct;
};
