import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { RunResult } from '../../src/model/run.ts';

export type CliRun = {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** results.json of the default folder; null: none was written. */
  readonly results: RunResult | null;
};

export const cliPath = resolve('dist', 'cli.js');

/** Runs the built command line as a user does: another process, an environment with nothing in it but PATH. */
export const runCli = (
  cwd: string,
  args: readonly string[],
  options: { env?: Record<string, string>; cli?: string; onStart?: (child: ChildProcess) => void } = {},
): Promise<CliRun> =>
  new Promise((done, reject) => {
    const child = spawn(process.execPath, [options.cli ?? cliPath, ...args], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', GIT_CEILING_DIRECTORIES: resolve(cwd, '..'), ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      output.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output.stderr += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const path = join(cwd, '.assay', 'out', 'results.json');
      const results = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunResult) : null;
      done({ exitCode, ...output, results });
    });
    options.onStart?.(child);
  });
