import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { differenceFrom, type Expectation } from '../../scripts/demo/expectation.ts';
import type { CellRecord, RunResult } from '../../src/model/run.ts';
import { renderPrompt } from '../../src/prompts/render.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { messagesHash } from '../../src/providers/recording.ts';
import { gitFixture } from '../repo/git-fixture.ts';
import { memoryTree } from './memory-tree.ts';
import { example, exampleFiles, pullRequest, recordings, suites, testIn } from './recorded-example.ts';

type Question = { readonly hash: string; readonly ask: string };

/** Every question that a side of the pull request asks, as a recording names it. */
const questionsOf = async (files: Readonly<Record<string, string>>): Promise<Question[]> => {
  const questions: Question[] = [];
  for (const path of suites) {
    const { suite, findings } = await readSuite(memoryTree(new Map(Object.entries(files))), path);
    expect(findings).toEqual([]);
    for (const prompt of suite?.prompts ?? [])
      for (const { vars } of suite?.cases ?? []) {
        const { messages } = renderPrompt(prompt, vars);
        questions.push({ hash: messagesHash(messages), ask: messages.at(-1)?.content ?? '' });
      }
  }
  return questions;
};

type Line = { readonly request: Question };
const linesOf = (text: string): Line[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

const cell = ({ cells }: RunResult, id: string, provider: string): CellRecord | undefined =>
  cells.find((one) => one.case === id && one.provider === provider);

describe('examples/recorded-answers', () => {
  const repository = pullRequest();
  afterAll(() => repository[Symbol.dispose]());
  let result: RunResult;
  beforeAll(async () => {
    result = await testIn(repository.root);
  });

  test('exactly the expected cases break', () => {
    const text = readFileSync(join(example, 'pull-request', 'expected-broken.json'), 'utf8');
    expect(differenceFrom(JSON.parse(text) as Expectation, result)).toEqual([]);
    expect([result.verdict.outcome, result.cells.length, result.warnings]).toEqual(['fail', 34, []]);
  });

  test('the report says why: a refusal, and a number', () => {
    expect(cell(result, 'case-3', 'haiku')?.semantic).toMatchObject({
      severity: 'breaking',
      reasons: expect.arrayContaining([expect.objectContaining({ kind: 'refusal', severity: 'breaking' })]),
    });
    expect(cell(result, 'case-7', 'gpt-5-mini')?.semantic?.reasons).toMatchObject([
      { kind: 'number', severity: 'breaking', baseline: '28 days', candidate: '7 days' },
    ]);
  });

  test('of the other answers none broke in meaning, and most are the same or reworded', () => {
    const others = result.cells.filter(({ change }) => change === 'stillPassing');
    const severities = others.map(({ semantic }) => semantic?.severity);
    expect(severities).not.toContain('breaking');
    const harmless = severities.filter((severity) => severity === 'none' || severity === 'reworded');
    expect(harmless.length).toBeGreaterThan(others.length * 0.75);
    expect(severities.filter((severity) => severity === 'reworded').length).toBeGreaterThanOrEqual(8);
  });

  test('nothing of it is a warning for the reader of the example', () => {
    expect(result.tampering).toEqual([]);
    expect(result.providers).toMatchObject([
      { label: 'gpt-5-mini', languageModel: true },
      { label: 'haiku', languageModel: true },
    ]);
  });

  test('main passes by itself', async () => {
    using main = gitFixture(exampleFiles);
    const alone = await testIn(main.root, { base: 'none' });
    expect([alone.verdict.outcome, alone.cells.length]).toEqual(['pass', 34]);
  });

  test('a question that nobody recorded leaves the run undecided', async () => {
    using edited = gitFixture(exampleFiles);
    const prompt = exampleFiles['prompts/intake.json'] ?? '';
    edited.write({ 'prompts/intake.json': prompt.replace('nothing else', 'no other word') });
    const undecided = await testIn(edited.root, { base: 'main' });
    expect(undecided.verdict).toMatchObject({ outcome: 'undecided', reasons: [{ code: 'provider-silent' }] });
    expect(undecided.verdict.reasons[0]?.message).toContain('has no answer to');
  });

  test.each(recordings)('%s answers every question of both sides, and no other', async (path) => {
    const head = Object.fromEntries(
      Object.keys(exampleFiles).map((file) => [file, readFileSync(join(repository.root, file), 'utf8')]),
    );
    const asked = [...(await questionsOf(exampleFiles)), ...(await questionsOf(head))];
    const recorded = linesOf(exampleFiles[path] ?? '').map(({ request }) => request);
    const known = new Set(recorded.map(({ hash }) => hash));
    const wanted = new Set(asked.map(({ hash }) => hash));
    expect({
      missing: asked.filter(({ hash }) => !known.has(hash)),
      unused: recorded.filter(({ hash }) => !wanted.has(hash)),
    }).toEqual({ missing: [], unused: [] });
  });
});
