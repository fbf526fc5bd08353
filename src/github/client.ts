import type { Octokit } from '@octokit/rest';

/** One repository on one GitHub, as one token sees it. octokit is loaded by the first request, not before. */
export type GitHubClient = {
  readonly owner: string;
  readonly repo: string;
  readonly octokit: () => Promise<Octokit>;
  /** Base of the wait before a lost write is tried again. */
  readonly retryDelayMs: number;
};

export type GitHubClientOptions = {
  readonly token: string;
  /** GITHUB_API_URL; GitHub Enterprise Server has its own. Empty: octokit's default. */
  readonly apiUrl: string;
  readonly owner: string;
  readonly repo: string;
  /** How often a read, or a write that can be repeated, is tried again after a 5xx or a lost connection. */
  readonly retries?: number;
  /** false: no spacing of writes and no waiting for rate limits. */
  readonly throttle?: boolean;
  /** Waits are (n + 1)² × this. */
  readonly retryDelayMs?: number;
  /** Deadline of one request. */
  readonly timeoutMs?: number;
};

/** A limit that ends later than this is not waited for: the verdict must not hang on a comment. */
const longestWaitSeconds = 60;

/** One wait for a limit, and only a short one. */
const waitOnce = (retryAfterSeconds: number, _options: unknown, _octokit: unknown, retryCount: number) =>
  retryCount < 1 && retryAfterSeconds <= longestWaitSeconds;

const silent = () => {};

/** octokit would write to the console, where a line of an answer could pass for a workflow command. */
const quiet = { debug: silent, info: silent, warn: silent, error: silent };

/** The only way to GitHub's API. Nothing is requested, and octokit is not even loaded, before the first use. */
export const createGitHubClient = (options: GitHubClientOptions): GitHubClient => {
  let octokit: Promise<Octokit> | null = null;
  return {
    owner: options.owner,
    repo: options.repo,
    retryDelayMs: options.retryDelayMs ?? 1000,
    octokit: () => {
      octokit ??= connect(options);
      return octokit;
    },
  };
};

const connect = async (options: GitHubClientOptions): Promise<Octokit> => {
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ]);
  const { retries = 2, retryDelayMs = 1000, timeoutMs = 30_000, throttle = true } = options;
  const WithPlugins = Octokit.plugin(retry, throttling);
  return new WithPlugins({
    auth: options.token,
    ...(options.apiUrl === '' ? {} : { baseUrl: options.apiUrl.replace(/\/+$/, '') }),
    userAgent: 'assay',
    log: quiet,
    request: { fetch: fetchWithDeadline(timeoutMs), log: quiet },
    retry: { enabled: retries > 0, retries, retryAfterBaseValue: retryDelayMs },
    throttle: { enabled: throttle, onRateLimit: waitOnce, onSecondaryRateLimit: waitOnce },
  });
};

/** octokit has no deadline of its own, and it must not carry the token to wherever a redirect points. */
const fetchWithDeadline =
  (timeoutMs: number): typeof fetch =>
  (input, init) =>
    fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });

/** The HTTP status of a failed request; null: there was no answer, or the error is none of GitHub's. */
export const statusOf = (error: unknown): number | null => {
  if (typeof error !== 'object' || error === null) return null;
  const { status, response } = error as { status?: unknown; response?: unknown };
  // octokit reports a connection that broke as 500 without a response.
  return typeof status === 'number' && response !== undefined ? status : null;
};

/** Whether nobody knows if the request took effect: no answer, or a server error. */
export const isLost = (error: unknown): boolean => {
  if (error instanceof Error && error.name === 'HttpError') {
    const status = statusOf(error);
    return status === null || status >= 500;
  }
  return false;
};
