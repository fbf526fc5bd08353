import type {
  CellRecord,
  Check,
  ColumnRecord,
  RunResult,
  SideRecord,
  TrialRecord,
} from '../../src/model/run.ts';
import type { ReportLinks } from '../../src/reports/view.ts';

const suite = 'prompts/support.suite.yml';
const prompt = 'prompts/support.prompt.yml';

export const links: ReportLinks = {
  repositoryUrl: 'https://github.com/acme/bot',
  sha: '9c1e0ab8a1b2c3d4e5f60718293a4b5c6d7e8f90',
  runUrl: null,
  reportUrl: null,
};

export const check = (
  type: string,
  expected: string | null,
  pass: boolean,
  reason: string,
  rest: Partial<Check> = {},
): Check => ({
  type,
  pass,
  score: pass ? 1 : 0,
  reason,
  metric: null,
  weight: 1,
  severity: 'block',
  expected,
  line: 15,
  ...rest,
});

export const trial = (
  status: TrialRecord['status'],
  output: string | null,
  checks: Check[] = [],
  rest: Partial<TrialRecord> = {},
): TrialRecord => ({
  status,
  output,
  checks,
  finish: output === null ? null : 'stop',
  error: null,
  skipped: null,
  latencyMs: 812,
  costUsd: 0.00042,
  tokens: { input: 412, output: 57 },
  cached: false,
  ...rest,
});

export const side = (state: SideRecord['state'], ...trials: TrialRecord[]): SideRecord => ({ state, trials });

export const cell = (
  id: string,
  provider: string,
  change: CellRecord['change'],
  rest: Partial<CellRecord> = {},
): CellRecord => ({
  id: `${suite}::${prompt}::${id}::${provider}`,
  suite,
  prompt,
  case: id,
  provider,
  change,
  description: id.replaceAll('-', ' '),
  file: suite,
  line: 14,
  origin: 'head',
  severity: 'block',
  critical: false,
  owner: null,
  expectFail: null,
  quarantined: null,
  planned: 3,
  asked: 'How long do I have to send it back?',
  baseline: null,
  candidate: null,
  semantic: null,
  ...rest,
});

const column = (provider: string, passed: readonly [number, number], broken: number): ColumnRecord => ({
  suite,
  prompt,
  provider,
  baseline: { passRate: passed[0] / 20, ci: [0.78, 0.99], passed: passed[0], answered: 20, planned: 20 },
  candidate: { passRate: passed[1] / 20, ci: [0.62, 0.95], passed: passed[1], answered: 20, planned: 20 },
  difference: (passed[1] - passed[0]) / 20,
  ci: [-0.15, 0.03],
  adjustedCi: null,
  pairs: 20,
  p: 0.5,
  pAdjusted: 0.5,
  broken,
  fixed: 0,
  flaky: 0,
  undecided: 0,
  latencyP50Ms: 812,
  latencyP95Ms: 2100,
  baselineLatencyP50Ms: 790,
  baselineLatencyP95Ms: 2240,
  costUsd: 0.00042,
  baselineCostUsd: 0.0004,
});

const before = 'Our return window is 30 days from delivery, and we pay the shipping.';
const now = 'Our return window is 14 days from delivery, and you pay the shipping.';

/** One broken cell, one that still passes with the same answer, one without an answer. */
export const cells: CellRecord[] = [
  cell('return-window', 'haiku', 'broken', {
    critical: true,
    baseline: side('passed', trial('passed', before, [check('contains', '30 days', true, 'found')])),
    candidate: side(
      'failed',
      trial('failed', now, [check('contains', '30 days', false, '"30 days" does not appear in the answer')]),
    ),
    semantic: {
      severity: 'breaking',
      similarity: 0.93,
      reasons: [
        {
          kind: 'number',
          severity: 'breaking',
          baseline: '30 days',
          candidate: '14 days',
          message: 'a number changed',
        },
      ],
    },
  }),
  cell('opening-hours', 'haiku', 'stillPassing', {
    asked: 'When do you open?',
    baseline: side('passed', trial('passed', 'At nine.', [check('contains', 'nine', true, 'found')])),
    candidate: side(
      'passed',
      trial('passed', 'At nine.', [check('contains', 'nine', true, 'found')], { cached: true }),
    ),
    semantic: { severity: 'none', similarity: 1, reasons: [] },
  }),
  cell('fees', 'gpt-5-mini', 'undecided', {
    baseline: side('passed', trial('passed', 'There are none.')),
    candidate: side(
      'errored',
      trial('errored', null, [], {
        error: { kind: 'retryable', status: 503, message: 'upstream connect error' },
        latencyMs: null,
        costUsd: null,
        tokens: null,
      }),
    ),
  }),
];

export const runResult = (rest: Partial<RunResult> = {}): RunResult => ({
  schema: 1,
  tool: { name: 'assay', version: '1.2.3' },
  startedAt: '2026-11-23T10:12:44.000Z',
  base: { ref: 'main', sha: '3f1c0de8a1b2c3d4e5f60718293a4b5c6d7e8f90' },
  head: { ref: 'concise-answers', sha: links.sha },
  plan: { hash: 'ab'.repeat(32), cells: cells.length, shard: null },
  suites: [{ path: suite, name: 'support', description: null, cases: 3, run: true }],
  prompts: [
    {
      id: prompt,
      path: prompt,
      label: 'support',
      baselineVersion: 'a1'.repeat(32),
      candidateVersion: 'b2'.repeat(32),
      diff: [
        {
          section: 'message',
          title: 'system',
          line: 7,
          parts: [
            { kind: 'same', text: 'Refunds are possible within ' },
            { kind: 'removed', text: '30' },
            { kind: 'added', text: '14' },
            { kind: 'same', text: ' days of delivery.\n' },
            { kind: 'added', text: 'Be concise.\n' },
          ],
        },
      ],
    },
  ],
  providers: [
    {
      id: 'anthropic:claude-haiku-4-5',
      label: 'haiku',
      resolvedModels: ['claude-haiku-4-5-20251001'],
      languageModel: true,
    },
    {
      id: 'openai:gpt-5-mini',
      label: 'gpt-5-mini',
      resolvedModels: ['gpt-5-mini-2026-08-07'],
      languageModel: true,
    },
  ],
  cells,
  matrix: [column('haiku', [20, 19], 1), column('gpt-5-mini', [19, 19], 0)],
  tampering: [
    {
      kind: 'assertion-removed',
      file: suite,
      line: 33,
      message: 'case "late-parcel": assertion contains "7 days" removed',
      weakening: true,
    },
  ],
  warnings: [{ file: suite, line: 9, column: 3, message: 'the variable "tone" is never used.' }],
  firstRun: false,
  budget: { usd: 2, calls: 20_000 },
  totals: { calls: 40, cached: 3, savedTrials: 0, costUsd: 0.31, durationMs: 72_000 },
  verdict: {
    outcome: 'fail',
    reasons: [
      {
        code: 'broken',
        message: '1 case broke on haiku',
        blocking: true,
        cells: cells.slice(0, 1).map(({ id }) => id),
      },
    ],
  },
  ...rest,
});
