import type { Policy } from '../model/policy.ts';
import type { Case } from '../model/suite.ts';

const isOver = (until: string, nowMs: number): boolean => {
  const end = Date.parse(until.length === 10 ? `${until}T23:59:59.999Z` : until);
  return Number.isFinite(end) && end < nowMs;
};

/**
 * Why a case is in quarantine today, or null. An entry names `suite/case` or the case alone; after its last day
 * it has no effect, so that the case gates again.
 */
export const quarantineOf = (policy: Policy, suite: string, caseId: string, nowMs: number): string | null => {
  const entry = policy.quarantine.find(
    (candidate) => candidate.case === `${suite}/${caseId}` || candidate.case === caseId,
  );
  return entry === undefined || isOver(entry.until, nowMs)
    ? null
    : `${entry.reason} (${entry.owner}, until ${entry.until})`;
};

/** Why a case is expected to fail today, or null: an expired mark gates again. */
export const expectedFailureOf = ({ expectFail }: Case, nowMs: number): string | null =>
  expectFail === null || (expectFail.until !== null && isOver(expectFail.until, nowMs))
    ? null
    : expectFail.reason;
