import type { Tampering } from '../model/run.ts';
import type { Assertion, Case, Suite } from '../model/suite.ts';
import { canonicalJson } from './canonical.ts';

export type PairedCase = { readonly testCase: Case; readonly id: string; readonly origin: 'base' | 'head' };

const withoutPlace = ({ place: _place, ...assertion }: Assertion): unknown => assertion;

/** What a case demands, without where it stands or how it is described. */
export const demand = (testCase: Case): Record<string, unknown> => ({
  vars: testCase.vars,
  assertions: testCase.assertions.map(withoutPlace),
  threshold: testCase.threshold,
  critical: testCase.critical,
  severity: testCase.severity,
  expectFail: testCase.expectFail,
  prompts: testCase.prompts,
  providers: testCase.providers,
  repeat: testCase.repeat,
});

/** Provably stricter: same question, nothing taken away, assertions added or the bar raised. */
const isStricter = (base: Case, head: Case): boolean => {
  const { assertions: _a, threshold: _b, ...restOfBase } = demand(base);
  const { assertions: _c, threshold: _d, ...restOfHead } = demand(head);
  if (canonicalJson(restOfBase) !== canonicalJson(restOfHead)) return false;
  const kept = new Set(head.assertions.map((assertion) => canonicalJson(withoutPlace(assertion))));
  const keepsAll = base.assertions.every((assertion) => kept.has(canonicalJson(withoutPlace(assertion))));
  const bar =
    base.threshold === head.threshold ||
    (base.threshold !== null && head.threshold !== null && head.threshold > base.threshold);
  // With a threshold, one more assertion can lift a weighted mean, so that only the plain rule is provable.
  const addsOnly = base.threshold === null || base.assertions.length === head.assertions.length;
  return keepsAll && bar && addsOnly;
};

const edited = (base: Case, head: Case): Tampering => {
  const weakening = !isStricter(base, head);
  return {
    kind: 'case-edited',
    file: head.place.file,
    line: head.place.line,
    message: weakening
      ? `the case "${base.id}" was edited; the base's version still decides`
      : `the case "${base.id}" was made stricter`,
    weakening,
  };
};

const removed = (base: Case): Tampering => ({
  kind: 'case-removed',
  file: base.place.file,
  line: base.place.line,
  message: `the case "${base.id}" was removed; it still runs`,
  weakening: true,
});

/**
 * The cases that are run: the base's, whatever the head did to them, and next to them the head's own. An edited
 * case stands twice, its head version as `<id>@head`, so that weakened tests never make the verdict milder.
 */
export const pairCases = (
  base: Suite | null,
  head: Suite | null,
): { cases: PairedCase[]; tampering: Tampering[] } => {
  if (base === null)
    return {
      cases: (head?.cases ?? []).map((testCase) => ({ testCase, id: testCase.id, origin: 'head' })),
      tampering: [],
    };
  const headCases = new Map((head?.cases ?? []).map((testCase) => [testCase.id, testCase]));
  const cases: PairedCase[] = [];
  const tampering: Tampering[] = [];
  for (const testCase of base.cases) {
    const now = headCases.get(testCase.id);
    headCases.delete(testCase.id);
    if (now === undefined) {
      cases.push({ testCase, id: testCase.id, origin: 'base' });
      tampering.push(removed(testCase));
    } else if (canonicalJson(demand(testCase)) === canonicalJson(demand(now))) {
      cases.push({ testCase: now, id: testCase.id, origin: 'base' });
    } else {
      cases.push(
        { testCase, id: testCase.id, origin: 'base' },
        { testCase: now, id: `${testCase.id}@head`, origin: 'head' },
      );
      tampering.push(edited(testCase, now));
    }
  }
  for (const testCase of headCases.values()) cases.push({ testCase, id: testCase.id, origin: 'head' });
  return { cases, tampering };
};
