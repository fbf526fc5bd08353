import type { Sides } from './sides.ts';

/** What `assay test` was asked to do; flags and Action inputs both end here. */
export type TestOptions = {
  /** A ref, `none`, or null: merge base with the default branch. */
  readonly base: string | null;
  /** A ref, or null: the working tree. */
  readonly head: string | null;
  /** The sides where they are already known: a pull request names its own. */
  readonly sides: Sides | null;
  readonly suite: string | null;
  readonly casePattern: string | null;
  readonly providers: readonly string[];
  readonly compareProviders: readonly [string, string] | null;
  /** At least so many trials of every cell. */
  readonly repeat: number | null;
  readonly concurrency: number | null;
  /** Caps below the policy's; they never raise it. */
  readonly maxUsd: number | null;
  readonly maxCalls: number | null;
  readonly cache: boolean;
  /** A pull request's files are data: they may not say where keys and prompts are sent. */
  readonly untrustedHead: boolean;
  readonly config: string | null;
  /** Missing keys skip their cells instead of being an error: a fork's pull request. */
  readonly withoutKeys: boolean;
  /** Nobody is asked before money is spent. */
  readonly yes: boolean;
};

export const defaultTestOptions: TestOptions = {
  base: null,
  head: null,
  sides: null,
  suite: null,
  casePattern: null,
  providers: [],
  compareProviders: null,
  repeat: null,
  concurrency: null,
  maxUsd: null,
  maxCalls: null,
  cache: true,
  untrustedHead: false,
  config: null,
  withoutKeys: false,
  yes: true,
};
