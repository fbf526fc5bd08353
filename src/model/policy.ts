import * as z from 'zod';

const aShare = 'a share such as 20% or 0.2';

/** A share is written `20%` or `0.2`; inside the program it is always 0.2. */
export const share = z
  .union([z.number().min(0).max(1), z.string().regex(/^(100(\.0+)?|\d?\d(\.\d+)?)\s*%$/, aShare)], aShare)
  .transform((value) => (typeof value === 'number' ? value : Number.parseFloat(value) / 100))
  .describe('a share: `20%` or `0.2`');

/** An increase may be above 100 %, so it has no upper limit. */
const increase = z
  .union([z.number().min(0), z.string().regex(/^\d+(\.\d+)?\s*%$/, aShare)], aShare)
  .transform((value) => (typeof value === 'number' ? value : Number.parseFloat(value) / 100))
  .describe('a relative increase: `20%` or `0.2`');

const level = z.enum(['block', 'report', 'off']);

/** A rule with numbers: `block | report | off`, or its numbers, which means block. */
const ruleWith = <Shape extends z.ZodRawShape>(
  numbers: z.ZodObject<Shape>,
  fallback: z.input<typeof level>,
) =>
  z
    .union([level, numbers], 'block, report, off, or an object with its numbers')
    .default(fallback)
    .transform((value) =>
      typeof value === 'string'
        ? { level: value, ...numbers.parse({}) }
        : { level: 'block' as const, ...(value as z.output<typeof numbers>) },
    );

const price = z.strictObject({
  input: z.number().min(0).describe('USD per million input tokens'),
  output: z.number().min(0).describe('USD per million output tokens'),
});

export const providerEntry = z.union(
  [
    z.string().min(1),
    z.strictObject({
      id: z.string().min(1),
      label: z.string().min(1).optional(),
      config: z.record(z.string(), z.unknown()).optional(),
      price: price.optional(),
    }),
  ],
  'a provider id such as openai:gpt-5-mini, or an object with id, label, config and price',
);

const date = z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'a date such as 2026-12-20');
const count = z.number().int().min(0);
const budgetEntry = z.strictObject({
  usd: z.number().min(0).optional(),
  calls: count.optional(),
  minutes: z.number().positive().optional(),
});

const gate = z.strictObject({
  broken: level.default('block').describe('passed on the base, fails on the head'),
  alreadyFailing: level.default('report').describe('fails on both sides'),
  passRate: ruleWith(z.strictObject({ min: share.default(0) }), 'off').describe('absolute bar of a column'),
  regression: ruleWith(
    z.strictObject({
      alpha: z.number().gt(0).lt(1).default(0.05),
      margin: share.default(0.02),
      mode: z.enum(['difference', 'nonInferior']).default('difference'),
    }),
    'block',
  ),
  semantic: level.default('report').describe('block: also stop on `breaking` semantic changes'),
  coverage: share.default(0.95).describe('answered cells / planned cells'),
  cost: ruleWith(z.strictObject({ maxIncrease: increase.default(0.2) }), 'off'),
  latency: ruleWith(z.strictObject({ p95MaxIncrease: increase.default(0.5) }), 'off'),
  weakened: z
    .enum(['approve', 'report'])
    .default('approve')
    .describe('a pull request that loosens its own tests'),
});

/**
 * assay.yml: policy only. One schema is the type, the default, the error text and the JSON Schema.
 * Defaults are those of the README; where a key is missing, they hold.
 */
export const policySchema = z
  .strictObject({
    $schema: z.string().optional(),
    suites: z.array(z.string().min(1)).default([]).describe('globs; suites of any format live side by side'),
    providers: z.array(providerEntry).default([]).describe('for suites that name none'),
    trials: z
      .strictObject({
        min: z.number().int().min(1).max(100).default(1),
        max: z.number().int().min(1).max(100).default(8),
        sprt: z
          .strictObject({
            good: share.default(0.9),
            bad: share.default(0.1),
            alpha: z.number().gt(0).lt(1).default(0.001),
            beta: z.number().gt(0).lt(1).default(0.001),
          })
          .optional(),
      })
      .prefault({}),
    concurrency: z.number().int().min(1).max(1000).default(20).describe('calls in flight at most'),
    judge: z
      .strictObject({ provider: z.string().min(1), votes: z.number().int().min(1).max(15).default(3) })
      .optional(),
    gate: gate.prefault({}),
    approvals: z
      .strictObject({
        self: z.boolean().default(false),
        count: z.number().int().min(1).default(1),
        by: z.array(z.string()).default(['codeowners']),
      })
      .prefault({}),
    override: z
      .strictObject({ by: z.array(z.string()).default(['maintainers']), self: z.boolean().default(false) })
      .prefault({}),
    quarantine: z
      .array(z.strictObject({ case: z.string(), owner: z.string(), reason: z.string(), until: date }))
      .default([]),
    budget: budgetEntry
      .extend({
        pullRequest: budgetEntry.optional(),
        nightly: budgetEntry.optional(),
        month: budgetEntry.optional(),
      })
      .prefault({})
      .transform(({ pullRequest, nightly, month, ...bare }) => ({
        pullRequest: {
          usd: pullRequest?.usd ?? bare.usd ?? null,
          calls: pullRequest?.calls ?? bare.calls ?? 20_000,
          minutes: pullRequest?.minutes ?? bare.minutes ?? 30,
        },
        nightly,
        month,
      }))
      .describe("a wall, not a hint; a bare `{usd: 2}` is the pull request's"),
    nightly: z
      .strictObject({
        suites: z.array(z.string()).default(['**']),
        providers: z.array(providerEntry).optional(),
        mode: z.enum(['live', 'batch']).default('live'),
        onExceed: z.enum(['refuse', 'rotate']).default('refuse'),
      })
      .optional(),
    trust: z
      .strictObject({
        code: z.boolean().default(false),
        forks: z.enum(['recorded', 'none', 'label']).default('recorded'),
      })
      .prefault({}),
    drift: z
      .strictObject({
        watch: z.array(z.string()),
        every: z.string().optional(),
        usd: z.number().min(0).optional(),
      })
      .optional(),
    history: z
      .strictObject({
        outputs: z.enum(['none', 'failing', 'all']).default('none'),
        retainDays: z.number().int().min(1).default(2555),
      })
      .prefault({}),
    notify: z
      .array(z.strictObject({ on: z.array(z.string()), webhook: z.strictObject({ urlEnv: z.string() }) }))
      .default([]),
    rollouts: z.array(z.string()).default([]),
    mutation: z.enum(['off', 'changed']).default('off'),
    monitor: z.record(z.string(), z.unknown()).optional(),
    check: z.enum(['one', 'perOwner']).default('one'),
    owner: z.string().optional(),
    semantic: z
      .strictObject({ judge: providerEntry.optional(), embedder: z.string().default('builtin') })
      .prefault({}),
  })
  .superRefine((policy, context) => {
    if (policy.trials.max < policy.trials.min) {
      context.addIssue({
        code: 'custom',
        path: ['trials', 'max'],
        message: `trials.max (${policy.trials.max}) is below trials.min (${policy.trials.min})`,
      });
    }
  });

export type Policy = z.output<typeof policySchema>;
export type GateRules = Policy['gate'];

/** The policy of a repository that has no assay.yml. */
export const defaultPolicy = (): Policy => policySchema.parse({});
