import { isJudged } from '../assertions/judged.ts';
import { validateAssertions } from '../assertions/validate.ts';
import { type Finding, UserError } from '../model/errors.ts';
import { expectedOneOf } from '../model/nearest.ts';
import type { ProviderSpec } from '../model/provider.ts';
import type { Assertion, Case, Suite } from '../model/suite.ts';
import { noJudge } from './prepare-run.ts';
import { type Label, readLabels } from './read-labels.ts';

/** The judge that a suite's assertion names, or the default one; null: there is none. */
export type JudgeOfSuite = (suite: Suite, id: string | null) => ProviderSpec | null;

/** A label with the case that it belongs to, of which only what a judge decides is left. */
export type Question = { readonly label: Label; readonly suite: Suite; readonly testCase: Case };

/** A human's label is about what the judge sees: everything it decides counts, and nothing else does. */
const judgedOnly = (testCase: Case): Case => ({
  ...testCase,
  threshold: null,
  assertions: testCase.assertions
    .filter((assertion) => isJudged(assertion) && assertion.type !== 'llm-pairwise')
    .map((assertion): Assertion => ({ ...assertion, weight: 1, severity: 'block' })),
});

const wrongCase = (file: string, label: Label, message: string, rest: Partial<Finding>): Finding => ({
  severity: 'error',
  code: 'bad-label',
  place: { file, line: label.line, column: 1 },
  message: `\`case\` is "${label.caseId}", ${message}`,
  ...rest,
});

/** Finds the case of a label, or says why it can't be graded. */
const questionOf = (file: string, label: Label, suites: readonly Suite[]): Question | Finding => {
  const all = suites.flatMap((suite) => suite.cases.map((testCase) => ({ suite, testCase })));
  const found = all.filter(
    ({ suite, testCase }) => testCase.id === label.caseId || `${suite.name}/${testCase.id}` === label.caseId,
  );
  const [only, other] = found;
  if (only === undefined)
    return wrongCase(file, label, 'which no suite has', {
      expected: expectedOneOf(
        label.caseId,
        all.slice(0, 50).map(({ testCase }) => testCase.id),
      ),
      nextStep: 'Correct the id, or choose the suite with --suite',
    });
  if (other !== undefined)
    return wrongCase(file, label, `which ${found.length} suites have`, {
      expected: found.map(({ suite, testCase }) => `${suite.name}/${testCase.id}`).join(' or '),
      nextStep: 'Name the suite, too',
    });
  const testCase = judgedOnly(only.testCase);
  if (testCase.assertions.length === 0)
    return wrongCase(file, label, 'which no judge grades', {
      expected: 'a case with an llm-rubric',
      nextStep: 'Remove the line, or add the assertion',
    });
  return { label, suite: only.suite, testCase };
};

/** Labels with their cases; every line that has none is an error, before anything is called. */
export const questionsOf = (
  file: string,
  text: string,
  suites: readonly Suite[],
  spec: JudgeOfSuite,
): Question[] => {
  const read = readLabels(file, text).map((label) => questionOf(file, label, suites));
  const questions = read.filter((entry) => 'label' in entry);
  const cases = new Map(questions.map((question) => [question.testCase.id + question.suite.path, question]));
  const findings = [
    ...read.filter((entry) => 'severity' in entry),
    ...[...cases.values()].flatMap(({ suite, testCase }) => [
      ...validateAssertions(testCase).filter(({ severity }) => severity === 'error'),
      ...testCase.assertions.filter(({ provider }) => spec(suite, provider) === null).map(noJudge),
    ]),
  ];
  if (findings.length > 0) throw new UserError(findings);
  return questions;
};
