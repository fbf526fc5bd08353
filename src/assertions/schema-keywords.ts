import { nearest } from '../model/nearest.ts';
import type { Problem } from './assertion-kind.ts';
import { showValue } from './wording.ts';

type Shape = { readonly expected: string; fits(value: unknown): boolean };

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const isSchema = (value: unknown): boolean => typeof value === 'boolean' || isObject(value);

const text: Shape = { expected: 'a text', fits: (value) => typeof value === 'string' };
const texts: Shape = { expected: 'a list of texts', fits: isTexts };
const list: Shape = { expected: 'a list', fits: Array.isArray };
const count: Shape = {
  expected: 'a whole number from 0 on',
  fits: (value) => Number.isInteger(value) && Number(value) >= 0,
};
const number: Shape = { expected: 'a number', fits: (value) => typeof value === 'number' };
/** Draft 4 has a boolean beside `minimum`, later drafts a number. */
const bound: Shape = { expected: 'a number', fits: (value) => ['number', 'boolean'].includes(typeof value) };
const flag: Shape = { expected: 'true or false', fits: (value) => typeof value === 'boolean' };
const any: Shape = { expected: 'anything', fits: () => true };
const schema: Shape = { expected: 'a schema', fits: isSchema };
const schemas: Shape = {
  expected: 'a list of schemas',
  fits: (value) => Array.isArray(value) && value.length > 0 && value.every(isSchema),
};
const schemaMap: Shape = {
  expected: 'an object of schemas',
  fits: (value) => isObject(value) && Object.values(value).every(isSchema),
};

const typeNames: Shape = {
  expected: `one of ${types.join(', ')}, or a list of them`,
  fits: (value) =>
    [value].flat().length > 0 && [value].flat().every((item) => types.includes(item as string)),
};
const items: Shape = {
  expected: 'a schema, or a list of schemas',
  fits: (value) => isSchema(value) || Array.isArray(value),
};
/** The validator does not know it, and what is not known would check nothing. */
const dynamic: Shape = {
  expected: 'a plain `$ref`: dynamic references are not supported',
  fits: () => false,
};
const divisor: Shape = {
  expected: 'a number above 0',
  fits: (value) => typeof value === 'number' && value > 0,
};

/** JSON Schema's keywords (drafts 4 to 2020-12) by what may stand there. */
const keywords: readonly (readonly [Shape, string])[] = [
  [text, '$id id $schema $ref $anchor $comment title description $recursiveRef $dynamicAnchor'],
  [dynamic, '$dynamicRef'],
  [text, 'pattern format contentEncoding contentMediaType'],
  [flag, '$recursiveAnchor deprecated readOnly writeOnly uniqueItems'],
  [any, '$vocabulary default examples const dependentRequired dependencies'],
  [typeNames, 'type'],
  [list, 'enum'],
  [texts, 'required'],
  [schemaMap, 'properties patternProperties dependentSchemas $defs definitions'],
  [
    schema,
    'additionalProperties propertyNames unevaluatedProperties additionalItems unevaluatedItems contains',
  ],
  [schema, 'not if then else'],
  [schemas, 'allOf anyOf oneOf prefixItems'],
  [items, 'items'],
  [count, 'minProperties maxProperties minContains maxContains minItems maxItems minLength maxLength'],
  [number, 'minimum maximum'],
  [bound, 'exclusiveMinimum exclusiveMaximum'],
  [divisor, 'multipleOf'],
];

const known = new Map(
  keywords.flatMap(([shape, names]) => names.split(' ').map((name) => [name, shape] as const)),
);

/**
 * What is wrong with the keywords of one schema object. The standard ignores what it does not know, so that
 * `requierd` checks nothing: a name close to a keyword is worth a warning.
 */
export const keywordProblems = (
  node: Readonly<Record<string, unknown>>,
  path: string,
): { readonly error: Problem | null; readonly warnings: readonly Problem[] } => {
  const warnings: Problem[] = [];
  for (const [keyword, value] of Object.entries(node)) {
    const shape = known.get(keyword);
    const where = path === '' ? keyword : `${path}.${keyword}`;
    if (shape === undefined) {
      const near = nearest(keyword, known.keys());
      if (near !== null)
        warnings.push({
          code: 'unknown-schema-keyword',
          message: `the schema's \`${where}\` is no keyword of JSON Schema and checks nothing`,
          nextStep: `Did you mean "${near}"?`,
        });
    } else if (!shape.fits(value)) {
      const error: Problem = {
        code: 'bad-schema',
        message: `the schema's \`${where}\` is ${showValue(value)}`,
        expected: shape.expected,
        nextStep: 'Correct the schema',
      };
      return { error, warnings };
    }
  }
  return { error: null, warnings };
};
