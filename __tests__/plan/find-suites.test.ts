import { expect, test } from '@jest/globals';
import { filterSuites, findSuites, noSuites, suiteName } from '../../src/plan/find-suites.ts';

const files = [
  'README.md',
  '.github/prompts/hi.prompt.yml',
  'evals/promptfooconfig.yaml',
  'node_modules/x/y.suite.yml',
  'prompts/a/deep.suite.yaml',
  'prompts/support.suite.yml',
  'prompts/support.txt',
];

test('without a policy the usual names are looked for, dependencies left out', () => {
  expect(findSuites(files, [])).toEqual([
    '.github/prompts/hi.prompt.yml',
    'evals/promptfooconfig.yaml',
    'prompts/a/deep.suite.yaml',
    'prompts/support.suite.yml',
  ]);
});

test('globs of the policy are taken literally', () => {
  expect(findSuites(files, ['./prompts/*.suite.yml'])).toEqual(['prompts/support.suite.yml']);
});

test.each([
  ['**', 4],
  ['support', 1],
  ['support.suite.yml', 1],
  ['prompts/**', 2],
  ['evals', 1],
  ['nothing', 0],
])('--suite %s', (glob, count) => {
  expect(filterSuites(findSuites(files, []), glob)).toHaveLength(count);
});

test.each([
  ['prompts/support.suite.yml', 'support'],
  ['.github/prompts/hi.prompt.yml', 'hi'],
  ['evals/promptfooconfig.yaml', 'evals'],
  ['promptfooconfig.yaml', 'promptfooconfig'],
])('%s is called %s', (path, name) => {
  expect(suiteName(path)).toBe(name);
});

test('nothing found says where it looked', () => {
  expect(noSuites([], null).message).toContain('**/promptfooconfig.{yaml,yml}');
  expect(noSuites(['evals/*.yml'], 'assay.yml').message).toMatch(/^assay\.yml:1:1: .*evals\/\*\.yml/);
});
