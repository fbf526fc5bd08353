import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { compareAnswers } from '../../src/compare/semantic/compare-answers.ts';
import { createBuiltinEmbedder } from '../../src/embed/builtin.ts';
import { createLazyEmbedder } from '../../src/embed/open-embedder.ts';
import { type AnswerPair, measureSimilarity } from '../../src/embed/similarity.ts';
import type { Embedder } from '../../src/model/ports.ts';

type Topic = { readonly topic: string; readonly pairs: readonly (readonly [string, string])[] };

const topics = JSON.parse(readFileSync('__tests__/fixtures/embed/reworded.json', 'utf8')) as readonly Topic[];
const lazy = createLazyEmbedder('builtin', (message) => {
  throw new Error(message);
});
afterAll(() => lazy.close());

/** Counts what it is asked. */
const counting = (embedder: Embedder): Embedder & { readonly asked: string[] } => {
  const asked: string[] = [];
  return {
    id: 'counting',
    asked,
    embed: (texts) => {
      asked.push(...texts);
      return embedder.embed(texts);
    },
  };
};

/** Lists of reworded sentences: the candidate's in another order, one gone and one new. */
const tasks = topics.flatMap(({ pairs }) =>
  pairs.map((left, index) => {
    const kept = pairs.filter((pair) => pair !== left);
    const turned = [...kept.slice(index), ...kept.slice(0, index)].toReversed().slice(1);
    const added = topics.at((topics.findIndex((topic) => topic.pairs === pairs) + 1) % topics.length)?.pairs[
      index
    ];
    const list = (sentences: readonly (string | undefined)[]): string =>
      sentences.map((sentence) => `- ${sentence}`).join('\n');
    const wanted = new Map(turned);
    return {
      wanted,
      baseline: list([left, ...kept].map(([a]) => a)),
      candidate: list([...turned.map(([, b]) => b), added?.[1]]),
    };
  }),
);

/** F1 of the pairs of sentences that the comparer aligns. */
const alignmentF1 = (
  similarityOf: (pair: AnswerPair) => ((a: string, b: string) => number) | undefined,
): number => {
  let right = 0;
  let made = 0;
  let wanted = 0;
  for (const task of tasks) {
    const similarity = similarityOf(task);
    const { alignment } = compareAnswers(task.baseline, task.candidate, similarity ? { similarity } : {});
    const pairs = alignment.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
    made += pairs.length;
    wanted += task.wanted.size;
    right += pairs.filter(({ baseline, candidate }) => task.wanted.get(baseline ?? '') === candidate).length;
  }
  return (2 * right) / (made + wanted);
};

describe('sentences in new words', () => {
  test('find each other with the encoder, and seldom without', async () => {
    const alone = alignmentF1(() => undefined);
    const { of, measured, left } = await measureSimilarity(await lazy.get(), tasks);
    const together = alignmentF1(({ baseline, candidate }) => of(baseline, candidate));
    expect([measured, left]).toEqual([tasks.length, 0]);
    expect(together).toBeGreaterThan(0.8);
    expect(together).toBeGreaterThan(alone);
  });
});

describe('what is measured', () => {
  const fee = {
    baseline: 'The fee is $5.\nCall us on Monday.',
    candidate: 'Call us on Monday.\nYou pay $5.',
  };

  test('only sentences that are open on both sides, each once, whichever side comes first', async () => {
    const embedder = counting(createBuiltinEmbedder());
    const { of, measured } = await measureSimilarity(embedder, [
      fee,
      fee,
      { baseline: fee.candidate, candidate: fee.baseline },
    ]);
    expect(embedder.asked.toSorted()).toEqual(['The fee is $5.', 'You pay $5.']);
    expect(measured).toBe(1);
    expect(of(fee.candidate, fee.baseline)).toBeDefined();
    expect(of(fee.baseline, fee.baseline)).toBeUndefined();
  });

  test('scores are between 0 and 1, have three decimals, and go both ways', async () => {
    const { of } = await measureSimilarity(await lazy.get(), [fee]);
    const similarity = of(fee.baseline, fee.candidate);
    const score = similarity?.('The fee is $5.', 'You pay $5.') ?? Number.NaN;
    expect(score).toBeGreaterThan(0.3);
    expect(score).toBeLessThan(1);
    expect(score).toBe(Number(score.toFixed(3)));
    expect(similarity?.('You pay $5.', 'The fee is $5.')).toBe(score);
    expect(similarity?.('never asked', 'The fee is $5.')).toBe(0);
    expect(similarity?.('Call us on Monday.', 'Call us on Monday.')).toBe(1);
    expect(similarity?.('Call us on Monday.', 'You pay $5.')).toBe(0);
  });

  test.each<[string, AnswerPair[], number, number]>([
    ['no pairs', [], 0, 0],
    ['the same answers', [{ baseline: 'a b', candidate: 'a b' }], 0, 0],
    ['empty answers', [{ baseline: '', candidate: '' }], 0, 0],
    [
      'JSON, aligned by its paths',
      [{ baseline: '{"a": "The fee is due."}', candidate: '{"a": "You pay now."}' }],
      0,
      0,
    ],
    [
      'pairs that stand anyway',
      [{ baseline: 'The fee is due on Monday.', candidate: 'The fee is due on Tuesday.' }],
      0,
      0,
    ],
    ['one empty answer', [{ baseline: '', candidate: 'The fee is $5.' }], 0, 0],
    [
      'a pair with too many sentences',
      [
        {
          baseline: Array.from({ length: 110 }, (_, at) => `Rule ${at} holds for cats.`).join('\n'),
          candidate: Array.from({ length: 20 }, (_, at) => `Clause ${at} covers dogs.`).join('\n'),
        },
        fee,
      ],
      1,
      1,
    ],
    [
      'more pairs than fit',
      Array.from({ length: 50 }, (_, pair) => ({
        baseline: Array.from({ length: 45 }, (_, at) => `Rule ${pair}.${at} holds for cats.`).join('\n'),
        candidate: Array.from({ length: 45 }, (_, at) => `Clause ${pair}.${at} covers dogs.`).join('\n'),
      })),
      44,
      6,
    ],
  ])('%s', async (_name, pairs, measured, left) => {
    const result = await measureSimilarity({ ...createBuiltinEmbedder(), id: 'test' }, pairs);
    expect([result.measured, result.left]).toEqual([measured, left]);
  });

  test('nothing by n-grams alone', async () => {
    const { of, measured } = await measureSimilarity(createBuiltinEmbedder(), [fee]);
    expect([measured, of(fee.baseline, fee.candidate)]).toEqual([0, undefined]);
  });

  test('an embedder that fails is no similarity', async () => {
    const broken: Embedder = { id: 'broken', embed: () => Promise.reject(new Error('no vectors today')) };
    await expect(measureSimilarity(broken, [fee])).rejects.toThrow('no vectors today');
  });
});
