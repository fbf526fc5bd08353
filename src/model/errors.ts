import { formatPlace, type Place } from './place.ts';

/**
 * One thing that is wrong or noteworthy in a user's input. An `error` stops the run before any call (exit 3);
 * a `warning` is listed in every report.
 *
 * The sentence a user reads is made of the parts, so that none is forgotten:
 * `support.suite.yml:14:9: unknown assertion "contian". Expected one of … Did you mean "contains"?`
 */
export type Finding = {
  readonly severity: 'error' | 'warning';
  /** Stable kebab-case name of the kind of finding, e.g. `unknown-key`. */
  readonly code: string;
  readonly place: Place | null;
  /** What is wrong, with the wrong value in it. */
  readonly message: string;
  /** What was expected: the allowed or the nearest values. */
  readonly expected?: string;
  /** What to do now. */
  readonly nextStep?: string;
};

/** A finding as one line of text. */
export const formatFinding = (finding: Finding): string => {
  const where = finding.place === null ? '' : `${formatPlace(finding.place)}: `;
  return `${where}${findingText(finding)}`;
};

/** A finding's message, expectation and next step, without its place. */
export const findingText = ({ message, expected, nextStep }: Finding): string =>
  [message, expected && `Expected ${expected}`, nextStep]
    .filter((part): part is string => Boolean(part))
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');

/** Bad configuration or usage: nothing was called, exit 3. Carries every finding, not only the first. */
export class UserError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: Finding | readonly Finding[], options?: ErrorOptions) {
    const all = Array.isArray(findings) ? (findings as readonly Finding[]) : [findings as Finding];
    super(all.map(formatFinding).join('\n'), options);
    this.name = 'UserError';
    this.findings = all;
  }
}

/** The run was stopped by a signal or by its own deadline: exit 130, what is known is still written. */
export class CancelledError extends Error {
  constructor(message = 'The run was cancelled.') {
    super(message);
    this.name = 'CancelledError';
  }
}

/** An error finding without a place of its own: a flag, an environment variable, the repository. */
export const userError = (code: string, message: string, rest: Partial<Finding> = {}): UserError =>
  new UserError({ severity: 'error', code, place: null, message, ...rest });
