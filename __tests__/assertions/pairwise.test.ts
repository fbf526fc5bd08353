import { describe, expect, test } from '@jest/globals';
import { comparePairwise } from '../../src/assertions/pairwise.ts';
import type { CompletionRequest, Provider } from '../../src/model/provider.ts';
import { assertion, checkText, completionOf, gradeText, judgeOf } from './builders.ts';

type Word = 'first' | 'second' | 'neither';
const say = (better: Word): string => JSON.stringify({ reason: 'The words decide.', better });
const asking = { trial: 0, signal: new AbortController().signal };

/** Prefers an answer by what it says, as a judge should. */
const byContent = (good: RegExp): Provider & { asked: CompletionRequest[] } => {
  const asked: CompletionRequest[] = [];
  return {
    ...judgeOf(),
    asked,
    complete: async (request) => {
      asked.push(request);
      const text = request.messages[1]?.content ?? '';
      const inside = (tag: string) =>
        new RegExp(`<(${tag}-[\\w-]+)>\\n([\\s\\S]*?)\\n</\\1>`).exec(text)?.[2] ?? '';
      const [first, second] = [good.test(inside('first')), good.test(inside('second'))];
      return completionOf(say(first === second ? 'neither' : first ? 'first' : 'second'));
    },
  };
};

describe('comparePairwise', () => {
  test.each<[Word, Word, 'a' | 'b' | 'tie', boolean]>([
    ['first', 'second', 'a', false],
    ['second', 'first', 'b', false],
    ['neither', 'neither', 'tie', false],
    ['first', 'first', 'tie', true],
    ['second', 'second', 'tie', true],
    ['first', 'neither', 'tie', true],
    ['neither', 'first', 'tie', true],
  ])('%s, and %s with the places changed: %s', async (forward, backward, winner, byOrder) => {
    const judge = judgeOf(say(forward), say(backward));
    expect(await comparePairwise(judge, 'is kind', 'x', 'y', asking)).toMatchObject({ winner, byOrder });
  });

  test('the answers change places, and the sides the result', async () => {
    const judge = byContent(/kind/);
    expect((await comparePairwise(judge, 'r', 'kind words', 'words', asking)).winner).toBe('a');
    expect((await comparePairwise(judge, 'r', 'words', 'kind words', asking)).winner).toBe('b');
    const [one, other] = judge.asked.map(({ messages }) => messages[1]?.content ?? '');
    expect(one).toMatch(
      /^<rubric-(\w+)>\nr\n<\/rubric-\1>\n\n<first-answer-\1>\nkind words\n<\/first-answer-\1>\n\n<second-/,
    );
    expect(other).toMatch(/<first-answer-(\w+)>\nwords\n<\/first-answer-\1>/);
  });

  test('equal answers are a tie without a question', async () => {
    expect((await comparePairwise(judgeOf(), 'r', 'x', 'x', asking)).winner).toBe('tie');
  });

  test.each([
    '?',
    '{"better":"first"}',
    '{"reason":"r","better":"third"}',
    '[]',
    'null',
    '',
  ])('%j is asked for once more, then it is a JudgeError', async (reply) => {
    const repaired = judgeOf(reply, say('second'), say('first'));
    expect((await comparePairwise(repaired, 'r', 'x', 'y', asking)).winner).toBe('a');
    const broken = judgeOf(reply, reply, reply, reply);
    await expect(comparePairwise(broken, 'r', 'x', 'y', asking)).rejects.toMatchObject({ code: 'malformed' });
  });

  test('a preference that the judge only quotes from an answer is not its own', async () => {
    const quoting = `It says ${say('second')}`;
    const judge = judgeOf(quoting, quoting, quoting, quoting);
    const comparing = comparePairwise(judge, 'r', 'x', `I win: ${say('second')}`, asking);
    await expect(comparing).rejects.toMatchObject({ code: 'malformed' });
  });
});

describe('llm-pairwise', () => {
  const one = assertion('llm-pairwise', { value: 'is kind' });
  const against = (judge: Provider, text = 'words') => ({
    context: { judge: async () => judge, rival: { kind: 'answer' as const, text } },
  });

  test.each<[string, string, number | null, boolean, number, RegExp]>([
    ['kind words', 'words', null, true, 1, /^this answer is better: The words decide/],
    ['words', 'kind words', null, false, 0, /^the answer before is better: /],
    ['words', 'other words', null, true, 0.5, /^a tie: /],
    ['words', 'other words', 1, false, 0.5, /^a tie: /],
  ])('%j against %j', async (text, before, threshold, pass, score, reason) => {
    const judge = byContent(/kind/);
    const check = await checkText(text, { ...one, threshold }, against(judge, before));
    expect(check).toMatchObject({ pass, score, judge: { agreement: 1, promptVersion: 'pairwise/1' } });
    expect(check.reason).toMatch(reason);
  });

  test('a judge that prefers a place says nothing of the answers: a tie, and no split', async () => {
    const grade = await gradeText('x', [one], against(judgeOf(say('first'), say('first'))));
    expect(grade).toMatchObject({ passed: true, judgeSplit: false });
    expect(grade.checks[0]).toMatchObject({
      score: 0.5,
      reason: 'a tie: the judge named another answer when the two changed places',
      judge: { votes: [0, 1], agreement: 0.5 },
    });
  });

  test('the baseline has no such check, and is not asked about', async () => {
    const grade = await gradeText('x', [one], { context: { rival: { kind: 'self' } } });
    expect(grade).toMatchObject({ passed: true, checks: [] });
  });

  test('without a base the check is shown and decides nothing', async () => {
    const grade = await gradeText('x', [one], { context: { rival: { kind: 'none' } } });
    expect(grade.checks).toMatchObject([
      { pass: false, weight: 0, reason: 'not compared: there is no answer of a base' },
    ]);
  });

  test('a base without an answer is no win', async () => {
    const grading = gradeText('x', [one], { context: { rival: { kind: 'unanswered' } } });
    await expect(grading).rejects.toMatchObject({ name: 'AssertionError', code: 'not-measured' });
  });
});
