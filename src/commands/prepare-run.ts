import { RE2JS } from 're2js';
import { isJudged } from '../assertions/judged.ts';
import { validateAssertions } from '../assertions/validate.ts';
import { resolveProvider } from '../config/resolve-providers.ts';
import { type Finding, UserError, userError } from '../model/errors.ts';
import type { ProviderSpec } from '../model/provider.ts';
import type { Assertion, Case, Suite } from '../model/suite.ts';
import { filterSuites, noSuites } from '../plan/find-suites.ts';
import { planRun } from '../plan/plan-run.ts';
import type { Plan, PlannedCell } from '../plan/planned-cell.ts';
import { variableFindings } from '../prompts/render.ts';
import type { ChosenPolicy } from './choose-policy.ts';
import { headEndpointFindings } from './head-endpoints.ts';
import { type ReadSuites, readSuites } from './read-suites.ts';
import type { Sides } from './sides.ts';
import type { TestOptions } from './test-options.ts';

/** Everything that is known before the first call; bad input ends here, with every finding. */
export type PreparedRun = {
  readonly plan: Plan;
  readonly suites: ReadSuites;
  readonly warnings: readonly Finding[];
  readonly judge: (cell: PlannedCell, id: string | null) => ProviderSpec | null;
};

const flagSpec = (id: string): ProviderSpec => ({ id, label: id, config: {}, price: null, place: null });

/** `-t PATTERN`: a regular expression on id and description, as in jest; linear, since it may come from a workflow. */
const caseFilter = (pattern: string | null): ((testCase: Case) => boolean) => {
  if (pattern === null) return () => true;
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return ({ id, description }) => compiled.matcher(id).find() || compiled.matcher(description).find();
  } catch (error) {
    throw userError(
      'bad-pattern',
      `--case is "${pattern}", which is no regular expression: ${(error as Error).message}`,
      {
        expected: 'a regular expression that matches a case id or description',
      },
    );
  }
};

const isError = ({ severity }: Finding): boolean => severity === 'error';

const throwErrors = (findings: readonly Finding[]): void => {
  const errors = unique(findings.filter(isError));
  if (errors.length > 0) throw new UserError(errors);
};

const unique = (findings: readonly Finding[]): Finding[] => [
  ...new Map(
    findings.map((finding) => [JSON.stringify([finding.code, finding.place, finding.message]), finding]),
  ).values(),
];

const needsJudge = ({ assertions }: Case): Assertion | undefined =>
  assertions.find((assertion) => isJudged(assertion) && assertion.provider === null);

/** The judge that an assertion names (`id`), else the suite's, else the policy's; null: there is none. */
export const judgeSpec = (chosen: ChosenPolicy, suite: Suite, id: string | null): ProviderSpec | null => {
  const resolve = (named: ProviderSpec): ProviderSpec => resolveProvider(named, chosen.providers);
  if (id !== null) return resolve(flagSpec(id));
  if (suite.judge !== null) return resolve(suite.judge);
  return chosen.policy.judge === undefined ? null : resolve(flagSpec(chosen.policy.judge.provider));
};

export const prepareRun = async (
  sides: Sides,
  chosen: ChosenPolicy,
  options: TestOptions,
): Promise<PreparedRun> => {
  const globs = chosen.policy.suites;
  const suites = await readSuites(sides, globs, options.suite);
  throwErrors(suites.findings);
  if (options.untrustedHead && sides.base !== null && !chosen.firstRun)
    throwErrors(headEndpointFindings(suites, chosen));
  if (suites.pairs.length === 0) throw await nothingFound(sides, chosen, options);
  const resolve = (named: ProviderSpec): ProviderSpec => resolveProvider(named, chosen.providers);
  const plan = planRun(suites.pairs, {
    resolve,
    policyProviders: chosen.providers,
    providers: options.providers.length > 0 ? options.providers.map((id) => resolve(flagSpec(id))) : null,
    compareProviders:
      options.compareProviders === null
        ? null
        : [resolve(flagSpec(options.compareProviders[0])), resolve(flagSpec(options.compareProviders[1]))],
    all: runsEverything(sides, chosen, options),
    hasBase: sides.base !== null,
    keepCase: caseFilter(options.casePattern),
    minTrials: Math.max(chosen.policy.trials.min, options.repeat ?? 1),
  });
  if (plan.cells.length === 0 && options.casePattern !== null) {
    throw userError('no-case', `--case is "${options.casePattern}", which matches no case`, {
      nextStep: 'Correct the pattern',
    });
  }
  const judge = ({ suite }: PlannedCell, id: string | null): ProviderSpec | null =>
    judgeSpec(chosen, suite, id);
  const findings = caseFindings(plan.cells, judge);
  throwErrors(findings);
  const warnings = unique(
    [...chosen.warnings, ...suites.findings, ...findings].filter((finding) => !isError(finding)),
  );
  return { plan, suites, warnings, judge };
};

/** A selection by hand, a first run and the default branch run every suite; a pull request those that changed. */
const runsEverything = (sides: Sides, chosen: ChosenPolicy, options: TestOptions): boolean =>
  sides.everything ||
  chosen.firstRun ||
  chosen.baseUnreadable ||
  options.suite !== null ||
  options.casePattern !== null ||
  options.providers.length > 0 ||
  options.compareProviders !== null;

const nothingFound = async (sides: Sides, chosen: ChosenPolicy, options: TestOptions): Promise<UserError> => {
  if (options.suite === null) return noSuites(chosen.policy.suites, chosen.exists ? chosen.file : null);
  const all = await sides.head.tree.list();
  const near = filterSuites(all, `**/*${options.suite.replace(/[*?[\]{}]/g, '')}*`).slice(0, 5);
  return userError('no-suite', `--suite is "${options.suite}", which matches no suite`, {
    expected: 'a glob on the path, file name or short name of a suite',
    nextStep: near.length > 0 ? `Near: ${near.join(', ')}` : 'Correct the glob',
  });
};

/** Findings of every case that will run, each said once however many columns it stands in. */
const caseFindings = (cells: readonly PlannedCell[], judge: PreparedRun['judge']): Finding[] => {
  const findings: Finding[] = [];
  const seen = new Set<unknown>();
  const rendered = new Set<string>();
  for (const cell of cells) {
    const { testCase } = cell;
    const unjudged = needsJudge(testCase);
    if (!seen.has(testCase)) {
      findings.push(...validateAssertions(testCase));
      if (unjudged !== undefined && judge(cell, null) === null) findings.push(noJudge(unjudged));
    }
    seen.add(testCase);
    const prompt = cell.candidate?.prompt ?? cell.baseline?.prompt;
    const key = `${cell.suite.path}\0${cell.caseId}\0${cell.promptId}`;
    if (prompt !== undefined && !rendered.has(key)) findings.push(...variableFindings(prompt, testCase));
    rendered.add(key);
  }
  return findings;
};

export const noJudge = (assertion: Assertion): Finding => ({
  severity: 'error',
  code: 'no-judge',
  place: assertion.place,
  message: `\`${assertion.type}\` needs a judge and none is named`,
  expected: 'a provider under `judge` in assay.yml, or `provider` on the assertion',
  nextStep: 'Add `judge: {provider: openai:gpt-5-mini}` to assay.yml',
});
