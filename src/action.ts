import packageJson from '../package.json' with { type: 'json' };
import { runAction } from './commands/run-action.ts';
import { createTerminalWorld } from './commands/terminal-world.ts';

const world = createTerminalWorld(packageJson.version);
process.exitCode = await runAction({ ...world, isTTY: false, color: false });
