/** What a command may touch of the world outside; doors make it, tests replace it. */
export type World = {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1): jitter only, never a verdict. */
  readonly random: () => number;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** A person watches: a live progress line. */
  readonly isTTY: boolean;
  /** Asks a person for one line, null for none; where nobody can answer, there is no such function. */
  readonly ask: ((question: string) => Promise<string | null>) | null;
  readonly color: boolean;
  readonly width: number;
  /** Aborted by SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  readonly toolVersion: string;
};
