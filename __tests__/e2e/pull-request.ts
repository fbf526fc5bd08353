import { pullRequestPayload } from '../peers/github/payloads.ts';
import { type FakeGitHub, startFakeGitHub } from '../peers/github/server.ts';
import { createRepository, type Files, type FixtureRepository } from './repository.ts';
import { type ActionResult, type ActionRun, runAction } from './run-action.ts';
import { mainFiles } from './support-repository.ts';

/** A repository and a GitHub that serves it. */
export type Stage = {
  readonly repository: FixtureRepository;
  readonly github: FakeGitHub;
  /** The commit on the default branch. */
  readonly main: string;
  /** Takes everything down; returns what was no valid request or answer. */
  close(): Promise<readonly string[]>;
};

export const openStage = async (): Promise<Stage> => {
  const repository = createRepository();
  const github = await startFakeGitHub({ gitDirectory: repository.origin });
  const main = repository.commit('main', null, mainFiles, 'Support prompt');
  const close = async () => {
    await github.close();
    repository.remove();
    return github.violations;
  };
  return { repository, github, main, close };
};

export type Scenario = {
  files: Files;
  parent?: string;
  action?: 'opened' | 'synchronize';
  fork?: string;
  event?: string;
  run?: Partial<ActionRun>;
  clone?: { depth?: number; remote?: boolean };
};

export type Opened = {
  head: string;
  result: ActionResult;
  /** "Re-run jobs": the same event once more. */
  again: (run?: Partial<ActionRun>) => Promise<ActionResult>;
};

/** Pushes a change, opens (or updates) pull request 7 with it, and runs the Action on that event. */
export const runPullRequest = async (
  { repository, github, main }: Stage,
  scenario: Scenario,
): Promise<Opened> => {
  const { owner, repo } = github;
  const { files, parent = main, action = 'opened', event = 'pull_request' } = scenario;
  const head = repository.commit('change', parent, files, 'Change the prompt');
  const merged = repository.merge('refs/pull/7/merge', main, head);
  const fork = scenario.fork === undefined ? {} : { fork: scenario.fork };
  const payload = pullRequestPayload({ action, owner, repo, baseSha: main, headSha: head, ...fork });
  github.pulls.set(7, payload['pull_request'] as Record<string, unknown>);
  const run: ActionRun = {
    event,
    payload,
    workspace: repository.clone(merged, scenario.clone),
    apiUrl: github.url,
    repository: `${owner}/${repo}`,
    sha: merged,
    ...scenario.run,
  };
  const again: Opened['again'] = (change) => runAction({ ...run, ...change });
  return { head, result: await again(), again };
};
