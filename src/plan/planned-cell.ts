import type { Prompt } from '../model/prompt.ts';
import type { ProviderSpec } from '../model/provider.ts';
import type { Case, Suite } from '../model/suite.ts';
import type { Tampering } from '../model/run.ts';

/** What is asked on one side of a cell. */
export type PlannedSide = { readonly prompt: Prompt; readonly provider: ProviderSpec };

/** One square of the matrix before it is run: prompt × case × provider, with both sides. */
export type PlannedCell = {
  /** `<suite path>::<prompt id>::<case id>::<provider label>`; the same over runs. */
  readonly id: string;
  readonly suite: Suite;
  readonly promptId: string;
  readonly caseId: string;
  readonly testCase: Case;
  /** The column's name. */
  readonly provider: string;
  /** Whose definition of the case this is. */
  readonly origin: 'base' | 'head';
  /** Trials a side, at least. */
  readonly trials: number;
  readonly baseline: PlannedSide | null;
  readonly candidate: PlannedSide | null;
};

/** A suite as both sides have it. `headPrompts` are the head's versions of all prompts, the base suite's included. */
export type SuitePair = {
  readonly path: string;
  readonly base: Suite | null;
  readonly head: Suite | null;
  readonly headPrompts: readonly Prompt[];
  /** Something that it is made of differs between the sides. */
  readonly changed: boolean;
};

export type Plan = {
  readonly hash: string;
  readonly cells: readonly PlannedCell[];
  readonly suites: readonly { readonly suite: Suite; readonly run: boolean }[];
  readonly prompts: readonly {
    readonly id: string;
    readonly baseline: Prompt | null;
    readonly candidate: Prompt | null;
  }[];
  readonly tampering: readonly Tampering[];
};
