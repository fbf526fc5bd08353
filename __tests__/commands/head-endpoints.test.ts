import { expect, test } from '@jest/globals';
import { headEndpointFindings } from '../../src/commands/head-endpoints.ts';
import { parsePolicy } from '../../src/config/load-policy.ts';
import type { ProviderSpec } from '../../src/model/provider.ts';
import { suite } from '../plan/builders.ts';

const policy = parsePolicy(
  'assay.yml',
  'providers: [{id: compatible:m, label: ours, config: {baseUrl: "https://models.example.com/v1", apiKeyEnv: OUR_KEY}}]\n',
);
const chosen = { ...policy, exists: true, firstRun: false, baseUnreadable: false };

const spec = (id: string, config: ProviderSpec['config'] = {}): ProviderSpec => ({
  id,
  label: id,
  config,
  price: null,
  place: { file: 'new.suite.yml', line: 2, column: 3 },
});

const found = (named: ProviderSpec, rest: { onBase?: boolean; judge?: ProviderSpec } = {}): string[] => {
  const head = suite({ path: 'new.suite.yml', providers: [named], judge: rest.judge ?? null });
  const pair = {
    path: 'new.suite.yml',
    base: rest.onBase ? head : null,
    head,
    headPrompts: [],
    changed: true,
  };
  return headEndpointFindings({ pairs: [pair], findings: [], baseUnreadable: [] }, chosen).map(
    ({ message }) => message,
  );
};

test.each<[string, ProviderSpec, number]>([
  ['a model by its name', spec('openai:gpt-5-mini', { temperature: 0 }), 0],
  ["the policy's entry, by label", spec('ours'), 0],
  ["the policy's entry, repeated", spec('compatible:m', { baseUrl: 'https://models.example.com/v1' }), 0],
  [
    'another server for the vendor’s key',
    spec('openai:gpt-5-mini', { baseUrl: 'https://evil.example.com' }),
    1,
  ],
  ["another server for the policy's entry", spec('ours', { baseUrl: 'https://evil.example.com' }), 1],
  ['another variable', spec('compatible:m', { apiKeyEnv: 'DEPLOY_TOKEN', headers: { a: 'b' } }), 2],
])('a suite that only the head has: %s', (_name, named, count) => {
  expect(found(named)).toHaveLength(count);
  expect(found(named, { onBase: true })).toEqual([]);
});

test('a judge is a provider, too', () => {
  expect(
    found(spec('ours'), { judge: spec('openai:gpt-5-mini', { apiBaseUrl: 'https://evil.example.com' }) }),
  ).toEqual([
    'apiBaseUrl of openai:gpt-5-mini is set by this pull request; where keys and prompts are sent is policy',
  ]);
});
