/**
 * Why an assertion has no result:
 * `not-measured` (the answer lacks what it looks at, or is too large for it), `bad-value` (the value makes no
 * sense once its variables are filled in), `unsupported` (recognised, but this version can't check it).
 */
export type AssertionErrorCode = 'not-measured' | 'bad-value' | 'unsupported';

/** An assertion that can't be decided on this answer. The trial is errored: never passed, and not failed either. */
export class AssertionError extends Error {
  readonly code: AssertionErrorCode;

  constructor(code: AssertionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AssertionError';
    this.code = code;
  }
}

/**
 * `refused`: the judge would not answer · `cut-off`: ran into its token limit · `malformed` · `no-choice`: named
 * none of the choices · `known-answer`: got a question wrong whose answer is known · `no-answer`: its call failed.
 */
export type JudgeErrorCode = 'refused' | 'cut-off' | 'malformed' | 'no-choice' | 'known-answer' | 'no-answer';

/** The judge gave no usable judgement. That says nothing about the prompt, so the trial is errored. */
export class JudgeError extends Error {
  readonly code: JudgeErrorCode;

  constructor(code: JudgeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'JudgeError';
    this.code = code;
  }
}
