import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as z from 'zod';
import { suiteFileSchema } from '../../src/prompts/suite-file-schema.ts';

describe('the JSON Schema of a suite', () => {
  const ajv = new Ajv2020({ strict: false });
  (addFormats as unknown as (target: Ajv2020) => void)(ajv);
  const validate = ajv.compile(z.toJSONSchema(suiteFileSchema, { io: 'input' }));

  test.each([
    [{ prompts: ['p.txt'], tests: 't.csv' }, true],
    [
      {
        prompts: ['p.txt', { label: 'x', raw: 'y' }],
        providers: [{ 'openai:x': {} }],
        tests: [{ vars: { q: 1 }, assert: [{ type: 'contains', value: 'x' }] }, 't.csv'],
        scenarios: [],
      },
      true,
    ],
    [{ prompts: ['p.txt'], tests: [{ asert: [] }] }, false],
    [{ prompts: ['p.txt'], tets: [] }, false],
    [{ tests: [] }, false],
    [{ prompts: ['p.txt'], tests: [{ assert: [{ value: 'x' }] }] }, false],
  ])('%j: %s', (document, valid) => {
    expect(validate(document)).toBe(valid);
  });
});
