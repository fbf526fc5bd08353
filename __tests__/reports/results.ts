import { columnsOf } from '../../src/compare/columns.ts';
import {
  type CellRecord,
  type Check,
  type Reason,
  type RunResult,
  runResultSchema,
  type Semantic,
  type SemanticReason,
  type SideRecord,
  type TrialRecord,
  type Verdict,
} from '../../src/model/run.ts';
import type { ReportLinks } from '../../src/reports/view.ts';

/** Results of every situation that a report has to tell, each checked against the schema. */

export const links: ReportLinks = {
  repositoryUrl: 'https://github.com/acme/support-bot',
  sha: '9c1e0ab4d2f6a8b0c1e3f5a7b9d1c3e5f7a9b1c3',
  runUrl: 'https://github.com/acme/support-bot/actions/runs/4242',
  reportUrl: 'https://github.com/acme/support-bot/actions/runs/4242/artifacts/77',
};

export const noLinks: ReportLinks = { repositoryUrl: null, sha: null, runUrl: null, reportUrl: null };

export const check = (over: Partial<Check> = {}): Check => ({
  type: 'not-icontains',
  pass: true,
  score: 1,
  reason: '',
  metric: null,
  weight: 1,
  severity: 'block',
  expected: 'I cannot help with that',
  line: 14,
  ...over,
});

export const failedCheck = (over: Partial<Check> = {}): Check =>
  check({ pass: false, score: 0, reason: 'the answer contains "I cannot help with that"', ...over });

const trial = (over: Partial<TrialRecord> = {}): TrialRecord => ({
  status: 'passed',
  output: 'You can get a refund within 30 days.',
  checks: [check()],
  finish: 'stop',
  error: null,
  skipped: null,
  latencyMs: 800,
  costUsd: 0.00042,
  tokens: { input: 210, output: 34 },
  cached: false,
  ...over,
});

const nothing = {
  output: null,
  checks: [],
  finish: null,
  latencyMs: null,
  costUsd: null,
  tokens: null,
} as const;

export const errored = (message: string, status: number | null, kind = 'fatalForProvider'): SideRecord => ({
  state: 'errored',
  trials: [trial({ ...nothing, checks: [], status: 'errored', error: { kind, message, status } })],
});

export const skipped = (why: string): SideRecord => ({
  state: 'skipped',
  trials: [trial({ ...nothing, checks: [], status: 'skipped', skipped: why })],
});

export const passing = (output: string, over: Partial<TrialRecord> = {}): SideRecord => ({
  state: 'passed',
  trials: [trial({ output, ...over })],
});

export const failing = (
  output: string,
  checks = [failedCheck()],
  over: Partial<TrialRecord> = {},
): SideRecord => ({
  state: 'failed',
  trials: [trial({ status: 'failed', output, checks, ...over })],
});

/** A side of several trials with equal answers, some of which are bad. */
export const tried = (output: string, passed: number, of: number): SideRecord => ({
  state: passed === of ? 'passed' : passed === 0 ? 'failed' : 'flaky',
  trials: Array.from({ length: of }, (_, index) =>
    index < passed ? trial({ output }) : trial({ status: 'failed', output, checks: [failedCheck()] }),
  ),
});

export const meaning = (severity: Semantic['severity'], ...reasons: SemanticReason[]): Semantic => ({
  severity,
  reasons,
  similarity: severity === 'none' ? 1 : 0.41,
});

export const because = (
  kind: string,
  baseline: string | null,
  candidate: string | null,
  severity: SemanticReason['severity'] = 'breaking',
): SemanticReason => ({ kind, severity, baseline, candidate, message: `${kind} changed` });

export const cell = (over: Partial<CellRecord> = {}): CellRecord => {
  const suite = over.suite ?? 'prompts/support.suite.yml';
  const prompt = over.prompt ?? 'prompts/support.prompt.yml';
  const id = over.case ?? 'asks-for-a-refund';
  const provider = over.provider ?? 'haiku';
  return {
    id: [suite, prompt, id, provider].join('::'),
    suite,
    prompt,
    case: id,
    provider,
    change: 'stillPassing',
    description: id.replaceAll('-', ' '),
    file: suite,
    line: 14,
    origin: 'base',
    severity: 'block',
    critical: false,
    owner: null,
    expectFail: null,
    quarantined: null,
    planned: 3,
    asked: 'I want my money back',
    baseline: passing('You can get a refund within 30 days.'),
    candidate: passing('You can get a refund within 30 days.'),
    semantic: meaning('none'),
    ...over,
  };
};

export const broken = (over: Partial<CellRecord> = {}): CellRecord =>
  cell({
    change: 'broken',
    baseline: tried(
      'You can get a refund within 30 days: open Orders, choose the item and press Refund.',
      3,
      3,
    ),
    candidate: tried('I cannot help with that.', 0, 3),
    semantic: meaning(
      'breaking',
      because('refusal', null, 'I cannot help with that.'),
      because('removed', '30 days', null, 'review'),
    ),
    ...over,
  });

const slug = (path: string): string => path.split('/').at(-1)?.split('.')[0] ?? path;

export const reason = (
  code: string,
  message: string,
  cells: readonly string[] = [],
  blocking = true,
): Reason => ({
  code,
  message,
  blocking,
  cells: [...cells],
});

export const verdict = (outcome: Verdict['outcome'], ...reasons: Reason[]): Verdict => ({ outcome, reasons });

type RunParts = Partial<Omit<RunResult, 'cells'>> & { readonly cells: readonly CellRecord[] };

/** A whole result around cells: suites, prompts, models and matrix are derived from them. */
export const run = ({ cells, ...over }: RunParts): RunResult => {
  const distinct = (values: readonly string[]): string[] => [...new Set(values)];
  const suites = distinct(cells.map(({ suite }) => suite));
  return runResultSchema.parse({
    schema: 1,
    tool: { name: 'assay', version: '0.1.0' },
    startedAt: '2026-11-23T10:00:00.000Z',
    base: { ref: 'main', sha: '3f1c0de5a7b9d1c3e5f7a9b1c3d5e7f9a1b3c5d7' },
    head: { ref: 'be-concise', sha: links.sha },
    plan: { hash: 'a'.repeat(64), cells: cells.length, shard: null },
    suites: suites.map((path) => ({
      path,
      name: slug(path),
      description: null,
      cases: distinct(cells.filter(({ suite }) => suite === path).map((one) => one.case)).length,
      run: true,
    })),
    prompts: distinct(cells.map(({ prompt }) => prompt)).map((id) => ({
      id,
      path: id,
      label: id,
      baselineVersion: 'b'.repeat(64),
      candidateVersion: 'b'.repeat(64),
      diff: [],
    })),
    providers: distinct(cells.map(({ provider }) => provider)).map((label) => ({
      id: `vendor:${label}`,
      label,
      resolvedModels: [label],
      languageModel: true,
    })),
    cells: [...cells],
    matrix: columnsOf(cells),
    tampering: [],
    warnings: [],
    firstRun: false,
    budget: { usd: 2, calls: 20_000 },
    totals: { calls: 412, cached: 548, savedTrials: 3_100, costUsd: 0.31, durationMs: 72_000 },
    verdict: verdict('pass'),
    ...over,
  } satisfies RunResult);
};

const numbered = (count: number, name: string): string[] =>
  Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);

/** Many equal, passing cells; `change` turns some of them into something else. */
export const grid = (
  models: readonly string[],
  prompts: Readonly<Record<string, number>>,
  change: (of: CellRecord, index: number) => CellRecord = (same) => same,
): CellRecord[] =>
  Object.entries(prompts).flatMap(([name, count]) =>
    numbered(count, 'case').flatMap((id, index) =>
      models.map((provider, model) =>
        change(
          cell({
            suite: `prompts/${name}.suite.yml`,
            prompt: `prompts/${name}.prompt.yml`,
            case: id,
            provider,
            line: 10 + index * 6,
            baseline: passing('You can get a refund within 30 days.', {
              latencyMs: 500 + model * 300 + (index % 10) * 90,
              costUsd: 0.0004 * (model + 1),
            }),
            candidate: passing('You can get a refund within 30 days.', {
              latencyMs: 480 + model * 310 + (index % 10) * 95,
              costUsd: 0.00041 * (model + 1),
            }),
          }),
          index,
        ),
      ),
    ),
  );
