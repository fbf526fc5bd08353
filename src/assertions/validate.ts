import type { Finding } from '../model/errors.ts';
import { expectedOneOf } from '../model/nearest.ts';
import type { Assertion, Case } from '../model/suite.ts';
import type { Problem } from './assertion-kind.ts';
import { assertionTypes, kindOf } from './kinds.ts';
import { insteadOf, isRecognised, isRequired, unsupportedReason } from './recognised.ts';
import { isTemplate } from './render-value.ts';
import { showValue } from './wording.ts';

const named = ({ type, negated }: Assertion): string => (negated ? `not-${type}` : type);

const finding = (severity: Finding['severity'], assertion: Assertion, problem: Problem): Finding => ({
  severity,
  code: problem.code,
  place: assertion.place,
  message: `\`${named(assertion)}\`: ${problem.message}`,
  ...(problem.expected === undefined ? {} : { expected: problem.expected }),
  ...(problem.nextStep === undefined ? {} : { nextStep: problem.nextStep }),
});

const unknownType = (assertion: Assertion): Finding => {
  const hint = insteadOf(assertion.type);
  return {
    severity: 'error',
    code: 'unknown-assertion',
    place: assertion.place,
    message: `unknown assertion "${named(assertion)}"`,
    expected: expectedOneOf(assertion.type, assertionTypes),
    nextStep: hint ?? 'Correct `type`',
  };
};

const unsupported = (assertion: Assertion, reason: string): Finding => ({
  severity: 'warning',
  code: 'unsupported-assertion',
  place: assertion.place,
  message: isRequired(assertion)
    ? `${reason}: the case is not asked and stays undecided`
    : `${reason}: it is shown as not measured`,
  nextStep: 'Express it with another assertion, or remove it',
});

const numberFindings = (assertion: Assertion): Finding[] => {
  const { weight, threshold } = assertion;
  const findings: Finding[] = [];
  if (!Number.isFinite(weight) || weight < 0)
    findings.push(
      finding('error', assertion, {
        code: 'wrong-weight',
        message: `weight is ${weight}`,
        expected: 'a number from 0 on (0 reports only)',
        nextStep: 'Correct `weight`',
      }),
    );
  const meaning = kindOf(assertion.type)?.threshold ?? 'none';
  if (threshold === null) return findings;
  if (meaning === 'none')
    findings.push(
      finding('warning', assertion, {
        code: 'unused-threshold',
        message: 'threshold has no meaning here and is not used',
        nextStep: 'Remove `threshold`',
      }),
    );
  if (meaning === 'score' && !(threshold >= 0 && threshold <= 1))
    findings.push(
      finding('error', assertion, {
        code: 'wrong-threshold',
        message: `threshold is ${threshold}`,
        expected: 'a number from 0 to 1',
        nextStep: 'Correct `threshold`',
      }),
    );
  return findings;
};

const assertionFindings = (assertion: Assertion): Finding[] => {
  const kind = kindOf(assertion.type);
  if (kind === null && !isRecognised(assertion.type)) return [unknownType(assertion)];
  const reason = unsupportedReason(assertion);
  if (kind === null || reason !== null) return [unsupported(assertion, reason ?? '')];
  const findings = numberFindings(assertion);
  // What a template will say is known only when it is filled in.
  if (isTemplate(assertion.value)) return findings;
  const prepared = kind.prepare(assertion.value, assertion);
  if (!prepared.ok) return [...findings, finding('error', assertion, prepared.problem)];
  return [...findings, ...(prepared.warnings ?? []).map((warning) => finding('warning', assertion, warning))];
};

const thresholdFinding = ({ threshold, place }: Case): Finding[] =>
  threshold === null || (threshold >= 0 && threshold <= 1)
    ? []
    : [
        {
          severity: 'error',
          code: 'wrong-threshold',
          place,
          message: `the case's threshold is ${showValue(threshold)}`,
          expected: 'a number from 0 to 1',
          nextStep: 'Correct `threshold`',
        },
      ];

/** Everything that is wrong with a case's assertions and can be known before a call is paid for. */
export const validateAssertions = (testCase: Case): Finding[] => [
  ...thresholdFinding(testCase),
  ...testCase.assertions.flatMap(assertionFindings),
];

/** Required assertions that this version recognises and can't check: such a case is not asked at all. */
export const unsupportedAssertions = (testCase: Case): Assertion[] =>
  testCase.assertions.filter((assertion) => isRequired(assertion) && unsupportedReason(assertion) !== null);
