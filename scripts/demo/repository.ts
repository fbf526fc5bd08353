import { execFile } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const notInTheRepository = new Set(['pull-request', '.assay']);

/** Neither the user's git configuration nor a surrounding repository (a hook's GIT_DIR) takes part. */
const gitEnvironment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_CONFIG_GLOBAL: devNull,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
});

const settings = [
  ['user.name', 'Assay demo'],
  ['user.email', 'demo@assay.example'],
  ['commit.gpgsign', 'false'],
  ['core.autocrlf', 'false'],
] as const;

/** Runs git in the folder; resolves to what it printed. Throws with git's own message. */
export const git = async (folder: string, ...words: string[]): Promise<string> => {
  const { stdout } = await run('git', words, { cwd: folder, env: gitEnvironment(), encoding: 'utf8' });
  return stdout.trim();
};

/** `Subject: …` of the patch, else its file name. */
const titleOf = (patch: string, file: string): string =>
  /^Subject: (.{1,100})$/m.exec(patch)?.[1] ?? basename(file);

/**
 * Makes a git repository of an example in `folder`, which must not exist: its files as they are on `main`, and
 * its pull request as one commit on the branch `be-concise`, which is checked out.
 */
export const makeRepository = async (example: string, folder: string): Promise<void> => {
  await cp(example, folder, {
    recursive: true,
    filter: (source) => !notInTheRepository.has(basename(source)),
  });
  await git(folder, 'init', '--quiet');
  // `git init -b` needs git 2.28.
  await git(folder, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  for (const [key, value] of settings) await git(folder, 'config', key, value);
  await git(folder, 'add', '--all');
  await git(folder, 'commit', '--quiet', '--no-verify', '-m', 'Support bot with its tests');

  const patch = join(example, 'pull-request', 'be-concise.patch');
  await git(folder, 'checkout', '--quiet', '-b', 'be-concise');
  await git(folder, 'apply', '--index', patch);
  await git(folder, 'commit', '--quiet', '--no-verify', '-m', titleOf(await readFile(patch, 'utf8'), patch));
};
