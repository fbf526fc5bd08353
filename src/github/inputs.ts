import { type Finding, UserError } from '../model/errors.ts';
import { expectedOneOf } from '../model/nearest.ts';
import type { Outcome } from '../model/run.ts';

/** Enumerated inputs: name → allowed words, the default first. action.yml repeats the defaults; a test compares. */
export const inputWords = {
  command: ['auto', 'test', 'plan', 'merge', 'lint'],
  mode: ['live', 'record', 'replay'],
  comment: ['sticky', 'off'],
  annotations: ['on', 'off'],
  artifact: ['on', 'off'],
  cache: ['auto', 'on', 'off'],
  'fail-on': ['needsApproval', 'undecided', 'fail', 'never'],
} as const;

type Word<Name extends keyof typeof inputWords> = (typeof inputWords)[Name][number];

export type FailOn = Word<'fail-on'>;

/** The `with:` of a step, checked. null: not given. */
export type ActionInputs = {
  readonly command: Word<'command'>;
  /** Path of the policy file. */
  readonly config: string | null;
  readonly base: string | null;
  /** Glob of suites. */
  readonly suite: string | null;
  readonly shard: { readonly index: number; readonly of: number } | null;
  readonly mode: Word<'mode'>;
  readonly token: string | null;
  /** Keys comment, check and artifact. */
  readonly id: string;
  readonly comment: Word<'comment'>;
  readonly annotations: Word<'annotations'>;
  readonly artifact: Word<'artifact'>;
  readonly cache: Word<'cache'>;
  readonly stateBranch: string;
  readonly maxUsd: number | null;
  readonly maxCalls: number | null;
  readonly workingDirectory: string;
  readonly failOn: FailOn;
};

/** What a step gets that says nothing: `id` and the branch are names, not words to choose from. */
export const inputDefaults = {
  id: 'assay',
  'state-branch': 'assay-state',
  'working-directory': '.',
} as const;

/**
 * Reads and checks the inputs of the Action; `getInput` returns '' for what is not given, as @actions/core does.
 * Throws a UserError with one finding for every wrong value.
 */
export const readInputs = (getInput: (name: string) => string): ActionInputs => {
  const findings: Finding[] = [];
  const text = (name: string): string | null => getInput(name).trim() || null;
  const wrong = (name: string, value: string, expected: string): void => {
    findings.push({
      severity: 'error',
      code: 'wrong-input',
      place: null,
      message: `input ${name}: ${JSON.stringify(value.slice(0, 200))} is not allowed`,
      expected,
      nextStep: `Correct \`${name}:\` under \`with:\` of the Assay step`,
    });
  };
  const word = <Name extends keyof typeof inputWords>(name: Name): Word<Name> => {
    const allowed: readonly string[] = inputWords[name];
    const value = text(name) ?? allowed[0] ?? '';
    if (!allowed.includes(value)) wrong(name, value, expectedOneOf(value, allowed));
    return value as Word<Name>;
  };
  const number = (name: string, pattern: RegExp, expected: string): number | null => {
    const value = text(name);
    if (value === null) return null;
    if (!pattern.test(value)) wrong(name, value, expected);
    return Number(value);
  };
  const matching = (name: string, fits: (value: string) => boolean, expected: string): string | null => {
    const value = text(name);
    if (value !== null && !fits(value)) wrong(name, value, expected);
    return value;
  };
  const inputs: ActionInputs = {
    command: word('command'),
    config: matching('config', staysInside, insideRepository),
    base: matching('base', isRevision, 'a branch, a tag, a commit, or none'),
    suite: matching('suite', staysInside, 'a glob of suite files, relative to the repository'),
    shard: readShard(matching('shard', isShard, 'a shard such as 2/4: the second of four')),
    mode: word('mode'),
    token: text('github-token') ?? text('token'),
    id:
      matching('id', isId, 'up to 64 letters, digits, dots, underscores or single hyphens') ??
      inputDefaults.id,
    comment: word('comment'),
    annotations: word('annotations'),
    artifact: word('artifact'),
    cache: word('cache'),
    stateBranch:
      matching('state-branch', isRevision, 'the name of a branch') ?? inputDefaults['state-branch'],
    maxUsd: number('max-usd', /^\d{1,9}(\.\d+)?$/, 'an amount in US dollars such as 2 or 0.50'),
    maxCalls: number('max-calls', /^\d{1,9}$/, 'a whole number of calls such as 5000'),
    workingDirectory:
      matching('working-directory', staysInside, insideRepository) ?? inputDefaults['working-directory'],
    failOn: word('fail-on'),
  };
  if (findings.length > 0) throw new UserError(findings);
  return inputs;
};

const insideRepository = 'a path relative to the repository that does not leave it';

const staysInside = (path: string): boolean =>
  !/^([/\\]|[A-Za-z]:)|[\0\r\n]/.test(path) && !path.split(/[/\\]/).includes('..');

const isRevision = (value: string): boolean => /^[^-\s\0~:?*[\\][^\s\0:?*[\\]*$/.test(value);

/** It stands in a hidden comment, which two dashes would end. */
const isId = (value: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value) && !value.includes('--');

const isShard = (value: string): boolean => {
  const shard = readShard(value);
  return shard !== null && shard.index >= 1 && shard.index <= shard.of && shard.of <= 256;
};

const readShard = (value: string | null): { index: number; of: number } | null => {
  const match = /^(\d{1,3})\/(\d{1,3})$/.exec(value ?? '');
  return match ? { index: Number(match[1]), of: Number(match[2]) } : null;
};

/** From the mildest bad outcome to the worst. */
const mildestFirst: readonly Outcome[] = ['needsApproval', 'undecided', 'fail'];

/** Whether an outcome fails the job: `fail-on` names the mildest that does. A pass never does. */
export const failsJob = (outcome: Outcome, failOn: FailOn): boolean =>
  outcome !== 'pass' && failOn !== 'never' && mildestFirst.indexOf(outcome) >= mildestFirst.indexOf(failOn);
