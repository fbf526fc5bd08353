import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { compileSchema } from '../../src/assertions/json-schema.ts';

const name = fc.constantFrom('a', 'b', 'n_1', 'pattern');
const pattern = fc.constantFrom('^a', 'b$', '^n_', '[0-9]+', '^[a-z]+$');
const small = fc.integer({ min: 0, max: 3 });

const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.boolean(),
    fc.record({ type: fc.constantFrom('string', 'number', 'integer', 'object', 'array', 'boolean', 'null') }),
    fc.record({ pattern, minLength: small }, { requiredKeys: [] }),
    fc.record(
      { minimum: small, exclusiveMaximum: small, multipleOf: fc.constantFrom(1, 2, 0.5) },
      { requiredKeys: [] },
    ),
    fc.record({ enum: fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 3 }) }),
    fc.record(
      {
        properties: fc.dictionary(name, tie('schema'), { maxKeys: 3 }),
        patternProperties: fc.dictionary(pattern, tie('schema'), { maxKeys: 2 }),
        additionalProperties: tie('schema'),
        required: fc.uniqueArray(name, { maxLength: 2 }),
        propertyNames: fc.record({ pattern }),
        maxProperties: small,
      },
      { requiredKeys: [] },
    ),
    fc.record(
      {
        items: tie('schema'),
        prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
        uniqueItems: fc.boolean(),
        maxItems: small,
      },
      { requiredKeys: [] },
    ),
    // By itself: beside prefixItems, ajv lets an empty list contain anything.
    fc.record({ contains: fc.record({ type: fc.constantFrom('string', 'number', 'object') }) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record(
      { allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }), pattern, not: tie('schema') },
      { requiredKeys: ['allOf'] },
    ),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record(
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      { if: tie('schema'), then: tie('schema'), else: tie('schema') },
      { requiredKeys: ['if', 'then'] },
    ),
  ),
}));

const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, '', 'a', 'ab', 'n_1', 'xyz1', 0, 1, 2, 2.5, -1),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
}));

/** The most used validator is the peer that nobody here wrote. */
test('a schema accepts what ajv accepts', () => {
  const ajv = new Ajv2020({ strict: false, logger: false });
  let accepted = 0;
  fc.assert(
    fc.property(schema, fc.array(value, { minLength: 5, maxLength: 15 }), (generated, values) => {
      // As it comes from a file: plain objects, no -0.
      const one: unknown = JSON.parse(JSON.stringify(generated));
      const ours = compileSchema(one);
      if ('problem' in ours) throw new Error(ours.problem.message);
      const theirs = ajv.compile(one as object | boolean);
      for (const item of JSON.parse(JSON.stringify(values)) as unknown[]) {
        const fits = ours.validate(item).length === 0;
        if (fits) accepted++;
        expect({ item, fits }).toEqual({ item, fits: theirs(item) });
      }
      ajv.removeSchema();
    }),
    { numRuns: 400 },
  );
  expect(accepted).toBeGreaterThan(100);
});
