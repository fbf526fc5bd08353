import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assertion, checkText, completionOf, gradeText, judgeOf } from './builders.ts';
import { replyOf } from './scripted-judges.ts';
import { castVotes, decide, median, splitOf, trialOfVote, type Vote } from '../../src/assertions/votes.ts';

const vote = (score: number, pass = score >= 0.5): Vote => ({
  pass,
  score,
  reason: `r${score}`,
  model: null,
});
const cast = async (planned: number, ...scores: readonly number[]) => {
  let asked = 0;
  const decision = await castVotes(planned, async (index) => {
    asked++;
    return vote(scores[index] ?? Number.NaN);
  });
  return { asked, pass: decision.pass, score: decision.score, split: splitOf(decision) };
};

describe('votes', () => {
  test.each<[number, number[], { asked: number; pass: boolean; score: number; split: string | null }]>([
    [1, [0.9], { asked: 1, pass: true, score: 0.9, split: null }],
    [3, [0.9, 0.9], { asked: 2, pass: true, score: 0.9, split: null }],
    [3, [0.9, 0.8], { asked: 2, pass: true, score: 0.85, split: null }],
    [3, [0.9, 0.6, 0.7], { asked: 3, pass: true, score: 0.7, split: null }],
    [3, [0.9, 0.2, 0.8], { asked: 3, pass: true, score: 0.8, split: '2:1' }],
    [3, [0.9, 0.2, 0.1], { asked: 3, pass: false, score: 0.2, split: '2:1' }],
    [5, [0, 0, 0], { asked: 3, pass: false, score: 0, split: null }],
    [5, [0, 0, 1, 1, 1], { asked: 5, pass: true, score: 1, split: '3:2' }],
    [2, [1, 0], { asked: 2, pass: false, score: 0.5, split: '1:1' }],
    [4, [1, 1, 0, 0], { asked: 4, pass: false, score: 0.5, split: '2:2' }],
  ])('%i planned, scores %j', async (planned, scores, expected) => {
    const found = await cast(planned, ...scores);
    expect({ ...found, score: Number(found.score.toFixed(6)) }).toEqual(expected);
  });

  test('a vote that fails takes the decision with it, once every call has ended', async () => {
    let ended = 0;
    const casting = castVotes(3, async (index) => {
      if (index === 0) throw new Error('no vote');
      await Promise.resolve();
      ended++;
      return vote(1);
    });
    await expect(casting).rejects.toThrow('no vote');
    expect(ended).toBe(1);
  });

  test('no votes are no pass', async () => {
    await expect(castVotes(0, async () => vote(1))).rejects.toThrow(RangeError);
    expect(median([])).toBeNaN();
  });

  test('the order of the votes changes nothing, and the spokesman is of the majority', () => {
    const votes = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(votes, (scores) => {
        const [first, ...others] = scores.map((score) => vote(score));
        if (first === undefined) return;
        const forward = decide([first, ...others]);
        const [last, ...rest] = [first, ...others].toReversed();
        const backward = decide([last ?? first, ...rest]);
        expect([backward.pass, backward.score, backward.agreement]).toEqual([
          forward.pass,
          forward.score,
          forward.agreement,
        ]);
        expect(forward.agreement).toBeGreaterThanOrEqual(0.5);
        if (forward.agreement > 0.5) expect(forward.spokesman.pass).toBe(forward.pass);
        if (scores.length % 2 === 1) expect(scores).toContain(forward.score);
      }),
    );
  });

  test('every vote on every trial is an answer of its own', () => {
    const numbers = [0, 1, 7, 99].flatMap((trial) =>
      Array.from({ length: 15 }, (_entry, index) => trialOfVote(trial, index)),
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

const rubric = assertion('llm-rubric', { value: 'is kind' });
const asked = (...replies: readonly string[]) => {
  const judge = judgeOf(...replies);
  return { judge, rest: { context: { judge: async () => judge, votes: 3, trial: 2 } } };
};

describe('a judged check', () => {
  test('two equal votes of three decide, each an independent answer', async () => {
    const { judge, rest } = asked(replyOf(true, 0.9), replyOf(true, 0.9));
    const check = await checkText('x', rubric, rest);
    expect(check).toMatchObject({
      pass: true,
      score: 0.9,
      reason: 'the judge gave 0.9: It does.',
      judge: { votes: [0.9, 0.9], agreement: 1, promptVersion: 'rubric/1' },
    });
    expect(judge.asked.map(({ trial }) => trial)).toEqual([200, 201]);
  });

  test.each([
    [
      'llm-rubric',
      true,
      'judge split 2:1 on the same answer: tighten the rubric; the judge gave 0.8 (median of 0.9, 0.1 and 0.8): It does.',
    ],
    [
      'not-llm-rubric',
      false,
      'judge split 2:1 on the same answer: tighten the rubric; meets the rubric, expected not to: the judge gave 0.8 (median of 0.9, 0.1 and 0.8): It does.',
    ],
  ])('%s on which the judge disagrees with itself', async (type, pass, reason) => {
    const { rest } = asked(replyOf(true, 0.9), replyOf(false, 0.1), replyOf(true, 0.8));
    const grade = await gradeText('x', [assertion(type, { value: 'is kind' })], rest);
    expect(grade.judgeSplit).toBe(true);
    expect(grade.checks[0]).toMatchObject({ pass, reason });
    expect(grade.checks[0]?.judge?.agreement).toBeCloseTo(2 / 3);
  });

  test('a threshold counts in every vote', async () => {
    const { rest } = asked(replyOf(true, 0.9), replyOf(true, 0.6), replyOf(true, 0.7));
    const strict = assertion('llm-rubric', { value: 'is kind', threshold: 0.8 });
    const grade = await gradeText('x', [strict], rest);
    expect(grade).toMatchObject({ passed: false, judgeSplit: true });
    expect(grade.checks[0]?.reason).toContain('gave 0.7 (median of 0.9, 0.6 and 0.7), at least 0.8 expected');
  });

  const splitVotes = () => asked(replyOf(true, 0.9), replyOf(false, 0.1), replyOf(true, 0.8)).rest;
  test.each<[string, Parameters<typeof gradeText>[1], object, boolean]>([
    ['it alone decides', [rubric], {}, true],
    ['another check fails anyway', [rubric, assertion('contains', { value: 'y' })], {}, false],
    ['it only warns', [{ ...rubric, severity: 'warn' }], {}, false],
    ['it only reports', [{ ...rubric, weight: 0 }], {}, false],
    [
      'the case passes with either score',
      [rubric, assertion('contains', { value: 'x', weight: 9 })],
      { threshold: 0.8 },
      false,
    ],
    [
      'the case passes with one of the scores',
      [rubric, assertion('contains', { value: 'x' })],
      { threshold: 0.8 },
      true,
    ],
  ])('a split matters where it could change the result: %s', async (_name, assertions, testCase, expected) => {
    const grade = await gradeText('x', assertions, { ...splitVotes(), testCase });
    expect(grade.judgeSplit).toBe(expected);
  });

  test('choices are voted on, too', async () => {
    const value = {
      prompt: '{{completion}}?',
      choices: [
        { choice: 'yes', score: 1 },
        { choice: 'no', score: 0 },
      ],
    };
    const { judge, rest } = asked('yes', 'no', 'No.');
    const check = await checkText('x', assertion('llm-choices', { value }), rest);
    expect(check).toMatchObject({ pass: false, score: 0, judge: { votes: [1, 0, 0] } });
    expect(check.reason).toMatch(
      /^judge split 2:1 on the same answer: tighten the rubric; the judge chose "no" \(score 0\)/,
    );
    expect(check.judge?.promptVersion).toMatch(/^choices\/1\/[0-9a-f]{12}$/);
    expect(judge.asked).toHaveLength(3);
  });

  test('one unreadable vote decides nothing, whatever the others say', async () => {
    const { rest } = asked(replyOf(true), '?', '?');
    await expect(checkText('x', rubric, rest)).rejects.toMatchObject({
      name: 'JudgeError',
      code: 'malformed',
    });
  });

  test('the models that answered are named', async () => {
    const judge = judgeOf(
      completionOf(replyOf(true), { model: 'm-2' }),
      completionOf(replyOf(true), { model: 'm-1' }),
    );
    const check = await checkText('x', rubric, { context: { judge: async () => judge, votes: 3 } });
    expect(check.judge?.model).toBe('m-1, m-2');
  });
});

test('nothing that a judge writes as its reason changes a result', async () => {
  const reasons = ['score 0, fail', '{"score":0,"pass":false}', 'judge split 1:1', '::error::', ''];
  for (const reason of reasons) {
    const reply = JSON.stringify({ reason, score: 0.9, pass: true });
    const { rest } = asked(reply, reply);
    const grade = await gradeText('x', [rubric], rest);
    expect(grade).toMatchObject({ passed: true, score: 0.9, judgeSplit: false });
  }
});
