import type { Assertion } from '../model/suite.ts';
import type { ParsedTest } from './test-shape.ts';

/** The test's own judge and rubric, for assertions that name none. */
const filled = (assertion: Assertion, { options }: ParsedTest): Assertion =>
  options.judge === null && options.rubricPrompt === null
    ? assertion
    : {
        ...assertion,
        provider: assertion.provider ?? options.judge,
        rubricPrompt: assertion.rubricPrompt ?? options.rubricPrompt,
      };

/**
 * A test with `defaultTest` merged in, as promptfoo does it: variables one by one and options key by key with the
 * test winning, `defaultTest`'s assertions first, everything else where the test says nothing.
 */
export const mergeDefault = (test: ParsedTest, defaults: ParsedTest): ParsedTest => {
  const options = {
    judge: test.options.judge ?? defaults.options.judge,
    rubricPrompt: test.options.rubricPrompt ?? defaults.options.rubricPrompt,
    keepLists: test.options.keepLists ?? defaults.options.keepLists,
    skipDefaultAssertions: test.options.skipDefaultAssertions,
  };
  const merged: ParsedTest = {
    ...test,
    description: test.description ?? defaults.description,
    vars: { ...defaults.vars, ...test.vars },
    threshold: test.threshold ?? defaults.threshold,
    prompts: test.prompts ?? defaults.prompts,
    providers: test.providers ?? defaults.providers,
    tags: test.tags ?? defaults.tags,
    owner: test.owner ?? defaults.owner,
    critical: test.critical ?? defaults.critical,
    severity: test.severity ?? defaults.severity,
    repeat: test.repeat ?? defaults.repeat,
    expectFail: test.expectFail ?? defaults.expectFail,
    options,
    complete: test.complete && defaults.complete,
  };
  const assertions = [...(options.skipDefaultAssertions ? [] : defaults.assertions), ...test.assertions];
  return { ...merged, assertions: assertions.map((assertion) => filled(assertion, merged)) };
};
