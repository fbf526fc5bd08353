import { join } from 'node:path';
import type { GitHubClient } from '../github/client.ts';
import type { ActionInputs } from '../github/inputs.ts';
import { type PublishedLinks, publishRun, type Rendered, runUrlOf } from '../github/publish.ts';
import type { Trigger } from '../github/trigger.ts';
import type { Finding } from '../model/errors.ts';
import type { Outcome, RunResult } from '../model/run.ts';
import { renderAnnotations } from '../reports/annotations.ts';
import { renderComment, renderErrorComment } from '../reports/comment.ts';
import { renderErrorSummary, renderSummary } from '../reports/summary.ts';
import { buildView, type ReportLinks } from '../reports/view.ts';
import type { World } from './world.ts';
import { writeReports } from './write-reports.ts';

/** What is known before the job begins; enough to tell GitHub why it could not. */
export type Started = {
  readonly trigger: Trigger;
  readonly inputs: ActionInputs;
  readonly client: GitHubClient | null;
};

const linksOf = (trigger: Trigger, published: PublishedLinks | null): ReportLinks => {
  const { owner, repo } = trigger.repository;
  return {
    repositoryUrl: trigger.serverUrl === '' || owner === '' ? null : `${trigger.serverUrl}/${owner}/${repo}`,
    sha: 'headSha' in trigger ? trigger.headSha : null,
    runUrl: published?.runUrl ?? runUrlOf(trigger),
    reportUrl: published?.reportUrl ?? null,
  };
};

/** Writes the reports below `world.cwd` and leaves them on GitHub. Never throws: the verdict stands without them. */
export const publishResult = async (
  { trigger, inputs, client }: Started,
  result: RunResult,
  world: World,
): Promise<void> => {
  const folder = join(world.cwd, '.assay', 'out');
  const context = { id: inputs.id, runNumber: trigger.runNumber, links: linksOf(trigger, null) };
  const files = await writeReports(result, folder, world.cwd, context);
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
export const publishError = async (
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
