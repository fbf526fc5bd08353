import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { parse } from 'yaml';
import { schemas } from '../scripts/generate-schema.ts';
import { broken, cell, grid, passing, run, tried } from './reports/results.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The schema as it is published, in another validator than the program's own. */
const published = (name: string): ValidateFunction => {
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictTuples: false, allErrors: true });
  (ajvFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  return ajv.compile(JSON.parse(read(`schema/${name}`)) as object);
};

const problems = (validate: ValidateFunction, value: unknown): string[] => {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
};

describe('schema/', () => {
  test('holds exactly what is generated (`npm run schema`)', () => {
    const generated = schemas();
    expect(readdirSync(join(root, 'schema')).toSorted()).toEqual(Object.keys(generated).toSorted());
    for (const [name, text] of Object.entries(generated))
      expect([name, read(`schema/${name}`) === text]).toEqual([name, true]);
  });
});

describe('assay.schema.json', () => {
  const validate = published('assay.schema.json');
  const examples = readdirSync(join(root, 'examples')).map((name) => `examples/${name}/assay.yml`);

  test.each([
    '__tests__/fixtures/config/full.assay.yml',
    '.github/assay.yml',
    ...examples,
  ])('accepts %s', (path) => {
    expect(problems(validate, parse(read(path)))).toEqual([]);
  });

  test.each([
    ['a typo', { gate: { brokn: 'block' } }],
    ['an unknown word', { gate: { broken: 'blok' } }],
    ['a share without its sign', { gate: { coverage: 95 } }],
    ['a key at the wrong place', { regression: { margin: '2%' } }],
    ['text for a number', { budget: { usd: 'two' } }],
    ['a provider without an id', { providers: [{ label: 'haiku' }] }],
  ])('refuses %s', (_what, policy) => {
    expect(problems(validate, policy)).not.toEqual([]);
  });

  test.each([
    ['nothing', {}],
    ['shares in both spellings', { gate: { coverage: 0.9, passRate: { min: '95%' }, regression: 'off' } }],
    ['its own address', { $schema: './assay.schema.json' }],
  ])('accepts %s', (_what, policy) => {
    expect(problems(validate, policy)).toEqual([]);
  });
});

describe('results.schema.json', () => {
  const validate = published('results.schema.json');
  const flaky = cell({ change: 'flaky', candidate: tried('Hello', 2, 3) });
  const results = {
    'a green run': run({ cells: grid(['haiku', 'gpt-5-mini'], { support: 4, triage: 2 }) }),
    'a red run': run({ cells: [broken(), cell(), flaky] }),
    'a run of the head alone': run({
      cells: [cell({ baseline: null, semantic: null, change: 'added' })],
      base: null,
    }),
    'an empty run': run({ cells: [] }),
    'an answer without numbers': run({
      cells: [cell({ candidate: passing('Hi', { latencyMs: null, costUsd: null, tokens: null }) })],
    }),
  };

  test.each(Object.entries(results))('accepts %s', (_what, result) => {
    expect(problems(validate, JSON.parse(JSON.stringify(result)))).toEqual([]);
  });

  test('refuses an unknown outcome, another version, and a missing list', () => {
    const { cells: _cells, ...rest } = results['a green run'];
    const wrong = [
      { ...results['a green run'], schema: 2 },
      { ...results['a green run'], verdict: { outcome: 'ok', reasons: [] } },
      rest,
    ];
    for (const result of wrong) expect(problems(validate, result)).not.toEqual([]);
  });
});
