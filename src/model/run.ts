import * as z from 'zod';
import { judgedSchema, judgeSchema } from './judged.ts';
import type { Completion } from './provider.ts';

/** The result of one assertion on one completion. */
export const checkSchema = z.object({
  type: z.string().describe('as the suite wrote it, with `not-`'),
  pass: z.boolean(),
  score: z.number().describe('0 to 1'),
  reason: z.string(),
  metric: z.string().nullable(),
  weight: z.number().describe('0 reports only'),
  severity: z.enum(['block', 'warn']),
  expected: z.string().nullable().describe("the assertion's value as text"),
  line: z.number().int().nullable(),
  judge: judgedSchema.optional(),
});
export type Check = z.infer<typeof checkSchema>;

/** Why there is no answer. */
export type TrialError = { readonly kind: string; readonly message: string; readonly status: number | null };

export type SkipReason = 'budget' | 'unchanged' | 'no-credentials' | 'cancelled' | 'provider-stopped';

/** One execution of a cell on one side. `failed` is a bad answer, `errored` is no answer. */
export type Trial =
  | {
      readonly status: 'passed' | 'failed';
      readonly completion: Completion;
      readonly checks: readonly Check[];
      /** A judge disagreed with itself on this answer, and either of its opinions would have been the result. */
      readonly judgeSplit?: boolean;
    }
  | {
      readonly status: 'blocked' | 'truncated';
      readonly completion: Completion;
      readonly checks: readonly Check[];
    }
  | { readonly status: 'errored'; readonly error: TrialError }
  | { readonly status: 'skipped'; readonly reason: SkipReason };

export const trialStatuses = ['passed', 'failed', 'errored', 'blocked', 'truncated', 'skipped'] as const;

export const sideStates = [
  'passed',
  'failed',
  'flaky',
  'errored',
  'blocked',
  'truncated',
  'skipped',
  'missing',
] as const;
/** What all trials of one side of a cell say together. */
export type SideState = (typeof sideStates)[number];

export const changes = [
  'broken',
  'fixed',
  'stillFailing',
  'stillPassing',
  'flaky',
  'added',
  'removed',
  'undecided',
] as const;
/** What became of a cell between the sides. */
export type Change = (typeof changes)[number];

export const semanticSeverities = ['none', 'reworded', 'review', 'breaking'] as const;
export type SemanticSeverity = (typeof semanticSeverities)[number];

export const semanticReasonSchema = z.object({
  kind: z.string().describe('refusal, number, negation, url, added, removed, …'),
  severity: z.enum(semanticSeverities),
  baseline: z.string().nullable().describe('the span on the baseline side'),
  candidate: z.string().nullable().describe('the span on the candidate side'),
  message: z.string(),
});
export type SemanticReason = z.infer<typeof semanticReasonSchema>;

export const semanticSchema = z.object({
  severity: z.enum(semanticSeverities),
  reasons: z.array(semanticReasonSchema),
  similarity: z.number().describe('0 to 1, three decimals; shown, never decides'),
});
export type Semantic = z.infer<typeof semanticSchema>;

const trialSchema = z.object({
  status: z.enum(trialStatuses),
  output: z.string().nullable(),
  checks: z.array(checkSchema),
  finish: z.string().nullable().describe("why the model stopped, in the vendor's own word"),
  error: z.object({ kind: z.string(), message: z.string(), status: z.number().nullable() }).nullable(),
  skipped: z.string().nullable().describe('why nothing was asked'),
  latencyMs: z.number().nullable(),
  costUsd: z.number().nullable(),
  tokens: z.object({ input: z.number(), output: z.number() }).nullable(),
  cached: z.boolean(),
});
/** A trial as it leaves the program. */
export type TrialRecord = z.infer<typeof trialSchema>;

const sideSchema = z.object({
  state: z.enum(sideStates),
  cause: z
    .enum(['judge'])
    .optional()
    .describe('why it is flaky where its trials need not differ: the judge disagrees with itself'),
  trials: z.array(trialSchema),
});
export type SideRecord = z.infer<typeof sideSchema>;

const rateSchema = z.object({
  passRate: z.number().nullable(),
  ci: z.tuple([z.number(), z.number()]).nullable().describe('95 % Wilson interval'),
  passed: z.number().int(),
  answered: z.number().int(),
  planned: z.number().int(),
});

export const cellSchema = z.object({
  id: z.string(),
  suite: z.string().describe("the suite's path"),
  prompt: z.string(),
  case: z.string(),
  provider: z.string(),
  change: z.enum(changes),
  description: z.string(),
  file: z.string().describe('where the case stands'),
  line: z.number().int(),
  origin: z.enum(['base', 'head']).describe('whose definition of the case was used'),
  severity: z.enum(['block', 'warn']),
  critical: z.boolean(),
  owner: z.string().nullable(),
  expectFail: z.string().nullable(),
  quarantined: z.string().nullable(),
  planned: z
    .number()
    .int()
    .describe(
      'trials a side that it got whatever came out; columns count these, since those beyond followed a surprise',
    ),
  asked: z.string().describe('the last user message as it was sent on the candidate side'),
  baseline: sideSchema.nullable(),
  candidate: sideSchema.nullable(),
  semantic: semanticSchema.nullable(),
});
export type CellRecord = z.infer<typeof cellSchema>;

const columnSideSchema = rateSchema;

export const columnSchema = z.object({
  suite: z.string(),
  prompt: z.string(),
  provider: z.string(),
  baseline: columnSideSchema.nullable(),
  candidate: columnSideSchema.nullable(),
  difference: z.number().nullable().describe('candidate − baseline pass rate over paired cells'),
  ci: z.tuple([z.number(), z.number()]).nullable().describe('95 % interval of the difference'),
  adjustedCi: z
    .tuple([z.number(), z.number()])
    .nullable()
    .describe(
      'Bonett–Price interval, which few cases can not make narrow: what non-inferiority is judged by',
    ),
  pairs: z.number().int(),
  p: z
    .number()
    .nullable()
    .describe('two-sided: exact McNemar with one trial a side, else a seeded sign-flip permutation'),
  pAdjusted: z.number().nullable().describe('Benjamini–Hochberg over all columns of the run'),
  broken: z.number().int(),
  fixed: z.number().int(),
  flaky: z.number().int(),
  undecided: z.number().int(),
  latencyP50Ms: z.number().nullable().describe('candidate, uncached answers of this run only'),
  latencyP95Ms: z.number().nullable(),
  baselineLatencyP50Ms: z.number().nullable(),
  baselineLatencyP95Ms: z.number().nullable(),
  costUsd: z
    .number()
    .nullable()
    .describe('mean per candidate answer × 1,000 is the "per 1,000" of the reports'),
  baselineCostUsd: z.number().nullable(),
});
export type ColumnRecord = z.infer<typeof columnSchema>;

export const outcomes = ['pass', 'fail', 'undecided', 'needsApproval'] as const;
export type Outcome = (typeof outcomes)[number];

export const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  blocking: z.boolean().describe('whether it made the outcome worse than pass'),
  cells: z.array(z.string()),
});
export type Reason = z.infer<typeof reasonSchema>;

export const verdictSchema = z.object({ outcome: z.enum(outcomes), reasons: z.array(reasonSchema) });
export type Verdict = z.infer<typeof verdictSchema>;

export const tamperingSchema = z.object({
  kind: z.string(),
  file: z.string(),
  line: z.number().int().nullable(),
  message: z.string(),
  weakening: z.boolean(),
});
export type Tampering = z.infer<typeof tamperingSchema>;

export const warningSchema = z.object({
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  column: z.number().int().nullable(),
  message: z.string(),
});
export type Warning = z.infer<typeof warningSchema>;

const promptDiffSchema = z.object({
  section: z.enum(['message', 'parameters', 'tools', 'responseFormat', 'model']),
  title: z.string(),
  parts: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
  line: z.number().int().nullable(),
});

/** The one versioned document: shard blob, stored baseline, results.json and input of every report. */
export const runResultSchema = z.object({
  schema: z.literal(1),
  tool: z.object({ name: z.literal('assay'), version: z.string() }),
  startedAt: z.string().describe('ISO 8601'),
  base: z.object({ ref: z.string(), sha: z.string().nullable() }).nullable().describe('null: the head alone'),
  head: z.object({ ref: z.string(), sha: z.string().nullable() }),
  plan: z.object({
    hash: z.string(),
    cells: z.number().int(),
    shard: z.object({ index: z.number().int(), of: z.number().int() }).nullable(),
  }),
  suites: z.array(
    z.object({
      path: z.string(),
      name: z.string(),
      description: z.string().nullable(),
      cases: z.number().int(),
      run: z.boolean().describe('false: nothing that it is made of changed'),
    }),
  ),
  prompts: z.array(
    z.object({
      id: z.string(),
      path: z.string(),
      label: z.string(),
      baselineVersion: z.string().nullable(),
      candidateVersion: z.string().nullable(),
      diff: z.array(promptDiffSchema),
    }),
  ),
  providers: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      resolvedModels: z.array(z.string()),
      languageModel: z.boolean(),
    }),
  ),
  judges: z.array(judgeSchema).optional().describe('absent: no judge was asked'),
  cells: z.array(cellSchema),
  matrix: z.array(columnSchema),
  tampering: z.array(tamperingSchema),
  warnings: z.array(warningSchema),
  firstRun: z.boolean().describe('the policy is proposed by the very change that it judges'),
  budget: z.object({ usd: z.number().nullable(), calls: z.number().int().nullable() }),
  totals: z.object({
    calls: z.number().int().describe('requests that were sent'),
    cached: z.number().int(),
    savedTrials: z
      .number()
      .int()
      .describe('answers that a fixed number of trials (trials.max) would have wanted besides'),
    costUsd: z.number().nullable(),
    durationMs: z.number(),
  }),
  verdict: verdictSchema,
});
export type RunResult = z.infer<typeof runResultSchema>;

/** One sign for one outcome everywhere: comment, terminal, report. */
export const signs = {
  pass: '✓',
  fail: '✗',
  undecided: '?',
  needsApproval: '!',
  flaky: '~',
} as const;

/** Process exit code of each outcome; 3 is bad configuration, 130 is cancelled. */
export const exitCodes = { pass: 0, fail: 1, undecided: 2, needsApproval: 4 } as const satisfies Record<
  Outcome,
  number
>;
