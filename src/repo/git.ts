import { execFile } from 'node:child_process';

/** Runs git with an argument array, never through a shell. Resolves to stdout; rejects with a GitError. */
export type Git = (
  args: readonly string[],
  options?: { input?: string; timeoutMs?: number },
) => Promise<string>;

export class GitError extends Error {
  readonly args: readonly string[];
  readonly exitCode: number | null;

  constructor(args: readonly string[], exitCode: number | null, stderr: string, cause: unknown) {
    super(`git ${args[0] ?? ''}: ${stderr.trim() || String(cause)}`, { cause });
    this.name = 'GitError';
    this.args = args;
    this.exitCode = exitCode;
  }
}

const maxOutputBytes = 256 * 1024 * 1024;

/**
 * git in `cwd`. Nothing can ask for a password, run a hook or page its output; keys of model vendors never
 * reach it, because its environment holds only what git itself needs.
 */
export const createGit = (cwd: string, env: Readonly<Record<string, string | undefined>>): Git => {
  const environment = {
    ...gitEnvironment(env),
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    LC_ALL: 'C',
  };
  return (args, { input, timeoutMs = 60_000 } = {}) =>
    new Promise((resolve, reject) => {
      const child = execFile(
        'git',
        [
          '-c',
          'core.hooksPath=/dev/null',
          '-c',
          'core.quotePath=false',
          '-c',
          'core.fsmonitor=false',
          ...args,
        ],
        { cwd, env: environment, maxBuffer: maxOutputBytes, timeout: timeoutMs, encoding: 'utf8' },
        (error, stdout, stderr) => {
          if (error === null) resolve(stdout);
          else reject(new GitError(args, typeof error.code === 'number' ? error.code : null, stderr, error));
        },
      );
      if (input !== undefined) child.stdin?.end(input);
    });
};

const kept =
  /^(PATH|HOME|USERPROFILE|SYSTEMROOT|TEMP|TMP|TMPDIR|SSH_AUTH_SOCK|XDG_CONFIG_HOME|SSL_CERT_FILE|SSL_CERT_DIR|GIT_SSL_CAINFO|GIT_CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|GIT_CEILING_DIRECTORIES|HTTPS?_PROXY|https?_proxy|NO_PROXY|no_proxy)$/;

export const gitEnvironment = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => kept.test(entry[0]) && entry[1] !== undefined,
    ),
  );
