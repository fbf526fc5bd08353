import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { updateReadme } from '../../scripts/update-readme.ts';
import { exitCodes, signs } from '../../src/model/run.ts';
import { root } from './markdown.ts';

type ActionFile = Parameters<typeof updateReadme>[1] & { runs: { using: string; main: string } };

const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as ActionFile;
const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('README.md', () => {
  test('has the tables that its sources say (`npm run docs`)', () => {
    const fresh = updateReadme(readme, action);
    const missing = fresh.split('\n').filter((line) => !readme.includes(line));
    expect({ missing, upToDate: fresh === readme }).toEqual({ missing: [], upToDate: true });
  });

  test('has the exit codes and signs of the program', () => {
    const rows = new Map(
      [...readme.matchAll(/^\| (\d+) \| (.+) \|$/gm)].map((match) => [Number(match[1]), match[2] ?? '']),
    );
    expect(rows.get(exitCodes.pass)).toContain(`${signs.pass} pass`);
    expect(rows.get(exitCodes.fail)).toContain(`${signs.fail} fail`);
    expect(rows.get(exitCodes.undecided)).toContain(`${signs.undecided} undecided`);
    expect(rows.get(exitCodes.needsApproval)).toContain(`${signs.needsApproval} needs approval`);
  });
});

/** What workflows rely on: these names never change their meaning, and none goes away. */
const inputs = [
  'command',
  'config',
  'base',
  'suite',
  'shard',
  'mode',
  'token',
  'github-token',
  'id',
  'comment',
  'annotations',
  'artifact',
  'cache',
  'state-branch',
  'max-usd',
  'max-calls',
  'working-directory',
  'fail-on',
];
const outputs = [
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
];

describe('action.yml', () => {
  test('has the inputs and outputs that workflows rely on', () => {
    expect(Object.keys(action.inputs).toSorted()).toEqual(inputs.toSorted());
    expect(Object.keys(action.outputs).toSorted()).toEqual(outputs.toSorted());
  });

  test('has their defaults', () => {
    const defaults = Object.entries(action.inputs)
      .filter(([, input]) => input.default !== undefined)
      .map(([name, input]) => [name, String(input.default)]);
    expect(Object.fromEntries(defaults)).toMatchObject({
      command: 'auto',
      id: 'assay',
      comment: 'sticky',
      cache: 'auto',
      'fail-on': 'needsApproval',
    });
  });

  test('runs the bundle on Node 24', () => {
    expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  });
});
