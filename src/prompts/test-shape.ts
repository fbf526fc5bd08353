import * as z from 'zod';
import type { Place } from '../model/place.ts';
import type { Assertion, Case } from '../model/suite.ts';

const text = z.string().min(1);
const day = z.union([z.iso.date(), z.iso.datetime({ offset: true })], 'a date such as 2026-12-20');

/** One test of a suite, promptfoo's keys and ours. `vars` and `assert` are read by their own readers. */
export const testSchema = z.strictObject({
  description: z.string().optional(),
  vars: z.unknown().optional().describe('a map, or file://'),
  assert: z.unknown().optional().describe('a list of assertions'),
  threshold: z.number().optional().describe('the weighted mean of the scores must reach it'),
  options: z.record(z.string(), z.unknown()).nullable().optional(),
  prompts: z.array(text).optional().describe('labels or files: only these prompts'),
  providers: z.array(text).optional().describe('labels or ids: only these providers'),
  id: z
    .union([text.max(200), z.number()])
    .optional()
    .describe('stable name; else the description, else its number'),
  tags: z.union([text, z.array(text)]).optional(),
  owner: text.optional(),
  critical: z.boolean().optional(),
  severity: z.enum(['block', 'warn']).optional(),
  repeat: z.number().int().min(1).max(100).optional().describe('at least so many trials'),
  expectFail: z
    .strictObject({ reason: text, issue: z.union([text, z.number()]).optional(), until: day.optional() })
    .optional(),
});

export const testKeys: readonly string[] = Object.keys(testSchema.shape);

/** A test before `defaultTest` is merged into it and its lists of variables are taken apart. */
export type ParsedTest = {
  readonly id: string | null;
  readonly idPlace: Place;
  readonly description: string | null;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly assertions: readonly Assertion[];
  readonly threshold: number | null;
  readonly prompts: readonly string[] | null;
  readonly providers: readonly string[] | null;
  readonly tags: readonly string[] | null;
  readonly owner: string | null;
  readonly critical: boolean | null;
  readonly severity: Case['severity'] | null;
  readonly repeat: number | null;
  readonly expectFail: Case['expectFail'];
  readonly options: TestOptions;
  /** false: without something unsupported it would mean something else, so that it is left out. */
  readonly complete: boolean;
  readonly place: Place;
};

export type TestOptions = {
  /** The judge of assertions that name none. */
  readonly judge: string | null;
  readonly rubricPrompt: string | null;
  /** Lists of strings are passed whole. */
  readonly keepLists: boolean | null;
  readonly skipDefaultAssertions: boolean;
};

export const noOptions: TestOptions = {
  judge: null,
  rubricPrompt: null,
  keepLists: null,
  skipDefaultAssertions: false,
};

/** A test that says nothing: the `defaultTest` of a suite that has none. */
export const emptyTest = (place: Place): ParsedTest => ({
  id: null,
  idPlace: place,
  description: null,
  vars: {},
  assertions: [],
  threshold: null,
  prompts: null,
  providers: null,
  tags: null,
  owner: null,
  critical: null,
  severity: null,
  repeat: null,
  expectFail: null,
  options: noOptions,
  complete: true,
  place,
});
