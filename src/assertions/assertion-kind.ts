import type { Completion } from '../model/provider.ts';
import type { Judged } from '../model/judged.ts';
import type { Assertion } from '../model/suite.ts';
import type { GradeContext } from './grade-context.ts';

/** The answer under test, and what a checker may ask about it. */
export type Subject = {
  readonly text: string;
  readonly completion: Completion;
  readonly context: GradeContext;
};

/** What a kind found, before `not-` turns it round. */
export type Outcome = {
  readonly pass: boolean;
  /** 0 to 1. */
  readonly score: number;
  /** A sentence a reviewer can act on, for the assertion as written (`negated`: with `not-`). */
  explain(negated: boolean): string;
  readonly judge?: Judged;
  /** Lowest and highest score of a judge whose votes on this answer disagree about the result. */
  readonly split?: readonly [low: number, high: number];
  /** Shown and never counted, whatever the assertion's weight. */
  readonly reportsOnly?: boolean;
};

/** Most kinds answer at once; only judges and embedders return a promise. null: there is no such check on this side. */
export type Checker = (subject: Subject) => Outcome | null | Promise<Outcome | null>;

/** What is wrong with an assertion's value. The place is the assertion's own. */
export type Problem = {
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly nextStep?: string;
};

/** An assertion made ready: its pattern, schema or list is compiled once and used on every answer. */
export type Prepared =
  | {
      readonly ok: true;
      readonly check: Checker;
      /** The expectation as text, for reports; null: there is nothing to say beyond the type. */
      readonly expected: string | null;
      /** Worth a warning, but no obstacle. */
      readonly warnings?: readonly Problem[];
    }
  | { readonly ok: false; readonly problem: Problem };

/** One row of the table `kinds`. */
export type AssertionKind = {
  /** One line for the documentation. */
  readonly summary: string;
  /**
   * What `threshold` means: a `score` from 0 to 1, a `limit` (a positive number with a unit of its own),
   * or nothing.
   */
  readonly threshold: 'score' | 'limit' | 'none';
  /** `value` is the assertion's, with its variables filled in. Never throws. */
  prepare(value: unknown, assertion: Assertion): Prepared;
};

export const ready = (
  expected: string | null,
  check: Checker,
  warnings: readonly Problem[] = [],
): Prepared => ({ ok: true, check, expected, warnings });

export const problem = (
  code: string,
  message: string,
  rest: Omit<Problem, 'code' | 'message'> = {},
): Prepared => ({
  ok: false,
  problem: { code, message, ...rest },
});
