import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `node bench/startup.ts [runs]`: milliseconds from starting `dist/action.js` to its first call of a model, on the
 * example repository with its provider replaced by a loopback server. Prints the minimum, the median and a ratio
 * to starting Node alone; judges nothing.
 */
const runs = Number(process.argv[2] ?? 7);
const root = mkdtempSync(join(tmpdir(), 'assay-startup-'));
const git = (...words: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'commit.gpgsign=false', ...words],
    { cwd: root, encoding: 'utf8' },
  ).trim();

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

let firstCall: ((key: string | undefined) => void) | null = null;
const server = createServer((request, response) => {
  request.resume();
  firstCall?.(request.headers.authorization);
  response.writeHead(500).end();
});
await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
const address = server.address();
const port = typeof address === 'object' && address !== null ? address.port : 0;

/** The example with a base and a head commit, and the event of a pull request between them. */
const prepare = (): { event: string } => {
  cpSync('examples/finance-support', root, { recursive: true });
  const policy = readFileSync(join(root, 'assay.yml'), 'utf8')
    .replace(
      /\{\s*id: builtin:extract, label: extract-full[^}]*\}\s*\}/,
      `{id: compatible:m, label: full, price: {input: 1, output: 1}, config: {baseUrl: "http://127.0.0.1:${port}/v1", apiKeyEnv: BENCH_KEY}}`,
    )
    .replace(/^.*label: extract-brief.*\n/m, '');
  writeFileSync(join(root, 'assay.yml'), policy);
  git('init', '-q', '-b', 'main');
  git('add', '-A');
  git('commit', '-qm', 'base');
  const base = git('rev-parse', 'HEAD');
  git('apply', 'pull-request/be-concise.patch');
  git('commit', '-qam', 'head');
  const head = git('rev-parse', 'HEAD');
  const repo = { full_name: 'acme/support', private: false, default_branch: 'main' };
  const event = join(root, '.git', 'event.json');
  const side = (ref: string, sha: string) => ({ ref, sha, repo });
  writeFileSync(
    event,
    JSON.stringify({
      action: 'opened',
      number: 1,
      repository: repo,
      pull_request: {
        base: side('main', base),
        head: side('topic', head),
        draft: false,
        user: { login: 'ada' },
      },
    }),
  );
  return { event };
};

let started = 0;

const timeToFirstCall = (event: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const key = `bench-key-${++started}`;
    rmSync(join(root, '.assay'), { recursive: true, force: true });
    const summary = join(root, '.git', 'summary.md');
    writeFileSync(summary, '');
    const begin = performance.now();
    const child = spawn(process.execPath, [join(process.cwd(), 'dist', 'action.js')], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: event,
        GITHUB_WORKSPACE: root,
        GITHUB_REPOSITORY: 'acme/support',
        GITHUB_STEP_SUMMARY: summary,
        BENCH_KEY: key,
      },
    });
    let errors = '';
    let called: number | null = null;
    child.stderr.on('data', (chunk: Buffer) => {
      errors += chunk.toString();
    });
    // A process that was killed may still have calls in the queue of the socket.
    firstCall = (authorization) => {
      if (authorization !== `Bearer ${key}`) return;
      firstCall = null;
      called = performance.now() - begin;
      child.kill('SIGKILL');
    };
    child.on('close', () => {
      server.closeAllConnections();
      if (called === null) reject(new Error(`no call was made: ${errors.slice(0, 2000)}`));
      else setImmediate(resolve, called);
    });
  });

const timeOfNode = (): number => {
  const begin = performance.now();
  execFileSync(process.execPath, ['-e', '0']);
  return performance.now() - begin;
};

try {
  mkdirSync(root, { recursive: true });
  const { event } = prepare();
  await timeToFirstCall(event);
  const times: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < runs; run++) {
    bare.push(timeOfNode());
    times.push(await timeToFirstCall(event));
  }
  console.log(
    `dist/action.js to the first call: min ${Math.min(...times).toFixed(0)} ms, median ${median(times).toFixed(0)} ms, ${(median(times) / median(bare)).toFixed(1)} × starting Node (${median(bare).toFixed(0)} ms); ${runs} runs`,
  );
} finally {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true, force: true });
}
