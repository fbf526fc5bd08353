#!/usr/bin/env node
// Only Node's own modules may be imported here: everything else needs the Node version that this file checks.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const major = Number(process.versions.node.split('.')[0]);

if (major >= neededMajor) {
  const { main } = await import('./command-line.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.exitCode = handOver();
}

/** On an older Node a Node 24 that npm installed beside the program takes over; without one the message says what to do. */
function handOver(): number {
  const here = dirname(fileURLToPath(import.meta.url));
  const newer = [join(here, '..'), process.cwd()]
    .map((folder) => join(folder, 'node_modules', 'node', 'bin', 'node'))
    .find((path) => existsSync(path));
  if (newer === undefined) {
    process.stderr.write(
      `assay needs Node ${neededMajor} or newer, and this is Node ${process.versions.node}. Install it, or run: npm install --save-dev node@${neededMajor}\n`,
    );
    return 3;
  }
  const { status, signal } = spawnSync(newer, process.argv.slice(1), { stdio: 'inherit' });
  return status ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 130 : 70);
}
