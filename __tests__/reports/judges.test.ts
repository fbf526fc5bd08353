import { describe, expect, test } from '@jest/globals';
import type { JudgeRecord } from '../../src/model/judged.ts';
import type { SideRecord } from '../../src/model/run.ts';
import { renderComment } from '../../src/reports/comment.ts';
import { renderTerminal } from '../../src/reports/terminal.ts';
import { cell, check, links, passing, reason, run, verdict } from './results.ts';

const record: JudgeRecord = {
  provider: 'openai:gpt-5-mini',
  models: ['gpt-5-mini-2026-08-07'],
  promptVersions: ['rubric/1'],
  checks: 2,
  votes: 5,
  split: 1,
  agreement: 5 / 6,
  knownAnswers: { asked: 2, wrong: 0 },
};

const torn: SideRecord = {
  ...passing('You may get something.', {
    status: 'failed',
    checks: [
      check({
        type: 'llm-rubric',
        pass: false,
        score: 0.2,
        reason:
          'judge split 2:1 on the same answer: tighten the rubric; the judge gave 0.2: [click](https://evil.example)',
        judge: {
          provider: 'openai:gpt-5-mini',
          model: null,
          votes: [0.9, 0.2, 0.1],
          agreement: 2 / 3,
          promptVersion: 'rubric/1',
        },
      }),
    ],
  }),
  state: 'flaky',
  cause: 'judge',
};
const result = run({
  cells: [cell({ change: 'flaky', candidate: torn })],
  judges: [record],
  verdict: verdict(
    'pass',
    reason(
      'judge-split',
      'the judge disagrees with itself on the same answer in 1 cell: tighten the rubric',
      [],
      false,
    ),
  ),
});

const terminal = renderTerminal(result, { color: false, width: 100, links });
const comment = renderComment(result, { id: 'assay', runNumber: 1, links });

describe.each([
  ['terminal', terminal],
  ['comment', comment],
])('%s', (_name, text) => {
  test('a judge stands there with its agreement and its known answers', () => {
    expect(text.replaceAll(/[`\n]+ ?/g, ' ').replaceAll(/ +/g, ' ')).toMatch(
      /judge openai:gpt-5-mini ?: votes agree 83\.3 % over 2 checks, 2 of 2 known answers right/,
    );
  });

  test('a flaky cell says that the judge is its cause, without the words of the judge', () => {
    expect(text).toContain('judge split 2:1 on the same answer: tighten the rubric');
    expect(text).not.toContain('evil.example');
  });
});
