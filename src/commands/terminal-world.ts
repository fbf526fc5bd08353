import { isatty } from 'node:tty';
import { createAsk } from './ask.ts';
import type { World } from './world.ts';

/** Colour where somebody can see it, unless they said otherwise (no-color.org, force-color.org). */
const wantsColor = (env: NodeJS.ProcessEnv, isTTY: boolean): boolean => {
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isTTY && env['TERM'] !== 'dumb';
};

/** The first signal stops the run and lets it write what it knows; a second one ends the process at once. */
const abortOnSignals = (): AbortSignal => {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(new Error(name));
    });
  }
  return controller.signal;
};

/** The process that a person or a runner started. */
export const createTerminalWorld = (toolVersion: string): World => {
  const signal = abortOnSignals();
  return {
    cwd: process.cwd(),
    env: process.env,
    fetch: globalThis.fetch,
    now: Date.now,
    random: Math.random,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    isTTY: process.stderr.isTTY === true,
    // A stdin that is no terminal is not even opened.
    ask: isatty(0)
      ? createAsk({ input: process.stdin, output: process.stderr, env: process.env, signal })
      : null,
    color: wantsColor(process.env, process.stdout.isTTY === true),
    width: process.stdout.columns ?? 100,
    signal,
    toolVersion,
  };
};
