import type { Prompt } from '../../src/model/prompt.ts';
import type { ProviderSpec } from '../../src/model/provider.ts';
import type { Assertion, Case, Suite } from '../../src/model/suite.ts';
import { contentHash } from '../../src/plan/canonical.ts';

const place = { file: 'support.suite.yml', line: 1, column: 1 };

export const assertion = (value: unknown, rest: Partial<Assertion> = {}): Assertion => ({
  type: 'icontains',
  negated: false,
  value,
  threshold: null,
  weight: 1,
  metric: null,
  severity: 'block',
  provider: null,
  rubricPrompt: null,
  config: {},
  place,
  ...rest,
});

export const testCase = (id: string, rest: Partial<Case> = {}): Case => ({
  id,
  description: id,
  vars: { question: id },
  assertions: [assertion('yes')],
  threshold: null,
  tags: [],
  owner: null,
  critical: false,
  severity: 'block',
  repeat: null,
  expectFail: null,
  prompts: null,
  providers: null,
  place,
  ...rest,
});

export const prompt = (id: string, text: string, rest: Partial<Prompt> = {}): Prompt => ({
  id,
  path: id,
  label: id,
  place: { file: id, line: 1, column: 1 },
  syntax: 'jinja',
  messages: [{ role: 'user', content: text, place: { file: id, line: 1, column: 1 } }],
  parameters: {},
  model: null,
  tools: [],
  responseFormat: null,
  version: contentHash(text),
  files: [id],
  ...rest,
});

export const suite = (rest: Partial<Suite> = {}): Suite => ({
  path: 'support.suite.yml',
  name: 'support',
  description: null,
  prompts: [prompt('support.txt', 'Answer {{ question }}')],
  providers: [provider('builtin:extract')],
  cases: [testCase('refund')],
  judge: null,
  repeat: 1,
  files: ['support.suite.yml'],
  ...rest,
});

export const provider = (id: string, label = id): ProviderSpec => ({
  id,
  label,
  config: {},
  price: null,
  place: null,
});
