import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compilePattern, type LinearPattern, maxCharacters } from '../../src/assertions/linear-pattern.ts';
import { compileSchema } from '../../src/assertions/json-schema.ts';
import { readJudgement } from '../../src/assertions/judgement.ts';
import { assertionTypes } from '../../src/assertions/kinds.ts';
import { listOf, splitList } from '../../src/assertions/text-value.ts';
import { validateAssertions } from '../../src/assertions/validate.ts';
import type { Assertion } from '../../src/model/suite.ts';
import slowPatterns from '../fixtures/assertions/slow-patterns.json' with { type: 'json' };
import { assertion, caseOf, checkText, judgeOf } from './builders.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        '\\',
        '{{',
        '}}',
        ',',
        'a',
        '1',
        '\n',
        '```',
        '(',
        '?',
        '*',
        '{"a":1}',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
  fc.json({ maxDepth: 4 }),
);
const value = fc.oneof(
  hostile,
  fc.array(hostile, { maxLength: 4 }),
  fc.jsonValue({ maxDepth: 3 }),
  fc.constant(undefined),
);

/** The result, or the name of a declared error; anything else is thrown. */
const resultOf = async (text: string, one: Assertion, reply: string): Promise<boolean | string> => {
  const context = { judge: async () => judgeOf(reply, reply), vars: {} };
  try {
    return (await checkText(text, one, { context })).pass;
  } catch (error) {
    const { name } = error as Error;
    if (name === 'AssertionError' || name === 'JudgeError') return name;
    throw error;
  }
};

describe('any assertion on any text', () => {
  test.each(
    assertionTypes,
  )('%s decides or throws a declared error, and not- is its complement', async (type) => {
    await fc.assert(
      fc.asyncProperty(
        hostile,
        value,
        hostile,
        fc.constantFrom(null, 0, 0.5, 1),
        async (text, wanted, reply, threshold) => {
          const one = assertion(type, { value: wanted, threshold });
          const plain = await resultOf(text, one, reply);
          const negated = await resultOf(text, { ...one, negated: true }, reply);
          expect(negated).toBe(typeof plain === 'boolean' ? !plain : plain);
          // What validation lets pass has a value that can be used.
          const templated = [wanted]
            .flat()
            .some((item) => typeof item === 'string' && /\{\{|\{%|\{#/.test(item));
          const errors = validateAssertions(caseOf([one])).filter(({ severity }) => severity === 'error');
          if (plain === true && !templated) expect(errors).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('only a judgement in the asked shape is read as one', () => {
    fc.assert(
      fc.property(hostile, hostile, (reply, judged) => {
        const read = readJudgement(reply, judged);
        if (read.ok) expect(Number.isFinite(read.judgement.score)).toBe(true);
      }),
    );
    fc.assert(
      fc.property(
        fc.string(),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.boolean(),
        (reason, score, pass) => {
          expect(readJudgement(JSON.stringify({ reason, score, pass }), '')).toEqual({
            ok: true,
            judgement: { reason, score, pass },
          });
        },
      ),
    );
  });
});

describe('a list in one text', () => {
  test.each<[string, string[]]>([
    ['a, b ,c', ['a', 'b', 'c']],
    ['"a, b", c', ['a, b', 'c']],
    ['"say ""hi""", c', ['say "hi"', 'c']],
    ['say "hi", c', ['say "hi"', 'c']],
    ['"open, c', ['"open', 'c']],
    ['"a" b, c', ['"a" b', 'c']],
    [',, a,', ['a']],
    ['', []],
  ])('%s', (text, fields) => {
    expect(splitList(text)).toEqual(fields);
  });

  test('reads back every list of texts that is written as CSV', () => {
    const fields = fc.array(fc.string({ minLength: 1 }), { minLength: 1 });
    fc.assert(
      fc.property(fields, (list) => {
        const written = list.map((field) => `"${field.replaceAll('"', '""')}"`).join(', ');
        expect(listOf(written)).toEqual(list);
      }),
    );
  });
});

/** `boolean` for a decision, the error's code for a text that is too long for the pattern. */
const testOrCode = (pattern: LinearPattern, text: string): unknown => {
  try {
    return typeof pattern.test(text);
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
};

describe('patterns that make other engines hang', () => {
  const attacks = ['a', '0', ' ', 'ab', 'a ', '=', '<', 'x,'].map(
    (piece) => `${piece.repeat(Math.ceil(100_000 / piece.length))}!`,
  );

  test('there are a hundred', () => {
    expect(new Set(slowPatterns).size).toBeGreaterThanOrEqual(100);
  });

  test.each(slowPatterns)('%s', (source) => {
    const pattern = compilePattern(source);
    if ('problem' in pattern) throw new Error(pattern.problem.message);
    for (const text of attacks) expect(['boolean', 'not-measured']).toContain(testOrCode(pattern, text));
  });

  test('a pattern too large for a text is an error, not a long wait', () => {
    const pattern = compilePattern('(?:.{0,500}){2}[qr]');
    if ('problem' in pattern) throw new Error(pattern.problem.message);
    expect(pattern.test('a'.repeat(1_000))).toBe(false);
    expect(() => pattern.test('a'.repeat(100_000))).toThrow(/looks at \d+ at most/);
    const small = compilePattern('a');
    if ('problem' in small) throw new Error(small.problem.message);
    expect(small.test('a'.repeat(maxCharacters))).toBe(true);
    expect(() => small.test('a'.repeat(maxCharacters + 1))).toThrow(/262144 at most/);
    expect(compilePattern('(?:a{1,1000}){1}(?:b{1,1000})(?:c{1,1000})')).toHaveProperty('problem');
  });

  test('any text compiles or is a problem, as a pattern and as a schema', () => {
    fc.assert(
      fc.property(hostile, (source) => {
        compilePattern(source);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue(), (schema, instance) => {
        const compiled = compileSchema(schema);
        if (!('problem' in compiled)) compiled.validate(instance);
      }),
    );
  });
});
