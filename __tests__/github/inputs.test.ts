import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { failsJob, inputDefaults, inputWords, readInputs } from '../../src/github/inputs.ts';
import { UserError } from '../../src/model/errors.ts';
import { type Outcome, outcomes } from '../../src/model/run.ts';

const read = (given: Record<string, string> = {}) => readInputs((name) => given[name] ?? '');

const messageOf = (given: Record<string, string>): string => {
  try {
    read(given);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return '';
};

describe('inputs', () => {
  test('that are not given have the defaults', () => {
    expect(read()).toEqual({
      command: 'auto',
      config: null,
      base: null,
      suite: null,
      shard: null,
      mode: 'live',
      token: null,
      id: 'assay',
      comment: 'sticky',
      annotations: 'on',
      artifact: 'on',
      cache: 'auto',
      stateBranch: 'assay-state',
      maxUsd: null,
      maxCalls: null,
      workingDirectory: '.',
      failOn: 'needsApproval',
    });
  });

  test('are read as they are written', () => {
    const given = {
      command: ' test ',
      base: 'origin/main~1',
      suite: 'prompts/**/*.suite.yml',
      shard: '2/4',
      'max-usd': '0.50',
      'max-calls': '5000',
      token: 'default',
      'github-token': 'named',
      'fail-on': 'fail',
    };
    expect(read(given)).toMatchObject({
      command: 'test',
      base: 'origin/main~1',
      suite: 'prompts/**/*.suite.yml',
      shard: { index: 2, of: 4 },
      maxUsd: 0.5,
      maxCalls: 5000,
      token: 'named',
      failOn: 'fail',
    });
  });

  test.each([
    ['command', 'tset', 'Did you mean test?'],
    ['mode', 'reply', 'Did you mean replay?'],
    ['comment', 'stick', 'Did you mean sticky?'],
    ['fail-on', 'needs-approval', 'Did you mean needsApproval?'],
    ['cache', 'yes', 'one of auto, on, off'],
    ['annotations', 'true', 'one of on, off'],
    ['shard', '5/4', 'a shard such as 2/4'],
    ['shard', '0/4', 'a shard such as 2/4'],
    ['max-usd', '$2', 'US dollars'],
    ['max-usd', '-1', 'US dollars'],
    ['max-calls', '1e6', 'a whole number'],
    ['id', 'a --> b', 'letters, digits'],
    ['id', 'a--b', 'single hyphens'],
    ['config', '../assay.yml', 'does not leave it'],
    ['working-directory', '/etc', 'does not leave it'],
    ['base', '--upload-pack=x', 'a branch'],
  ])('%s: %s is refused and says what is allowed', (name, value, expected) => {
    const message = messageOf({ [name]: value });
    expect(message).toContain(`input ${name}: ${JSON.stringify(value)}`);
    expect(message).toContain(expected);
  });

  test('that are wrong are all named at once', () => {
    expect(messageOf({ mode: 'x', cache: 'y' }).split('\n')).toHaveLength(2);
  });
});

describe('fail-on', () => {
  const failing = (word: (typeof inputWords)['fail-on'][number]): Outcome[] =>
    outcomes.filter((outcome) => failsJob(outcome, word));
  test.each([
    ['needsApproval', ['fail', 'undecided', 'needsApproval']],
    ['undecided', ['fail', 'undecided']],
    ['fail', ['fail']],
    ['never', []],
  ] as const)('%s fails the job on %j', (word, expected) => {
    expect(failing(word)).toEqual(expected);
  });
});

describe('action.yml', () => {
  type Entry = { description?: string; default?: string; required?: boolean };
  type Action = {
    inputs: Record<string, Entry>;
    outputs: Record<string, Entry>;
    runs: object;
    branding: object;
  };
  const action = parse(readFileSync('action.yml', 'utf8')) as Action;
  const asked = new Set<string>();
  readInputs((name) => {
    asked.add(name);
    return '';
  });

  test('declares exactly the inputs that are read', () => {
    expect(Object.keys(action.inputs).toSorted()).toEqual([...asked].toSorted());
  });

  test('declares the outputs of the contract', () => {
    expect(Object.keys(action.outputs)).toEqual([
      'verdict',
      'pass-rate',
      'broken',
      'fixed',
      'flaky',
      'calls',
      'cost-usd',
      'results',
      'report',
      'comment-url',
      'shards',
      'decision',
      'rollout',
    ]);
  });

  test('says the defaults that the code has', () => {
    const defaults = Object.fromEntries(
      Object.entries(action.inputs).flatMap(([name, { default: value }]) =>
        value === undefined || value.includes('${{') ? [] : [[name, value]],
      ),
    );
    const words = Object.fromEntries(Object.entries(inputWords).map(([name, [first]]) => [name, first]));
    expect(defaults).toEqual({ ...words, ...inputDefaults });
  });

  test('describes everything, requires nothing, runs the bundle on node24', () => {
    for (const entry of Object.values({ ...action.inputs, ...action.outputs })) {
      expect(entry.description).toMatch(/\S{3}/);
      expect(entry.required ?? false).toBe(false);
    }
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
    expect(Object.keys(action.branding)).toEqual(['icon', 'color']);
  });
});
