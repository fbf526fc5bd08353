import type { CellRecord, TrialRecord } from '../model/run.ts';
import { quote, type Sentence } from './sentence.ts';

/** Why a cell has no answer, and what a person can do about it. */
export type Cause = {
  readonly sentence: Sentence;
  /** In lower case, without a full stop. */
  readonly nextStep: Sentence;
  /** Causes with equal keys are the same. */
  readonly key: string;
};

const skips: Readonly<Record<string, { readonly told: string; readonly nextStep: string }>> = {
  budget: {
    told: 'the budget was spent',
    nextStep: 'raise `budget.pullRequest` in the base’s assay.yml, or test fewer cases',
  },
  'no-credentials': {
    told: 'this run has no keys',
    nextStep: 'have a maintainer run it: a pull request from a fork gets no keys',
  },
  cancelled: { told: 'the run was cancelled', nextStep: 're-run the job' },
  'provider-stopped': { told: 'the provider was stopped', nextStep: 're-run the job' },
  unchanged: { told: 'it was not asked', nextStep: 're-run the job' },
};

/** Faults of what the suite asks for, not of whoever was asked. */
export const ofTheSuite: ReadonlySet<string> = new Set(['unsupported', 'assertion']);

const causes = (trial: TrialRecord): Cause | null => {
  if (trial.error !== null) {
    const { kind, message, status } = trial.error;
    return {
      sentence: [quote(message)],
      nextStep: errorStep(kind, status),
      key: `${kind} ${status ?? ''} ${message}`,
    };
  }
  if (trial.skipped === null) return null;
  const known = Object.hasOwn(skips, trial.skipped) ? skips[trial.skipped] : undefined;
  return known === undefined
    ? { sentence: ['skipped: ', quote(trial.skipped)], nextStep: ['re-run the job'], key: trial.skipped }
    : { sentence: [known.told], nextStep: [known.nextStep], key: trial.skipped };
};

const errorStep = (kind: string, status: number | null): Sentence => {
  if (ofTheSuite.has(kind)) return ['replace that assertion, or remove it'];
  if (kind === 'judge') return ['check the judge and its rubric, then re-run the job'];
  if (status === 401 || status === 403) return ['check the key of this provider, then re-run the job'];
  if (status === 402 || status === 429)
    return ['check quota and rate limits of this provider, then re-run the job'];
  if (status === 404) return ['check the name of the model, then re-run the job'];
  if (status === 400 || status === 413 || status === 422)
    return ['correct what the provider refuses, then push again'];
  return ['re-run the job: only what has no answer is paid for'];
};

const unknown: Cause = { sentence: ['no answer'], nextStep: ['re-run the job'], key: '' };

/** The first thing that a cell's trials say about why there is no answer; the candidate's first. */
export const causeOf = ({ candidate, baseline }: CellRecord): Cause => {
  // What stopped a provider says more than that it was stopped.
  const told = [...(candidate?.trials ?? []), ...(baseline?.trials ?? [])]
    .map(causes)
    .filter((c) => c !== null);
  return told.find(({ key }) => key !== 'provider-stopped') ?? told[0] ?? unknown;
};
