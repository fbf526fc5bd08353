import type { DocumentPath, LocatedDocument } from './document.ts';
import { judgeId, readAssertions } from './read-assertions.ts';
import { readVars } from './read-vars.ts';
import type { Reading } from './reading.ts';
import { checkKeys } from './recognised.ts';
import { findingsFromIssues } from './schema-findings.ts';
import { noOptions, type ParsedTest, type TestOptions, testKeys, testSchema } from './test-shape.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const optionKeys = ['provider', 'rubricPrompt', 'disableVarExpansion', 'disableDefaultAsserts'] as const;

/**
 * `options`. Without `withJudge` the judge is left to the caller (`defaultTest`, where it is the suite's). Keys that
 * nobody here knows are parameters of the provider, for promptfoo: without them the case means something else.
 */
const readOptions = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: Readonly<Record<string, unknown>> | null | undefined,
  withJudge: boolean,
): { options: TestOptions; complete: boolean } => {
  if (value === undefined || value === null) return { options: noOptions, complete: true };
  const { complete, kept } = checkKeys(reading, document, path, value, 'options', optionKeys, 'case');
  const rubric = kept['rubricPrompt'];
  return {
    complete,
    options: {
      judge: withJudge ? judgeId(reading, document, [...path, 'provider'], kept['provider']) : null,
      rubricPrompt:
        rubric === undefined || rubric === null
          ? null
          : typeof rubric === 'string'
            ? rubric
            : JSON.stringify(rubric),
      keepLists: typeof kept['disableVarExpansion'] === 'boolean' ? kept['disableVarExpansion'] : null,
      skipDefaultAssertions: kept['disableDefaultAsserts'] === true,
    },
  };
};

/** One test, or `defaultTest` (`isDefault`), at `path`. Null after reporting that it is no test at all. */
export const readTest = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
  isDefault = false,
): Promise<ParsedTest | null> => {
  const place = document.placeOf(path);
  if (!isRecord(value)) {
    reading.error('wrong-value', place, `a test is ${JSON.stringify(value)}`.slice(0, 200), {
      expected: 'an object with vars and assert',
    });
    return null;
  }
  const keys = checkKeys(reading, document, path, value, 'test', testKeys);
  const parsed = testSchema.safeParse(keys.kept);
  if (!parsed.success) {
    reading.add(findingsFromIssues(parsed.error.issues, document, () => testKeys, path));
    return null;
  }
  const test = parsed.data;
  const vars = await readVars(reading, document, [...path, 'vars'], test.vars);
  const asserted = await readAssertions(reading, document, [...path, 'assert'], test.assert);
  const { options, complete } = readOptions(
    reading,
    document,
    [...path, 'options'],
    test.options,
    !isDefault,
  );
  return {
    id: test.id === undefined ? null : String(test.id).trim(),
    idPlace: document.placeOf([...path, 'id']),
    description: test.description ?? null,
    vars: vars.vars,
    assertions: asserted.assertions,
    threshold: test.threshold ?? null,
    prompts: test.prompts ?? null,
    providers: test.providers ?? null,
    tags: test.tags === undefined ? null : [test.tags].flat(),
    owner: test.owner ?? null,
    critical: test.critical ?? null,
    severity: test.severity ?? null,
    repeat: test.repeat ?? null,
    expectFail:
      test.expectFail === undefined
        ? null
        : {
            reason: test.expectFail.reason,
            issue: test.expectFail.issue === undefined ? null : String(test.expectFail.issue),
            until: test.expectFail.until ?? null,
          },
    options,
    complete: keys.complete && vars.complete && asserted.complete && complete,
    place,
  };
};
