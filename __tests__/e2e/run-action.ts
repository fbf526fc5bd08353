import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

export type ActionRun = {
  /** What the event is called, and its payload. */
  readonly event: string;
  readonly payload: unknown;
  /** The clone that the job works in. */
  readonly workspace: string;
  /** The `with:` of the step. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly apiUrl: string;
  readonly repository: string;
  readonly sha: string;
  readonly ref?: string;
  readonly runNumber?: number;
  readonly token?: string;
  /** Keys and whatever else the job puts into the environment. */
  readonly env?: Readonly<Record<string, string>>;
};

export type ActionResult = {
  readonly exitCode: number | null;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly { level: string; file: string | null; message: string }[];
  readonly stdout: string;
  readonly stderr: string;
};

const node = resolve('node_modules/.bin/node');
/** ASSAY_DIST tries another bundle than the committed one. */
const bundle = resolve(process.env['ASSAY_DIST'] ?? 'dist', 'action.js');

/** The runner fills in action.yml's defaults, and evaluates the only expression among them. */
const inputEnvironment = (
  inputs: Readonly<Record<string, string>>,
  token: string,
): Record<string, string> => {
  const action = parse(readFileSync('action.yml', 'utf8')) as {
    inputs: Record<string, { default?: string }>;
  };
  const known = Object.entries(action.inputs).map(([name, { default: value = '' }]) => [
    name,
    inputs[name] ?? value.replace('${{ github.token }}', token),
  ]);
  return Object.fromEntries(
    known.map(([name = '', value = '']) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]),
  );
};

const commandFiles = ['OUTPUT', 'ENV', 'PATH', 'STATE', 'STEP_SUMMARY'] as const;

/**
 * Runs the built Action as GitHub's runner does: Node on the bundle, in the workspace, with an environment made
 * from nothing but what the runner sets. The command files exist beforehand.
 */
export const runAction = async (run: ActionRun): Promise<ActionResult> => {
  const temporary = mkdtempSync(join(run.workspace, '..', 'runner-'));
  const fileOf = (name: string): string => join(temporary, name);
  for (const name of commandFiles) writeFileSync(fileOf(name), '');
  writeFileSync(fileOf('event.json'), JSON.stringify(run.payload));
  mkdirSync(fileOf('temp'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: temporary,
    ...inputEnvironment(run.inputs ?? {}, run.token ?? 'ghs_token'),
    ...runnerEnvironment(run, temporary),
    ...Object.fromEntries(commandFiles.map((name) => [`GITHUB_${name}`, fileOf(name)])),
    ...run.env,
  };
  const { exitCode, stdout, stderr } = await execute(env, run.workspace);
  return {
    exitCode,
    stdout,
    stderr,
    outputs: parseOutputs(readFileSync(fileOf('OUTPUT'), 'utf8')),
    summary: readFileSync(fileOf('STEP_SUMMARY'), 'utf8'),
    annotations: parseAnnotations(stdout),
  };
};

const runnerEnvironment = (run: ActionRun, temporary: string): Record<string, string> => ({
  CI: 'true',
  GITHUB_ACTIONS: 'true',
  GITHUB_ACTION: '__self',
  GITHUB_ACTOR: 'octocat',
  GITHUB_API_URL: run.apiUrl,
  GITHUB_EVENT_NAME: run.event,
  GITHUB_EVENT_PATH: join(temporary, 'event.json'),
  GITHUB_GRAPHQL_URL: `${run.apiUrl}/graphql`,
  GITHUB_JOB: 'assay',
  GITHUB_REF: run.ref ?? 'refs/pull/7/merge',
  GITHUB_REPOSITORY: run.repository,
  GITHUB_REPOSITORY_OWNER: run.repository.split('/')[0] ?? '',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_RUN_ID: String(9000 + (run.runNumber ?? 1)),
  GITHUB_RUN_NUMBER: String(run.runNumber ?? 1),
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_SHA: run.sha,
  GITHUB_WORKFLOW: 'assay',
  GITHUB_WORKSPACE: run.workspace,
  RUNNER_ARCH: 'X64',
  RUNNER_ENVIRONMENT: 'github-hosted',
  RUNNER_NAME: 'loopback',
  RUNNER_OS: 'Linux',
  RUNNER_TEMP: join(temporary, 'temp'),
  RUNNER_TOOL_CACHE: join(temporary, 'tools'),
});

const execute = (
  env: Record<string, string>,
  cwd: string,
): Promise<{ exitCode: number | null; stdout: string; stderr: string }> =>
  new Promise((done, reject) => {
    const child = spawn(node, [bundle], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', (exitCode) => done({ exitCode, stdout, stderr }));
  });

/** `name<<delimiter`, the value, the delimiter: the only form that the runner takes for any value. */
const parseOutputs = (text: string): Record<string, string> => {
  const outputs: Record<string, string> = {};
  for (const match of text.matchAll(/^([^\n<]+)<<(\S+)\n([\s\S]*?)\n\2$/gm))
    outputs[match[1] ?? ''] = match[3] ?? '';
  return outputs;
};

const parseAnnotations = (stdout: string): ActionResult['annotations'] =>
  [...stdout.matchAll(/^::(error|warning|notice)(?: ([^\n]*?))?::(.*)$/gm)].map(
    ([, level = '', properties = '', message = '']) => ({
      level,
      file: /(?:^|,)file=([^,]*)/.exec(properties)?.[1] ?? null,
      message: message.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%'),
    }),
  );
