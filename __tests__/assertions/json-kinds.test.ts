import { describe, expect, test } from '@jest/globals';
import { findJson, gaveUp } from '../../src/assertions/find-json.ts';
import { compileSchema } from '../../src/assertions/json-schema.ts';
import { assertion, checkText } from './builders.ts';

const order = {
  type: 'object',
  required: ['id', 'amount'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^A-\\d+$' },
    amount: { type: 'number', minimum: 0, maximum: 100 },
    currency: { enum: ['EUR', 'USD'] },
    items: { type: 'array', items: { type: 'object', properties: { 'unit price': { type: 'number' } } } },
    mail: { type: 'string', format: 'email' },
  },
};

describe('is-json', () => {
  test.each<[string, unknown, string, boolean, string]>([
    ['is-json', undefined, ' {"a": 1} ', true, 'is JSON'],
    ['is-json', undefined, '[1, 2]', true, 'is JSON'],
    ['is-json', undefined, '', false, 'is not JSON: the answer is empty'],
    ['is-json', undefined, 'Sure! {"a": 1}', false, 'is not JSON: it begins with "Sure! {"a": 1}"'],
    [
      'is-json',
      undefined,
      '```json\n{}\n```',
      false,
      'is not JSON: it stands in a code fence (`contains-json` looks inside)',
    ],
    ['not-is-json', undefined, '{}', false, 'is JSON, which was not expected'],
    ['not-is-json', undefined, 'no', true, 'is not JSON: it begins with "no"'],
    ['is-json', order, '{"id":"A-1","amount":5}', true, 'is JSON that fits the schema'],
    ['is-json', order, '{"id":"A-1","amount":"5"}', false, '$.amount: must be number, is string'],
    ['is-json', order, '{"id":"A-1"}', false, '$: must have "amount"'],
    ['is-json', order, '{"id":"x","amount":5}', false, '$.id: must match the pattern ^A-\\d+$'],
    ['is-json', order, '{"id":"A-1","amount":500}', false, '$.amount: must be at most 100, is 500'],
    ['is-json', order, '{"id":"A-1","amount":5,"note":""}', false, '$.note: is not allowed'],
    [
      'is-json',
      order,
      '{"id":"A-1","amount":5,"currency":"GBP"}',
      false,
      '$.currency: must be one of ["EUR","USD"]',
    ],
    [
      'is-json',
      order,
      '{"id":"A-1","amount":5,"items":[{"unit price":"1"}]}',
      false,
      '$.items[0]["unit price"]: must be number, is string',
    ],
    ['is-json', order, '{"id":"A-1","amount":5,"mail":"nobody"}', false, '$.mail: must be a valid email'],
    ['is-json', 'type: object\nrequired: [a]', '{"b":1}', false, '$: must have "a"'],
    ['is-json', '{"type": "array"}', '{}', false, '$: must be array, is object'],
    ['not-is-json', { type: 'array' }, '{}', true, '$: must be array, is object'],
    ['contains-json', undefined, 'Here: {"a": {"b": 1}} ok', true, 'contains JSON'],
    ['contains-json', undefined, 'See [1] and [link](x)', false, 'contains no JSON'],
    ['contains-json', undefined, 'a list: [{"a": 1}]', true, 'contains JSON'],
    ['contains-json', { type: 'array' }, 'numbers [1, 2]', true, 'contains JSON that fits the schema'],
    [
      'contains-json',
      { required: ['b'] },
      'x {"a": 1} y {"b": 2}',
      true,
      'contains JSON that fits the schema',
    ],
    ['contains-json', { required: ['b'] }, 'x {"a": 1} y', false, 'contains JSON, but $: must have "b"'],
    ['not-contains-json', undefined, 'a {"x": 1}', false, 'contains JSON, which was not expected'],
    ['not-contains-json', undefined, 'none', true, 'contains no JSON'],
  ])('%s %j on %j: %s', async (type, value, text, pass, reason) => {
    const check = await checkText(text, assertion(type, { value }));
    expect({ pass: check.pass, reason: check.reason }).toEqual({ pass, reason });
  });

  test('text above the cap is not measured, and does not pass', async () => {
    await expect(checkText(`"${'a'.repeat(300_000)}"`, assertion('is-json'))).rejects.toMatchObject({
      code: 'not-measured',
    });
  });

  test('a value nested deeper than the interpreter can follow is an error, not a crash', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const value = {
      $ref: '#/$defs/tree',
      $defs: { tree: { type: 'array', items: { $ref: '#/$defs/tree' } } },
    };
    await expect(checkText(deep, assertion('is-json', { value }))).rejects.toMatchObject({
      code: 'not-measured',
    });
  });
});

describe('JSON found in text', () => {
  test.each<[string, object[]]>([
    ['', []],
    ['{"a": "}"} tail', [{ a: '}' }]],
    ['{"a": [{"b": 1}]}', [{ a: [{ b: 1 }] }, [{ b: 1 }], { b: 1 }]],
    ['{broken {"a": 1}', [{ a: 1 }]],
    ['{"a" {"b": "c\\"}"}', [{ b: 'c"}' }]],
  ])('%s', (text, expected) => {
    expect([...findJson(text)]).toEqual(expected);
  });

  test.each([
    '['.repeat(200_000),
    '{"'.repeat(100_000),
    '[{'.repeat(100_000),
    '["['.repeat(80_000),
    '{ '.repeat(120_000),
  ])('a wall of brackets ends the search', (text) => {
    const found = [...findJson(text)];
    expect(found.filter((value) => value !== gaveUp)).toEqual([]);
  });

  test('the assertion then is an error, also when it is negated', async () => {
    const wall = assertion('not-contains-json');
    await expect(checkText('['.repeat(200_000), wall)).rejects.toMatchObject({ code: 'not-measured' });
  });
});

const compiled = (schema: unknown) => {
  const result = compileSchema(schema);
  if ('problem' in result) throw new Error(result.problem.message);
  return result;
};

describe('a JSON Schema', () => {
  test.each<[unknown, string]>([
    [5, 'the schema is no object'],
    [{ type: 'strng' }, 'the schema\'s `type` is "strng"'],
    [{ properties: { a: { required: true } } }, "the schema's `properties.a.required` is true"],
    [{ properties: [] }, "the schema's `properties` is []"],
    [{ minLength: -1 }, "the schema's `minLength` is -1"],
    [{ $ref: '#/$defs/none' }, 'the schema\'s $ref "#/$defs/none" leads nowhere within it'],
    [
      { $ref: 'https://example.com/other.json' },
      'the schema\'s $ref "https://example.com/other.json" leads nowhere within it',
    ],
    [
      { properties: { a: { pattern: '(' } } },
      'the regular expression "(" does not parse: missing closing ) at character 1 ("(")',
    ],
    [
      { pattern: '(?=a)' },
      'the regular expression "(?=a)" has a lookahead `(?=` at character 1, which is unsupported by the linear engine',
    ],
    [
      { patternProperties: { '(a)\\1': {} } },
      'the regular expression "(a)\\1" has a back-reference `\\1` at character 4, which is unsupported by the linear engine',
    ],
  ])('%j is refused', (schema, message) => {
    const result = compileSchema(schema);
    expect('problem' in result ? result.problem.message : null).toBe(message);
  });

  test('that refers to itself without end is refused', () => {
    expect(compileSchema({ $ref: '#' })).toHaveProperty('problem');
  });

  test('a misspelt keyword is a warning, an unknown one of another tool is not', () => {
    expect(compiled({ requierd: ['a'] }).warnings).toMatchObject([
      { code: 'unknown-schema-keyword', nextStep: 'Did you mean "required"?' },
    ]);
    expect(compiled({ 'x-order': 1, nullable: true }).warnings).toEqual([]);
  });

  test.each<[unknown, unknown, boolean]>([
    [{ properties: { pattern: { type: 'number' } } }, { pattern: 1 }, true],
    [{ properties: { pattern: { type: 'number' } } }, { pattern: 'x' }, false],
    [{ patternProperties: { '^n_': { type: 'number' } }, additionalProperties: false }, { n_a: 1 }, true],
    [{ patternProperties: { '^n_': { type: 'number' } }, additionalProperties: false }, { n_a: 'x' }, false],
    [{ patternProperties: { '^n_': { type: 'number' } }, additionalProperties: false }, { m_a: 1 }, false],
    [{ patternProperties: { a: { type: 'number' }, b: { minimum: 5 } } }, { ab: 1 }, false],
    [{ patternProperties: { a: { type: 'number' }, b: { minimum: 5 } } }, { ab: 6 }, true],
    [{ patternProperties: { '^\\(a\\|b\\)$': false } }, { '(a|b)': 1 }, false],
    [{ patternProperties: { '^\\(a\\|b\\)$': false } }, { a: 1, b: 2 }, true],
    [{ propertyNames: { pattern: '^[a-z]+$' } }, { abc: 1 }, true],
    [{ propertyNames: { pattern: '^[a-z]+$' } }, { Abc: 1 }, false],
    [{ allOf: [{ minLength: 2 }], pattern: '^a', format: 'date' }, 'abc', false],
    [{ allOf: [{ minLength: 2 }], pattern: '^2', format: 'date' }, '2026-11-23', true],
    [{ not: { pattern: 'a' } }, 'b', true],
    [{ anyOf: [{ pattern: '^a' }, { pattern: 'z$' }] }, 'xyz', true],
    [{ format: 'uri' }, 'https://example.com/a', true],
    [{ format: 'uri' }, 'example', false],
    [{ format: 'unheard-of' }, 'anything', true],
    [{ uniqueItems: true }, [1, 2, 1], false],
    [{ $schema: 'http://json-schema.org/draft-04/schema#', minimum: 1, exclusiveMinimum: true }, 1, false],
    [{ enum: [{ pattern: 'x' }] }, { pattern: 'x' }, true],
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    [{ if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1 }, false],
    [{ $defs: { a: { type: 'string' } }, items: { $ref: '#/$defs/a' } }, ['x', 1], false],
    [{ definitions: { a: { type: 'string' } }, items: { $ref: '#/definitions/a' } }, ['x'], true],
    [true, 1, true],
    [false, 1, false],
  ])('%j on %j: %s', (schema, value, fits) => {
    expect(compiled(schema).validate(value).length === 0).toBe(fits);
  });

  test('the schema itself is left as it was', () => {
    const schema = structuredClone(order);
    compiled(schema).validate({});
    expect(schema).toEqual(order);
  });

  test.each([
    ['a pattern', { pattern: '^(a|a)*$' }, `${'a'.repeat(100_000)}!`],
    ['a property pattern', { patternProperties: { '^(a|a)*$': false } }, { [`${'a'.repeat(100_000)}!`]: 1 }],
    [
      'a referenced dependency',
      { $ref: '#/dependencies/a', dependencies: { a: { pattern: '^(a|a)*$' } } },
      `${'a'.repeat(100_000)}!`,
    ],
    ['a format', { format: 'url' }, `http://${'a'.repeat(100_000)}!`],
    ['a reference', { format: 'uri-reference' }, `${'a:'.repeat(50_000)}^`],
  ])('%s that would hang a backtracking engine is decided', (_name, schema, value) => {
    expect(Array.isArray(compiled(schema).validate(value))).toBe(true);
  });

  test('long lists are not compared item by item', () => {
    const list = Array.from({ length: 6_000 }, (_, index) => index);
    expect(() => compiled({ uniqueItems: true }).validate(list)).toThrow(/checked up to 5000/);
  });
});
