import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createGitHubClient, type GitHubClient } from '../github/client.ts';
import { type ActionInputs, failsJob, readInputs } from '../github/inputs.ts';
import { type PublishedLinks, publishRun, type Rendered, runUrlOf } from '../github/publish.ts';
import { readTrigger, type Trigger } from '../github/trigger.ts';
import { type Finding, formatFinding, UserError } from '../model/errors.ts';
import { exitCodes, type Outcome, type RunResult } from '../model/run.ts';
import { openRepository } from '../repo/repository.ts';
import { renderAnnotations } from '../reports/annotations.ts';
import { renderComment, renderErrorComment } from '../reports/comment.ts';
import { renderErrorSummary, renderSummary } from '../reports/summary.ts';
import { buildView, type ReportLinks } from '../reports/view.ts';
import { eventCommand } from './event-command.ts';
import { eventSides } from './event-sides.ts';
import { runTest } from './test.ts';
import { defaultTestOptions } from './test-options.ts';
import type { World } from './world.ts';
import { writeReports } from './write-reports.ts';

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

/** What is known before the job begins; enough to tell GitHub why it could not. */
type Started = {
  readonly trigger: Trigger;
  readonly inputs: ActionInputs;
  readonly client: GitHubClient | null;
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
    await publishError(started ?? (await startWithoutInputs(world)), findings, world);
    return error instanceof UserError ? 3 : 70;
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

const linksOf = (trigger: Trigger, published: PublishedLinks | null): ReportLinks => {
  const { owner, repo } = trigger.repository;
  return {
    repositoryUrl: trigger.serverUrl === '' || owner === '' ? null : `${trigger.serverUrl}/${owner}/${repo}`,
    sha: 'headSha' in trigger ? trigger.headSha : null,
    runUrl: published?.runUrl ?? runUrlOf(trigger),
    reportUrl: published?.reportUrl ?? null,
  };
};

const testOnEvent = async ({ trigger, inputs, client }: Started, world: World): Promise<number> => {
  const cwd = join(world.env['GITHUB_WORKSPACE'] ?? world.cwd, inputs.workingDirectory);
  const repository = await openRepository(cwd, world.env);
  const sides = await eventSides(repository, client, trigger, inputs.base);
  const { result, cancelled } = await runTest(
    {
      ...defaultTestOptions,
      sides,
      suite: inputs.suite,
      maxUsd: inputs.maxUsd,
      maxCalls: inputs.maxCalls,
      cache: inputs.cache !== 'off',
      config: inputs.config,
      withoutKeys: trigger.kind === 'pullRequest' && trigger.fromFork,
    },
    { ...world, cwd },
  );
  const folder = join(cwd, '.assay', 'out');
  const context = { id: inputs.id, runNumber: trigger.runNumber, links: linksOf(trigger, null) };
  const files = await writeReports(result, folder, cwd, context);
  await publishRun({
    trigger,
    inputs,
    client,
    rendered: (published) => renderForGitHub(result, inputs.id, trigger, linksOf(trigger, published)),
    outputs: outputsOf(result, files),
    files: Object.values(files),
    folder,
    reportPath: files['html'] ?? null,
    env: world.env,
  });
  world.stderr(`${buildView(result, context.links).title}\n`);
  if (cancelled) return 130;
  const { outcome } = result.verdict;
  return failsJob(outcome, inputs.failOn) ? exitCodes[outcome] : 0;
};

const conclusions = {
  pass: 'success',
  fail: 'failure',
  undecided: 'failure',
  needsApproval: 'action_required',
} as const satisfies Record<Outcome, Rendered['conclusion']>;

const renderForGitHub = (result: RunResult, id: string, trigger: Trigger, links: ReportLinks): Rendered => {
  const options = { id, runNumber: trigger.runNumber, links };
  return {
    comment: renderComment(result, options),
    summary: renderSummary(result, options),
    annotations: renderAnnotations(result),
    title: buildView(result, links).title,
    conclusion: conclusions[result.verdict.outcome],
  };
};

const share = (result: RunResult): string => {
  const answered = result.matrix.reduce((sum, { candidate }) => sum + (candidate?.answered ?? 0), 0);
  const passed = result.matrix.reduce((sum, { candidate }) => sum + (candidate?.passed ?? 0), 0);
  return answered === 0 ? '' : String(Number((passed / answered).toFixed(6)));
};

const outputsOf = (result: RunResult, files: Readonly<Record<string, string>>): Record<string, string> => {
  const count = (change: RunResult['cells'][number]['change']): string =>
    String(result.cells.filter((cell) => cell.change === change).length);
  return {
    verdict: result.verdict.outcome,
    'pass-rate': share(result),
    broken: count('broken'),
    fixed: count('fixed'),
    flaky: count('flaky'),
    calls: String(result.totals.calls),
    'cost-usd': result.totals.costUsd === null ? '' : String(result.totals.costUsd),
    results: files['results'] ?? '',
    report: files['html'] ?? '',
  };
};

/** A run that could not begin overwrites a comment and check that may still be green: it fails closed, and says why. */
const publishError = async (
  started: Started | null,
  findings: readonly Finding[],
  world: World,
): Promise<void> => {
  if (started === null) return;
  const { trigger, inputs, client } = started;
  const unsafe = trigger.kind === 'unsafe';
  const options = { id: inputs.id, runNumber: trigger.runNumber, links: linksOf(trigger, null) };
  await publishRun({
    trigger,
    inputs,
    client: unsafe ? null : client,
    rendered: {
      comment: renderErrorComment(findings, options),
      summary: renderErrorSummary(findings),
      annotations: findings.flatMap(({ place, message }) =>
        place === null
          ? []
          : [
              {
                path: place.file,
                startLine: place.line,
                endLine: place.line,
                level: 'failure' as const,
                title: 'Assay: bad configuration',
                message,
              },
            ],
      ),
      title: findings[0]?.message.slice(0, 200) ?? 'Assay could not run',
      conclusion: 'failure',
    },
    outputs: { verdict: 'undecided' },
    files: [],
    folder: world.cwd,
    reportPath: null,
    env: world.env,
  });
};
