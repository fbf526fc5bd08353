import packageJson from '../package.json' with { type: 'json' };
import { runAction } from './commands/run-action.ts';
import { createTerminalWorld } from './commands/terminal-world.ts';
import { harmlessLog } from './github/harmless-log.ts';

const world = createTerminalWorld(packageJson.version);
process.exitCode = await runAction({
  ...world,
  isTTY: false,
  color: false,
  // The runner takes commands from both streams, and what is printed may quote a stranger.
  stdout: (text) => world.stdout(harmlessLog(text)),
  stderr: (text) => world.stderr(harmlessLog(text)),
});
