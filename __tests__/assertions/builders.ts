import type { GradeContext } from '../../src/assertions/grade.ts';
import { createGrader, type Grade } from '../../src/assertions/grade.ts';
import { createBuiltinEmbedder } from '../../src/embed/builtin.ts';
import type { Completion, CompletionRequest, Provider } from '../../src/model/provider.ts';
import type { Check } from '../../src/model/run.ts';
import type { Assertion, Case } from '../../src/model/suite.ts';

/** An assertion as a suite writes it: `type` may begin with `not-`. */
export const assertion = (type: string, rest: Partial<Assertion> = {}): Assertion => {
  const negated = rest.negated ?? type.startsWith('not-');
  return {
    type: negated ? type.replace(/^not-/, '') : type,
    value: undefined,
    threshold: null,
    weight: 1,
    metric: null,
    severity: 'block',
    provider: null,
    rubricPrompt: null,
    config: {},
    place: { file: 'a.suite.yml', line: 7, column: 9 },
    ...rest,
    negated,
  };
};

export const caseOf = (assertions: readonly Assertion[], rest: Partial<Case> = {}): Case => ({
  id: 'case-1',
  description: 'a case',
  vars: {},
  assertions,
  threshold: null,
  tags: [],
  owner: null,
  critical: false,
  severity: 'block',
  repeat: null,
  expectFail: null,
  prompts: null,
  providers: null,
  place: { file: 'a.suite.yml', line: 3, column: 5 },
  ...rest,
});

export const completionOf = (text: string, rest: Partial<Completion> = {}): Completion => ({
  text,
  toolCalls: [],
  finish: { reason: 'stop', raw: 'stop' },
  usage: { input: 10, output: 5 },
  latencyMs: 120,
  costUsd: 0.001,
  model: 'model-1',
  cached: false,
  ...rest,
});

export type ScriptedJudge = Provider & { readonly asked: CompletionRequest[] };

/** A judge that gives these replies in turn; it throws what is an Error, and what it was not told to say. */
export const judgeOf = (...replies: readonly (string | Completion | Error)[]): ScriptedJudge => {
  const asked: CompletionRequest[] = [];
  return {
    id: 'judge:one',
    label: 'one',
    languageModel: true,
    fingerprint: {},
    price: null,
    asked,
    complete: async (request) => {
      const reply = replies[asked.length];
      asked.push(request);
      if (reply === undefined) throw new Error('the judge was asked too often');
      if (reply instanceof Error) throw reply;
      return typeof reply === 'string' ? completionOf(reply) : reply;
    },
  };
};

export const contextOf = (rest: Partial<GradeContext> = {}): GradeContext => {
  const vars = rest.vars ?? {};
  const embedder = createBuiltinEmbedder();
  return {
    vars,
    prompt: 'What is the fee?',
    renderText: (text) =>
      text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => {
        if (!(name in vars)) throw new Error(`unknown variable ${name}`);
        return String(vars[name]);
      }),
    judge: async () => {
      throw new Error('no judge in this test');
    },
    embedder: async () => embedder,
    votes: 1,
    rival: { kind: 'none' },
    signal: new AbortController().signal,
    trial: 0,
    ...rest,
  };
};

export const gradeText = (
  text: string,
  assertions: readonly Assertion[],
  rest: { testCase?: Partial<Case>; completion?: Partial<Completion>; context?: Partial<GradeContext> } = {},
): Promise<Grade> =>
  createGrader().gradeCompletion({
    testCase: caseOf(assertions, rest.testCase),
    completion: completionOf(text, rest.completion),
    context: contextOf(rest.context),
  });

/** The one check of one assertion. */
export const checkText = async (
  text: string,
  one: Assertion,
  rest: Parameters<typeof gradeText>[2] = {},
): Promise<Check> => {
  const { checks } = await gradeText(text, [one], rest);
  const [check] = checks;
  if (check === undefined) throw new Error('no check');
  return check;
};
