import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import pLimit from 'p-limit';
import { AssertionError, createGrader, type Grade, JudgeError } from '../assertions/grade.ts';
import { judgeRecords } from '../compare/judges.ts';
import { createBuiltinEmbedder } from '../embed/builtin.ts';
import { UserError, userError } from '../model/errors.ts';
import { type Completion, ProviderFault, type ProviderSpec } from '../model/provider.ts';
import type { Suite } from '../model/suite.ts';
import { renderPrompt, renderText } from '../prompts/render.ts';
import { openRepository } from '../repo/repository.ts';
import { type Calibration, type Graded, renderCalibration, summarise } from '../reports/calibration.ts';
import { transcript } from '../runner/run-trial.ts';
import { BudgetExceeded, createLedger } from '../runner/with-budget.ts';
import { createProviders, type Providers } from './build-providers.ts';
import { choosePolicy } from './choose-policy.ts';
import { type JudgeOfSuite, type Question, questionsOf } from './label-questions.ts';
import { judgeSpec } from './prepare-run.ts';
import { createProgress } from './progress.ts';
import { readSuites } from './read-suites.ts';
import { resolveSides } from './sides.ts';
import { budgetOf, openStore } from './read-run.ts';
import type { TestOptions } from './test-options.ts';
import { votesOf } from './trusted-judges.ts';
import type { World } from './world.ts';

const answerOf = (text: string): Completion => ({
  text,
  toolCalls: [],
  finish: { reason: 'stop', raw: 'stop' },
  usage: null,
  latencyMs: null,
  costUsd: 0,
  model: null,
  cached: true,
});

type Grading = {
  readonly spec: JudgeOfSuite;
  readonly providers: Providers;
  readonly votes: number;
  readonly signal: AbortSignal;
};

const createAnswerGrader = ({ spec, providers, votes, signal }: Grading) => {
  const grader = createGrader();
  const embedder = createBuiltinEmbedder();
  return ({ label, suite, testCase }: Question): Promise<Grade> => {
    const { vars, prompts } = testCase;
    const prompt =
      suite.prompts.find(({ id, label: name, path }) =>
        [id, name, path].some((word) => prompts?.includes(word) ?? true),
      ) ?? suite.prompts[0];
    return grader.gradeCompletion({
      testCase,
      completion: answerOf(label.output),
      context: {
        vars,
        prompt: prompt === undefined ? '' : transcript(renderPrompt(prompt, vars).messages),
        renderText: (text) => renderText(text, vars, prompt?.syntax ?? 'jinja'),
        judge: async (id) => {
          const named = spec(suite, id);
          if (named === null) throw new Error('a case without a judge was to be graded');
          return providers.get(named);
        },
        embedder: async () => embedder,
        votes,
        rival: { kind: 'none' },
        signal,
        trial: 0,
      },
    });
  };
};

/** A judge that gives no judgement is neither right nor wrong; anything unforeseen is a bug. */
const notJudged = (error: unknown, signal: AbortSignal): string => {
  if (signal.aborted) return 'cancelled';
  const known =
    error instanceof JudgeError ||
    error instanceof AssertionError ||
    error instanceof ProviderFault ||
    error instanceof BudgetExceeded;
  if (!known) throw error;
  return error.message;
};

type Row = { readonly graded: Graded; readonly checks: Grade['checks'] };

const rowOf = ({ label, testCase }: Question, grade: Grade): Row => {
  const deciding = grade.checks.find(({ pass }) => pass === grade.passed) ?? grade.checks[0];
  const graded = {
    line: label.line,
    case: testCase.id,
    label: label.passes,
    judged: grade.passed,
    score: grade.score,
    reason: deciding?.reason ?? '',
    split: grade.judgeSplit,
  };
  return { graded, checks: grade.checks };
};

const silentRow = ({ label, testCase }: Question, reason: string): Row => ({
  graded: {
    line: label.line,
    case: testCase.id,
    label: label.passes,
    judged: null,
    score: null,
    reason,
    split: false,
  },
  checks: [],
});

const readText = async (world: World, file: string): Promise<string> => {
  try {
    return await readFile(resolve(world.cwd, file), 'utf8');
  } catch (error) {
    throw userError(
      'no-labels',
      `--judge-calibration is "${file}", which can't be read: ${(error as Error).message}`,
      {
        expected: 'a file of lines {"case", "output", "label"}',
      },
    );
  }
};

/** What the calibration reads: the working tree's own rubrics and judge, since it is they that are tuned. */
const readInput = async (file: string, options: TestOptions, world: World) => {
  const repository = await openRepository(world.cwd, world.env);
  const found = await resolveSides(repository, { base: options.base ?? 'none', head: options.head });
  const sides = { ...found, base: null };
  const chosen = await choosePolicy({ ...sides, policy: found.policy }, options.config);
  const read = await readSuites(sides, chosen.policy.suites, options.suite);
  const errors = read.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new UserError(errors);
  const suites = read.pairs.map(({ head }) => head).filter((suite) => suite !== null);
  const spec = (suite: Suite, id: string | null) => judgeSpec(chosen, suite, id);
  return {
    repository,
    sides,
    chosen,
    spec,
    questions: questionsOf(file, await readText(world, file), suites, spec),
  };
};

const calibrate = async (file: string, options: TestOptions, world: World): Promise<Calibration> => {
  const { repository, sides, chosen, spec, questions } = await readInput(file, options, world);
  const ledger = createLedger(budgetOf(chosen, options));
  const progress = createProgress(world, ledger.spentUsd);
  const store = await openStore(repository, options, world, progress.watch);
  try {
    let cached = 0;
    const concurrency = options.concurrency ?? chosen.policy.concurrency;
    const providers = createProviders({
      world,
      tree: sides.policy.tree,
      store,
      ledger,
      watch: progress.watch,
      withoutKeys: options.withoutKeys,
      concurrency,
      onHit: () => {
        cached++;
      },
    });
    const specs = questions.flatMap(({ suite, testCase }) =>
      testCase.assertions.map(({ provider }) => spec(suite, provider)).filter((one) => one !== null),
    );
    await providers.prepare(specs);
    const { signal } = world;
    const grade = createAnswerGrader({ spec, providers, votes: votesOf(chosen.policy), signal });
    const limit = pLimit(concurrency);
    const rows = await Promise.all(
      questions.map((question) =>
        limit(async () => {
          if (signal.aborted) return silentRow(question, 'cancelled');
          try {
            return rowOf(question, await grade(question));
          } catch (error) {
            return silentRow(question, notJudged(error, signal));
          }
        }),
      ),
    );
    return calibrationOf(file, rows, specs, { calls: ledger.calls(), cached, costUsd: ledger.spentUsd() });
  } finally {
    progress.end();
    store.close();
  }
};

const calibrationOf = (
  file: string,
  rows: readonly Row[],
  specs: readonly ProviderSpec[],
  totals: Calibration['totals'],
): Calibration => ({
  file,
  judges: judgeRecords(
    rows.flatMap(({ checks }) => checks.flatMap(({ judge }) => judge ?? [])),
    specs.map(({ id }) => ({ judge: id, asked: 0, wrong: 0 })),
  ).map(({ knownAnswers: _notAsked, ...record }) => record),
  graded: rows.map(({ graded }) => graded),
  totals,
});

export type JudgeCalibration = {
  readonly file: string;
  readonly options: TestOptions;
  readonly format: 'pretty' | 'json' | 'github';
};

/**
 * `assay test --judge-calibration FILE`: how far the judge agrees with human labels. It measures, and gives no
 * verdict: exit 0, but 2 where nothing could be judged. Resolves to the exit code.
 */
export const calibrateJudge = async (
  { file, options, format }: JudgeCalibration,
  world: World,
): Promise<number> => {
  const calibration = await calibrate(file, options, world);
  world.stdout(
    format === 'json'
      ? `${JSON.stringify(summarise(calibration), null, 2)}\n`
      : renderCalibration(calibration, world.color),
  );
  if (world.signal.aborted) return 130;
  return calibration.graded.some(({ judged }) => judged !== null) ? 0 : 2;
};
