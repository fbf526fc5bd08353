import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGitHubClient } from '../github/client.ts';
import { failsJob, readInputs } from '../github/inputs.ts';
import { readTrigger } from '../github/trigger.ts';
import { type Finding, formatFinding, UserError } from '../model/errors.ts';
import { exitCodes } from '../model/run.ts';
import { openRepository } from '../repo/repository.ts';
import { eventCommand } from './event-command.ts';
import { eventSides } from './event-sides.ts';
import type { Started } from './publish-result.ts';
import { prepareFolder } from './report-folder.ts';
import { runTest } from './test.ts';
import { defaultTestOptions } from './test-options.ts';
import type { World } from './world.ts';

/** An input as the runner gives it: `INPUT_` and the name, spaces as `_`, hyphens kept. */
const inputOf =
  (env: World['env']) =>
  (name: string): string =>
    (env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] ?? '').trim();

const readEvent = async (env: World['env']): Promise<unknown> => {
  const path = env['GITHUB_EVENT_PATH'];
  if (!path) return {};
  const text = await readFile(path, 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return {};
  }
};

const start = async (world: World): Promise<Started> => {
  const trigger = readTrigger(world.env, await readEvent(world.env));
  const inputs = readInputs(inputOf(world.env));
  const { owner, repo } = trigger.repository;
  const token = inputs.token;
  const client =
    token === null || owner === ''
      ? null
      : createGitHubClient({ token, apiUrl: trigger.apiUrl, owner, repo });
  return { trigger, inputs, client };
};

/** The Action from event to exit code: read the event, run, publish, and let the job fail as the verdict says. */
export const runAction = async (world: World): Promise<number> => {
  let started: Started | null = null;
  try {
    started = await start(world);
    eventCommand(started.trigger, started.inputs);
    return await testOnEvent(started, world);
  } catch (error) {
    const findings = error instanceof UserError ? error.findings : [bug(error)];
    world.stderr(`${findings.map(formatFinding).join('\n')}\n`);
    if (!(error instanceof UserError) && error instanceof Error) world.stderr(`${error.stack ?? ''}\n`);
    // Where the inputs are wrong themselves, their safe part still says where to report.
    const { publishError } = await import('./publish-result.ts');
    await softly(world, publishError(started ?? (await startWithoutInputs(world)), findings, world));
    return error instanceof UserError ? 3 : 70;
  }
};

/** What is left on GitHub explains the verdict; failing to leave it never changes it. */
const softly = async (world: World, work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    world.stderr(
      `The reports were not published: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
};

const startWithoutInputs = async (world: World): Promise<Started | null> => {
  const env = Object.fromEntries(
    Object.entries(world.env).filter(
      ([name]) => !name.startsWith('INPUT_') || /^INPUT_(GITHUB-)?TOKEN$/.test(name),
    ),
  );
  return start({ ...world, env }).catch(() => null);
};

const bug = (error: unknown): Finding => ({
  severity: 'error',
  code: 'bug',
  place: null,
  message: `Assay broke: ${error instanceof Error ? error.message : String(error)}`,
  nextStep: 'Nothing was judged, so that the check fails. Please report it',
});

const testOnEvent = async ({ trigger, inputs, client }: Started, world: World): Promise<number> => {
  const cwd = join(world.env['GITHUB_WORKSPACE'] ?? world.cwd, inputs.workingDirectory);
  const repository = await openRepository(cwd, world.env);
  await prepareFolder(join('.assay', 'out'), cwd);
  const sides = await eventSides(repository, client, trigger, inputs.base);
  const { result, cancelled } = await runTest(
    {
      ...defaultTestOptions,
      sides,
      suite: inputs.suite,
      maxUsd: inputs.maxUsd,
      maxCalls: inputs.maxCalls,
      cache: inputs.cache !== 'off',
      untrustedHead: trigger.kind === 'pullRequest' || trigger.kind === 'mergeGroup',
      config: inputs.config,
      withoutKeys: trigger.kind === 'pullRequest' && trigger.fromFork,
    },
    { ...world, cwd },
  );
  const { publishResult } = await import('./publish-result.ts');
  await softly(world, publishResult({ trigger, inputs, client }, result, { ...world, cwd }));
  if (cancelled) return 130;
  const { outcome } = result.verdict;
  return failsJob(outcome, inputs.failOn) ? exitCodes[outcome] : 0;
};
