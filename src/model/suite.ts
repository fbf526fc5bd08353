import type { Place } from './place.ts';
import type { Prompt } from './prompt.ts';
import type { ProviderSpec } from './provider.ts';

/** A stated expectation. `type` is without `not-`; `negated` says whether it stood there. */
export type Assertion = {
  readonly type: string;
  readonly negated: boolean;
  /** As written; strings in it are rendered with the case's variables before the check. */
  readonly value: unknown;
  readonly threshold: number | null;
  /** 0 reports only. */
  readonly weight: number;
  readonly metric: string | null;
  /** `warn` is shown and never blocks. */
  readonly severity: 'block' | 'warn';
  /** The judge (or embedder) for this assertion, if it names one. */
  readonly provider: string | null;
  readonly rubricPrompt: string | null;
  readonly config: Readonly<Record<string, unknown>>;
  readonly place: Place;
};

/** One input with its assertions. */
export type Case = {
  readonly id: string;
  readonly description: string;
  readonly vars: Readonly<Record<string, unknown>>;
  /** `defaultTest`'s assertions first, then the case's own. */
  readonly assertions: readonly Assertion[];
  /** The weighted mean of the scores must reach it; `null`: every required assertion must pass. */
  readonly threshold: number | null;
  readonly tags: readonly string[];
  readonly owner: string | null;
  readonly critical: boolean;
  readonly severity: 'block' | 'warn';
  /** At least so many trials; `null`: as the policy says. */
  readonly repeat: number | null;
  readonly expectFail: {
    readonly reason: string;
    readonly issue: string | null;
    readonly until: string | null;
  } | null;
  /** Labels or ids of the prompts / providers this case is limited to; `null`: all. */
  readonly prompts: readonly string[] | null;
  readonly providers: readonly string[] | null;
  readonly place: Place;
};

/** Prompts, cases and providers that belong together: one file. */
export type Suite = {
  /** The file's repository-relative path. */
  readonly path: string;
  /** Short name for reports: the file name without its ending. */
  readonly name: string;
  readonly description: string | null;
  readonly prompts: readonly Prompt[];
  /** Empty: the policy's providers. */
  readonly providers: readonly ProviderSpec[];
  readonly cases: readonly Case[];
  /** The suite's own judge (`defaultTest.options.provider`), if it names one. */
  readonly judge: ProviderSpec | null;
  /** At least so many trials (`evaluateOptions.repeat`). */
  readonly repeat: number;
  /** Every file that the suite was made of, its own first; prompts' files are in the prompts. */
  readonly files: readonly string[];
};
