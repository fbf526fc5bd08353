import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `node bench/throughput.ts [cases] [latencyMs] [inFlight]`: whole processes, one after the other against the same
 * loopback server, in pairs. Prints ratios to the ideal and to a bare p-limit loop over the same SDK; judges nothing.
 */
const cases = Number(process.argv[2] ?? 1000);
const latencyMs = Number(process.argv[3] ?? 20);
const inFlight = Number(process.argv[4] ?? 50);
const columns = 3;
const calls = cases * columns;
const rounds = 3;

type Measured = { readonly seconds: number; readonly megabytes: number };

/** Wall time, and the peak memory that the process itself reports when it ends. */
const measure = (args: readonly string[], cwd: string): Measured => {
  const probe = 'process.on("exit",()=>process.stderr.write(`\\nRSS ${process.resourceUsage().maxRSS}\\n`))';
  const begin = process.hrtime.bigint();
  const { stderr, status } = spawnSync(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(probe)}`, ...args],
    {
      cwd,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], BENCH_KEY: 'bench-key-0000' },
      maxBuffer: 1e9,
    },
  );
  const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
  if (status !== 0) throw new Error(`exit ${status}: ${stderr.slice(0, 2000)}`);
  return { seconds, megabytes: Number(/RSS (\d+)/.exec(stderr)?.[1] ?? 0) / 1024 };
};

const startPeer = async (): Promise<{ child: ChildProcess; baseUrl: string }> => {
  const child = spawn(process.execPath, ['bench/peer.ts', String(latencyMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim())),
  );
  return { child, baseUrl: `http://127.0.0.1:${port}/v1` };
};

const writeProject = (folder: string, baseUrl: string): void => {
  const providers = Array.from({ length: columns }, (_, index) => ({
    id: 'compatible:bench',
    label: `model-${index + 1}`,
    config: { baseUrl, apiKeyEnv: 'BENCH_KEY', seed: index },
  }));
  const tests = Array.from({ length: cases }, (_, index) => ({
    vars: { question: `How do I get a refund for order ${index}?` },
    assert: [
      { type: 'icontains', value: 'refund' },
      { type: 'not-icontains', value: 'cannot help' },
      { type: 'regex', value: '\\d+ days' },
      { type: 'word-count', value: { max: 50 } },
    ],
  }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'bench.suite.yml'),
    JSON.stringify({ prompts: ['{{ question }}'], providers, tests: 'cases.json' }),
  );
  writeFileSync(join(folder, 'cases.json'), JSON.stringify(tests));
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const row = (name: string, runs: readonly Measured[], bare: number, ideal: number): void => {
  const seconds = median(runs.map((run) => run.seconds));
  const memory = Math.max(...runs.map((run) => run.megabytes));
  console.log(
    `${name.padEnd(28)} ${seconds.toFixed(2).padStart(6)} s  ${(seconds / ideal).toFixed(2).padStart(6)} × ideal  ${(seconds / bare).toFixed(2).padStart(5)} × bare loop  ${memory.toFixed(0).padStart(4)} MB peak`,
  );
};

const root = mkdtempSync(join(tmpdir(), 'assay-bench-'));
const { child, baseUrl } = await startPeer();
try {
  writeProject(root, baseUrl);
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const test = [cli, 'test', '--base', 'none', '-j', String(inFlight), '--format', 'json'];
  const loop = [join(process.cwd(), 'bench', 'bare-loop.ts'), baseUrl, String(calls), String(inFlight)];
  const bare: Measured[] = [];
  const cold: Measured[] = [];
  const warm: Measured[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(measure(loop, root));
    rmSync(join(root, '.assay'), { recursive: true, force: true });
    cold.push(measure(test, root));
    warm.push(measure(test, root));
  }
  const ideal = (calls * latencyMs) / inFlight / 1000;
  const bareSeconds = median(bare.map((run) => run.seconds));
  console.log(
    `${calls} calls of ${latencyMs} ms, ${inFlight} in flight; ideal ${ideal.toFixed(2)} s; medians of ${rounds} whole processes`,
  );
  row('bare p-limit loop, same SDK', bare, bareSeconds, ideal);
  row('assay test', cold, bareSeconds, ideal);
  row('assay test, all from cache', warm, bareSeconds, ideal);
} finally {
  child.kill();
  rmSync(root, { recursive: true, force: true });
}
