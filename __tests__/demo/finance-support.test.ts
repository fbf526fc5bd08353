import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyPatch } from 'diff';
import { parse } from 'yaml';
import type { Expectation } from '../../scripts/demo/expectation.ts';
import { createGrader } from '../../src/assertions/grade.ts';
import type { Tree } from '../../src/model/ports.ts';
import type { Provider } from '../../src/model/provider.ts';
import type { Case, Suite } from '../../src/model/suite.ts';
import { renderPrompt, renderText } from '../../src/prompts/render.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { extract } from '../../src/providers/extract.ts';

const example = join(import.meta.dirname, '..', '..', 'examples', 'finance-support');
const read = (path: string): string => readFileSync(join(example, path), 'utf8');
const promptPath = 'prompts/support.prompt.yml';

const files = new Map(
  readdirSync(example, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(example, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .map((path) => [path, read(path)]),
);

/** The example's files, with another text of the support prompt. */
const treeWith = (label: string, prompt: string): Tree => {
  const all = new Map([...files, [promptPath, prompt]]);
  return {
    label,
    sha: null,
    list: async () => [...all.keys()].toSorted(),
    read: async (path) => all.get(path) ?? null,
    hash: async (path) => all.get(path) ?? null,
  };
};

const basePrompt = read(promptPath);
const patch = read('pull-request/be-concise.patch');
const headPrompt = applyPatch(basePrompt, patch.slice(patch.indexOf('--- a/')));
if (headPrompt === false) throw new Error('pull-request/be-concise.patch does not apply to the prompt');

const policy = parse(read('assay.yml')) as {
  providers: { id: string; label: string; config: Record<string, unknown> }[];
};
const signal = new AbortController().signal;
const build = (entry: (typeof policy.providers)[number]): Provider | Promise<Provider> =>
  extract(
    { ...entry, price: null, place: null },
    { env: {}, fetch, readText: async () => null, allowLoopbackHttp: false },
  );

const suiteIn = async (tree: Tree, path: string): Promise<Suite> => {
  const { suite, findings } = await readSuite(tree, path);
  expect(findings).toEqual([]);
  if (suite === null) throw new Error(`${path} is no suite`);
  return suite;
};

const grader = createGrader();

/** Answers one case and grades it; resolves to what failed. */
const failuresOf = async (suite: Suite, testCase: Case, provider: Provider): Promise<string[]> => {
  const [prompt] = suite.prompts;
  if (prompt === undefined) throw new Error(`${suite.path} has no prompt`);
  const { messages, missing } = renderPrompt(prompt, testCase.vars);
  expect(missing).toEqual([]);
  const completion = await provider.complete({
    messages,
    parameters: prompt.parameters,
    tools: [],
    responseFormat: prompt.responseFormat,
    trial: 0,
    signal,
  });
  const nobody = (): never => {
    throw new Error('the example needs neither judge nor embedder');
  };
  const { checks } = await grader.gradeCompletion({
    testCase,
    completion,
    context: {
      vars: testCase.vars,
      prompt: messages.map(({ content }) => content).join('\n'),
      renderText: (text) => renderText(text, testCase.vars, prompt.syntax),
      judge: nobody,
      embedder: nobody,
      votes: 1,
      rival: { kind: 'none' },
      signal,
      trial: 0,
    },
  });
  expect(checks).toHaveLength(testCase.assertions.length);
  return checks
    .filter(({ pass }) => !pass)
    .map(({ type, reason }) => `${type}: ${reason} | ${completion.text}`);
};

/** `case on model` → what failed there, for every cell of the suite that failed. */
const failedCells = async (tree: Tree, path: string): Promise<Record<string, string[]>> => {
  const suite = await suiteIn(tree, path);
  const failed: Record<string, string[]> = {};
  for (const entry of policy.providers) {
    const provider = await build(entry);
    for (const testCase of suite.cases) {
      const failures = await failuresOf(suite, testCase, provider);
      if (failures.length > 0) failed[`${testCase.id} on ${entry.label}`] = failures;
    }
  }
  return failed;
};

const support = 'suites/support.suite.yml';
const triage = 'suites/triage.suite.yml';
const main = treeWith('main', basePrompt);

describe('examples/finance-support', () => {
  test.each([support, triage])('on main every case of %s passes on both models', async (path) => {
    expect(await failedCells(main, path)).toEqual({});
  });

  test('on the pull request exactly the expected cases are broken', async () => {
    const { broken } = JSON.parse(read('pull-request/expected-broken.json')) as Expectation;
    const expected = broken.flatMap((one) => one.providers.map((provider) => `${one.case} on ${provider}`));
    const failed = await failedCells(treeWith('be-concise', headPrompt), support);
    expect(Object.keys(failed).toSorted()).toEqual(expected.toSorted());
  });

  test('only the explanations come back when the new instruction makes an exception for them', async () => {
    const mended = headPrompt.replace(
      'Be concise.',
      'Be concise, but explain every financial term that you use.',
    );
    const failed = await failedCells(treeWith('mended', mended), support);
    expect(Object.keys(failed).toSorted()).toEqual([
      'complaint-rejected on extract-brief',
      'dispute-deadline on extract-brief',
      'dispute-deadline on extract-full',
      'dispute-deadline-after-a-story on extract-brief',
      'dispute-deadline-after-a-story on extract-full',
    ]);
  });

  describe('the suite', () => {
    let cases: readonly Case[] = [];
    beforeAll(async () => {
      cases = (await suiteIn(main, support)).cases;
    });

    test('has enough cases of every sort', () => {
      const tagged = (tag: string): number => cases.filter(({ tags }) => tags.includes(tag)).length;
      expect(cases.length).toBeGreaterThanOrEqual(30);
      for (const tag of ['fees', 'interest', 'refunds', 'complaints'])
        expect(tagged(tag)).toBeGreaterThanOrEqual(4);
      expect(tagged('adversarial')).toBeGreaterThanOrEqual(5);
      expect(tagged('edge')).toBeGreaterThanOrEqual(4);
    });

    test('says of every case what it is about, and asks something of the answer', () => {
      expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
      expect(new Set(cases.map(({ description }) => description)).size).toBe(cases.length);
      for (const { description, assertions } of cases) {
        expect(description.split(' ').length).toBeGreaterThanOrEqual(3);
        expect(assertions.length).toBeGreaterThanOrEqual(3);
      }
    });

    test('would notice a bot that answers nothing, and one that always says the same', async () => {
      const suite = await suiteIn(main, support);
      for (const text of ['', "I don't have that information.", "I'm sorry, but I can't help with that."]) {
        const provider: Provider = {
          ...(await build(policy.providers[0] as (typeof policy.providers)[number])),
          complete: async () => ({
            text,
            toolCalls: [],
            finish: { reason: 'stop', raw: 'stop' },
            usage: null,
            latencyMs: 0,
            costUsd: 0,
            model: null,
            cached: false,
          }),
        };
        const failing = [];
        for (const testCase of suite.cases) {
          if ((await failuresOf(suite, testCase, provider)).length > 0) failing.push(testCase.id);
        }
        expect(failing.length).toBeGreaterThanOrEqual(suite.cases.length - 4);
      }
    });
  });
});
