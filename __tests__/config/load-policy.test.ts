import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../src/config/load-policy.ts';
import { resolveProvider } from '../../src/config/resolve-providers.ts';
import { defaultPolicy } from '../../src/model/policy.ts';

const complaint = (text: string): string => {
  try {
    parsePolicy('assay.yml', text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no complaint';
};

describe('what is wrong is said with its place, the allowed values and the next step', () => {
  test.each([
    [
      'gate:\n  cofverage: 1\n',
      'assay.yml:2:3: unknown key "cofverage" in gate. Expected one of broken, alreadyFailing, passRate, regression, semantic, coverage, cost, latency, weakened. Did you mean "coverage"?',
    ],
    [
      'gate:\n  broken: blok\n',
      'assay.yml:2:11: gate.broken is "blok". Expected one of block, report, off. Did you mean "block"?',
    ],
    ['budget: {usd: -2}\n', 'assay.yml:1:15: budget.usd is -2. Expected at least 0. Correct the value.'],
    [
      'providers: [{id: a, lable: b}]\n',
      'assay.yml:1:21: unknown key "lable" in providers[0]. Expected one of id, label, config, price. Did you mean "label"?',
    ],
    [
      'trials: {min: 3, max: 2}\n',
      'assay.yml:1:23: trials.max (2) is below trials.min (3). Correct the value.',
    ],
    [
      'quarantine: [{case: a, owner: b, until: 2026-12-20}]\n',
      'assay.yml:1:14: quarantine[0].reason is missing. Expected string. Add quarantine[0].reason.',
    ],
    [
      'suites: prompts/*.yml\n',
      'assay.yml:1:9: suites is "prompts/*.yml". Expected array. Correct the value.',
    ],
    [
      'gate: {passRate: {min: 200%}}\n',
      'assay.yml:1:24: gate.passRate.min is "200%". Expected a share such as 20% or 0.2. Correct the value.',
    ],
  ])('%j', (text, expected) => {
    expect(complaint(text)).toBe(expected);
  });

  test('all of it at once', () => {
    expect(complaint('gate: {broken: blok}\nbudjet: {}\nconcurrency: 0\n').split('\n')).toHaveLength(3);
  });
});

test('an empty file is the default policy', () => {
  expect(parsePolicy('assay.yml', '').policy).toEqual(defaultPolicy());
});

test('the defaults are the published ones', () => {
  const { trials, concurrency, gate, budget } = defaultPolicy();
  expect(trials).toEqual({ min: 1, max: 8 });
  expect(concurrency).toBe(20);
  expect(gate).toEqual({
    broken: 'block',
    alreadyFailing: 'report',
    passRate: { level: 'off', min: 0 },
    regression: { level: 'block', alpha: 0.05, margin: 0.02, mode: 'difference' },
    semantic: 'report',
    coverage: 0.95,
    cost: { level: 'off', maxIncrease: 0.2 },
    latency: { level: 'off', p95MaxIncrease: 0.5 },
    weakened: 'approve',
  });
  expect(budget.pullRequest).toEqual({ usd: null, calls: 20_000, minutes: 30 });
});

test.each([
  ['{usd: 2}', { usd: 2, calls: 20_000, minutes: 30 }],
  [
    '{pullRequest: {usd: 2, calls: 5000, minutes: 20}, month: {usd: 300}}',
    { usd: 2, calls: 5000, minutes: 20 },
  ],
])('budget %s', (text, expected) => {
  expect(parsePolicy('assay.yml', `budget: ${text}`).policy.budget.pullRequest).toEqual(expected);
});

test.each([
  ['20%', 0.2],
  ['0.2', 0.2],
  ['12.5 %', 0.125],
  ['100%', 1],
])('the share %s', (text, value) => {
  expect(parsePolicy('assay.yml', `gate: {coverage: ${text}}`).policy.gate.coverage).toBe(value);
});

test('the policy of the documentation is understood; what has no effect yet is said', () => {
  const text = readFileSync(new URL('../fixtures/config/full.assay.yml', import.meta.url), 'utf8');
  const { policy, providers, warnings } = parsePolicy('assay.yml', text);
  expect(policy.gate.passRate).toEqual({ level: 'block', min: 0.95 });
  expect(providers).toMatchObject([
    { id: 'openai:gpt-5-mini', label: 'openai:gpt-5-mini' },
    { id: 'anthropic:claude-haiku-4-5', label: 'haiku', config: { max_tokens: 800 } },
  ]);
  expect(warnings.map(({ message }) => message.split(':')[0])).toEqual([
    'approvals',
    'override',
    'nightly',
    'drift',
    'history',
    'notify',
    'rollouts',
  ]);
});

describe('a suite names a provider by id or label', () => {
  const entry = {
    id: 'anthropic:claude-haiku-4-5',
    label: 'haiku',
    config: { max_tokens: 800 },
    price: { input: 1, output: 5 },
    place: null,
  };
  const named = (id: string, rest = {}) =>
    resolveProvider({ id, label: id, config: {}, price: null, place: null, ...rest }, [entry]);

  test.each(['haiku', 'anthropic:claude-haiku-4-5'])('%s is that entry', (id) => {
    expect(named(id)).toEqual(entry);
  });

  test('what the suite says wins', () => {
    expect(named('haiku', { label: 'cold', config: { temperature: 0 } })).toMatchObject({
      label: 'cold',
      config: { max_tokens: 800, temperature: 0 },
    });
  });

  test('an unknown one stays as it is', () => {
    expect(named('openai:gpt').id).toBe('openai:gpt');
  });
});
