import * as z from 'zod';
import { userError } from '../model/errors.ts';

/** The repository and the run, whatever the event was. */
export type RunContext = {
  readonly repository: {
    readonly owner: string;
    readonly repo: string;
    /** false where the event does not say: what is only safe in private is then not done. */
    readonly private: boolean;
    readonly defaultBranch: string | null;
  };
  readonly runId: number;
  readonly runNumber: number;
  readonly runAttempt: number;
  /** Web address of this GitHub, without a slash at the end; empty: the runner did not say. */
  readonly serverUrl: string;
  /** Its API; empty: the runner did not say. */
  readonly apiUrl: string;
};

/** Why the Action was started: one variant an event that it understands, and the two that it refuses. */
export type Trigger = RunContext &
  (
    | {
        readonly kind: 'pullRequest';
        readonly action: string;
        readonly number: number;
        /** Tip of the base branch when the event was made: whose policy holds. */
        readonly baseSha: string;
        readonly headSha: string;
        readonly baseRef: string;
        readonly headRef: string;
        /** The head lies in another repository: read-only token, no secrets. */
        readonly fromFork: boolean;
        readonly draft: boolean;
        readonly author: string;
      }
    | {
        readonly kind: 'mergeGroup';
        readonly baseSha: string;
        readonly headSha: string;
        readonly baseRef: string;
        readonly headRef: string;
        /** From the name of the queue's branch; the payload has no other trace of it. */
        readonly number: number | null;
      }
    | {
        readonly kind: 'push';
        readonly ref: string;
        /** null: the branch is new. */
        readonly before: string | null;
        /** null: the branch was deleted. */
        readonly after: string | null;
        readonly isDefaultBranch: boolean;
      }
    | { readonly kind: 'schedule'; readonly cron: string; readonly sha: string }
    | { readonly kind: 'workflowDispatch'; readonly ref: string; readonly sha: string }
    | { readonly kind: 'repositoryDispatch'; readonly action: string; readonly sha: string }
    | {
        readonly kind: 'issueComment';
        readonly action: string;
        readonly number: number;
        readonly isPullRequest: boolean;
        readonly commentId: number;
        readonly author: string;
      }
    | {
        readonly kind: 'workflowRun';
        readonly runIdOfOther: number;
        readonly headSha: string;
        readonly fromFork: boolean;
      }
    | { readonly kind: 'unsafe'; readonly message: string }
    | { readonly kind: 'unsupported'; readonly message: string }
  );

type Environment = Readonly<Record<string, string | undefined>>;

const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const repositorySchema = z.object({
  full_name: z.string(),
  private: z.boolean().optional(),
  default_branch: z.string().optional(),
});
const login = z.object({ login: z.string() }).nullish();
const branch = z.object({ ref: z.string(), sha, repo: z.object({ full_name: z.string() }).nullable() });

const pullRequestEvent = z.object({
  action: z.string(),
  number: z.number().int(),
  pull_request: z.object({ base: branch, head: branch, draft: z.boolean().nullish(), user: login }),
});
const mergeGroupEvent = z.object({
  merge_group: z.object({ base_sha: sha, head_sha: sha, base_ref: z.string(), head_ref: z.string() }),
});
const pushEvent = z.object({ ref: z.string(), before: sha, after: sha });
const scheduleEvent = z.object({ schedule: z.string().default('') });
const dispatchEvent = z.object({ action: z.string().default('') });
const commentEvent = z.object({
  action: z.string(),
  issue: z.object({ number: z.number().int(), pull_request: z.unknown().optional() }),
  comment: z.object({ id: z.number().int(), user: login }),
});
const workflowRunEvent = z.object({
  workflow_run: z.object({
    id: z.number().int(),
    head_sha: sha,
    head_repository: z.object({ full_name: z.string() }).nullish(),
  }),
});

const parse = <Schema extends z.ZodType>(schema: Schema, event: unknown, name: string): z.output<Schema> => {
  const parsed = schema.safeParse(event);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw userError('bad-event', `the payload of ${name} has no usable ${issue?.path.join('.') || 'content'}`, {
    expected: issue?.message ?? '',
    nextStep: 'Start Assay from a workflow event of GitHub, or use the command line: assay test',
  });
};

const isNull = (commit: string): boolean => /^0+$/.test(commit);

type Readers = Record<string, (event: unknown, env: Environment, context: RunContext) => Trigger>;

const readers: Readers = {
  pull_request: (event, _env, context) => {
    const { action, number, pull_request: pull } = parse(pullRequestEvent, event, 'pull_request');
    return {
      ...context,
      kind: 'pullRequest',
      action,
      number,
      baseSha: pull.base.sha,
      headSha: pull.head.sha,
      baseRef: pull.base.ref,
      headRef: pull.head.ref,
      // A fork that was deleted meanwhile has no repository any more; it was a fork all the same.
      fromFork: pull.head.repo?.full_name !== pull.base.repo?.full_name,
      draft: pull.draft ?? false,
      author: pull.user?.login ?? '',
    };
  },
  merge_group: (event, _env, context) => {
    const { merge_group: group } = parse(mergeGroupEvent, event, 'merge_group');
    const number = /\/pr-(\d+)-[0-9a-f]{40,64}$/.exec(group.head_ref)?.[1];
    return {
      ...context,
      kind: 'mergeGroup',
      baseSha: group.base_sha,
      headSha: group.head_sha,
      baseRef: group.base_ref,
      headRef: group.head_ref,
      number: number === undefined ? null : Number(number),
    };
  },
  push: (event, _env, context) => {
    const { ref, before, after } = parse(pushEvent, event, 'push');
    const { defaultBranch } = context.repository;
    return {
      ...context,
      kind: 'push',
      ref,
      before: isNull(before) ? null : before,
      after: isNull(after) ? null : after,
      isDefaultBranch: defaultBranch !== null && ref === `refs/heads/${defaultBranch}`,
    };
  },
  schedule: (event, env, context) => ({
    ...context,
    kind: 'schedule',
    cron: parse(scheduleEvent, event, 'schedule').schedule,
    sha: env['GITHUB_SHA'] ?? '',
  }),
  workflow_dispatch: (_event, env, context) => ({
    ...context,
    kind: 'workflowDispatch',
    ref: env['GITHUB_REF'] ?? '',
    sha: env['GITHUB_SHA'] ?? '',
  }),
  repository_dispatch: (event, env, context) => ({
    ...context,
    kind: 'repositoryDispatch',
    action: parse(dispatchEvent, event, 'repository_dispatch').action,
    sha: env['GITHUB_SHA'] ?? '',
  }),
  issue_comment: (event, _env, context) => {
    const { action, issue, comment } = parse(commentEvent, event, 'issue_comment');
    return {
      ...context,
      kind: 'issueComment',
      action,
      number: issue.number,
      isPullRequest: issue.pull_request !== undefined && issue.pull_request !== null,
      commentId: comment.id,
      author: comment.user?.login ?? '',
    };
  },
  workflow_run: (event, _env, context) => {
    const { workflow_run: run } = parse(workflowRunEvent, event, 'workflow_run');
    const own = `${context.repository.owner}/${context.repository.repo}`;
    return {
      ...context,
      kind: 'workflowRun',
      runIdOfOther: run.id,
      headSha: run.head_sha,
      fromFork: run.head_repository?.full_name !== own,
    };
  },
};

/** The events that the Action understands. */
export const knownEvents: readonly string[] = Object.keys(readers);

/**
 * The event that started the workflow, read from the runner's environment and the payload at GITHUB_EVENT_PATH.
 * `workspaceSha` is the commit that is checked out; with it, a privileged `workflow_run` that checked out a
 * fork's commit is refused too. Throws a UserError for a payload without what its event must have.
 */
export const readTrigger = (
  env: Environment,
  event: unknown,
  workspaceSha: string | null = null,
): Trigger => {
  const context = readContext(env, event);
  const name = env['GITHUB_EVENT_NAME'] ?? '';
  if (name === 'pull_request_target') return { ...context, kind: 'unsafe', message: unsafeTarget };
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined) return { ...context, kind: 'unsupported', message: unsupported(name) };
  const trigger = read(event, env, context);
  if (trigger.kind === 'workflowRun' && trigger.fromFork && trigger.headSha === workspaceSha)
    return { ...context, kind: 'unsafe', message: unsafeWorkflowRun };
  return trigger;
};

const unsafeTarget =
  'Unsafe context: on pull_request_target a workflow holds secrets and a token that may write, while the pull ' +
  'request decides what is tested. Nothing was called. Use `on: pull_request` instead.';

const unsafeWorkflowRun =
  'Unsafe context: this workflow_run holds secrets, and the commit that is checked out comes from a fork. ' +
  'Nothing was called. Remove the checkout of the head, or run Assay on pull_request.';

const unsupported = (name: string): string =>
  name === ''
    ? 'GITHUB_EVENT_NAME is not set. Run the Action from a workflow, or use the command line: assay test.'
    : `Assay does not know what to do on ${JSON.stringify(name.slice(0, 100))}. Use one of: ${knownEvents.join(', ')}.`;

const readContext = (env: Environment, event: unknown): RunContext => {
  const { repository } = z.object({ repository: repositorySchema.optional() }).catch({}).parse(event);
  const name = env['GITHUB_REPOSITORY'] || repository?.full_name || '';
  const [owner = '', repo = ''] = name.split('/');
  return {
    repository: {
      owner,
      repo,
      private: repository?.private ?? false,
      defaultBranch: repository?.default_branch ?? null,
    },
    runId: Number(env['GITHUB_RUN_ID'] ?? 0) || 0,
    runNumber: Number(env['GITHUB_RUN_NUMBER'] ?? 0) || 0,
    runAttempt: Number(env['GITHUB_RUN_ATTEMPT'] ?? 1) || 1,
    serverUrl: (env['GITHUB_SERVER_URL'] ?? '').replace(/\/+$/, ''),
    apiUrl: (env['GITHUB_API_URL'] ?? '').replace(/\/+$/, ''),
  };
};
