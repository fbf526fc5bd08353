import type { Suite } from '../../model/suite.ts';
import { suiteName } from '../../plan/find-suites.ts';
import { resolveFilters } from '../case-filters.ts';
import { dereference, referencedKeys } from '../dereference.ts';
import type { LocatedDocument } from '../document.ts';
import { makeCases } from '../make-cases.ts';
import { readJudge, readProviders } from '../provider-spec.ts';
import { readPrompts } from '../read-prompts.ts';
import { readTest } from '../read-test.ts';
import { readTests } from '../read-tests.ts';
import type { Reading } from '../reading.ts';
import { checkKeys } from '../recognised.ts';
import { findingsFromIssues } from '../schema-findings.ts';
import { readLocated, resolvePath } from '../source-files.ts';
import { suiteKeys, suiteSchema } from '../suite-shape.ts';
import { emptyTest, type ParsedTest } from '../test-shape.ts';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `defaultTest`, in the suite or in a file of its own, and the judge that it names. */
const readDefaults = async (
  reading: Reading,
  document: LocatedDocument,
  value: unknown,
): Promise<{ defaults: ParsedTest; judge: Suite['judge'] }> => {
  const none = { defaults: emptyTest(document.placeOf([])), judge: null };
  if (value === undefined || value === null) return none;
  let source = document;
  let at: readonly string[] = ['defaultTest'];
  if (typeof value === 'string') {
    const place = document.placeOf(at);
    const file = resolvePath(reading, value, place);
    const read = file === null ? null : await readLocated(reading, file, place);
    if (file === null || read === null) return none;
    reading.files.add(file);
    source = dereference(read);
    at = [];
  }
  const body = typeof value === 'string' ? source.value : value;
  const defaults = await readTest(reading, source, at, body, true);
  const options = isRecord(body) && isRecord(body['options']) ? body['options'] : {};
  const judge = readJudge(reading, source, [...at, 'options', 'provider'], options['provider']);
  return { defaults: defaults ?? none.defaults, judge };
};

/** Keys at the top: known, recognised, templates of references, or wrong. Null after reporting. */
const readTop = (reading: Reading, document: LocatedDocument, templates: ReadonlySet<string>) => {
  const { value } = document;
  if (!isRecord(value)) {
    const what = value === null || value === undefined ? 'the file is empty' : 'the file is no map';
    reading.error('wrong-value', document.placeOf([]), what, {
      expected: '`prompts` and `tests`',
      nextStep:
        'Write a suite, for instance `prompts: [support.txt]` and `tests: [{vars: {…}, assert: […]}]`',
    });
    return null;
  }
  const known = Object.fromEntries(
    Object.entries(value).filter(([key]) => suiteKeys.includes(key) || !templates.has(key)),
  );
  const { kept } = checkKeys(reading, document, [], known, 'suite', suiteKeys);
  const parsed = suiteSchema.safeParse(kept);
  if (!parsed.success) {
    reading.add(findingsFromIssues(parsed.error.issues, document, () => suiteKeys));
    return null;
  }
  const { repeat: _repeat, ...others } = parsed.data.evaluateOptions ?? {};
  checkKeys(reading, document, ['evaluateOptions'], others, 'evaluateOptions', ['repeat']);
  if (kept['providers'] !== undefined && kept['targets'] !== undefined) {
    reading.error('wrong-value', document.keyPlaceOf(['targets']), 'providers and targets are the same key', {
      nextStep: 'Keep one of the two',
    });
  }
  return parsed.data;
};

const reportEmpty = (reading: Reading, document: LocatedDocument, tests: readonly ParsedTest[]): void => {
  const some = tests.length > 0 || reading.lacksTests();
  const left = some ? 'none of the cases can be run' : 'the suite has no case';
  reading.error('no-cases', document.placeOf(['tests']), left, {
    expected: '`tests`: a list of cases, or files of them',
    nextStep: some ? 'See the warnings for what is not supported' : 'Add a case with vars and assert',
  });
};

/** A case without an assertion passes whatever the answer is: allowed, and said once. */
export const warnUnchecked = (reading: Reading, suite: Pick<Suite, 'cases'>): void => {
  const unchecked = suite.cases.filter(({ assertions }) => assertions.length === 0);
  const [first] = unchecked;
  if (first === undefined) return;
  const what = unchecked.length === 1 ? `the case "${first.id}" has` : `${unchecked.length} cases have`;
  reading.warn('no-assertion', first.place, `${what} no assertion, so that any answer passes`, {
    nextStep: 'Add an assertion',
  });
};

/** A suite in promptfoo's shape: `*.suite.yml` and `promptfooconfig.yaml`. Null after reporting an error. */
export const readPromptfooSuite = async (reading: Reading): Promise<Suite | null> => {
  const start = { file: reading.path, line: 1, column: 1 };
  const read = await readLocated(reading, reading.path, start);
  const document = read === null ? null : await reading.attempt(() => dereference(read));
  const top = document === null ? null : readTop(reading, document, referencedKeys(read?.value));
  if (document === null || top === null) return null;
  const key = top.providers === undefined && top.targets !== undefined ? 'targets' : 'providers';
  const providers = readProviders(reading, document, key, top[key]);
  const beforePrompts = reading.errorCount();
  const prompts = await readPrompts(reading, document, top.prompts);
  const promptsAreKnown = reading.errorCount() === beforePrompts;
  const beforeTests = reading.errorCount();
  const { defaults, judge } = await readDefaults(reading, document, top.defaultTest);
  const tests = await readTests(reading, document, top.tests);
  const cases = makeCases(reading, tests, defaults, false);
  if (cases.length === 0 && reading.errorCount() === beforeTests) reportEmpty(reading, document, tests);
  const suite: Suite = {
    path: reading.path,
    name: suiteName(reading.path),
    description: top.description ?? null,
    prompts,
    providers,
    cases: promptsAreKnown ? resolveFilters(reading, prompts, cases) : cases,
    judge,
    repeat: Math.max(1, top.evaluateOptions?.repeat ?? 1, top.repeat ?? 1),
    files: [...reading.files],
  };
  warnUnchecked(reading, suite);
  return suite;
};
