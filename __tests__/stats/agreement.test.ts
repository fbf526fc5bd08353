import { describe, expect, test } from '@jest/globals';
import { accuracy, cohenKappa, kappaWord } from '../../src/stats/agreement.ts';

const table = (bothPass: number, judgeOnly: number, humanOnly: number, bothFail: number) => ({
  bothPass,
  judgeOnly,
  humanOnly,
  bothFail,
});

describe("Cohen's κ", () => {
  // Two tables of equal accuracy whose κ differ: Feinstein & Cicchetti 1990, J Clin Epidemiol 43:543.
  test.each<[string, ReturnType<typeof table>, number | null, number | null]>([
    ['a textbook table', table(20, 5, 10, 15), 0.7, 0.4],
    ['equal accuracy, balanced', table(40, 9, 6, 45), 0.85, 0.6995],
    ['equal accuracy, nearly all pass', table(80, 10, 5, 5), 0.85, 0.3182],
    ['equal accuracy, one way', table(45, 15, 25, 15), 0.6, 0.1304],
    ['equal accuracy, the other', table(25, 35, 5, 35), 0.6, 0.2593],
    ['full agreement', table(50, 0, 0, 50), 1, 1],
    ['full disagreement', table(0, 50, 50, 0), 0, -1],
    ['a judge that always passes', table(90, 10, 0, 0), 0.9, 0],
    ['all say one word', table(100, 0, 0, 0), 1, null],
    ['nothing', table(0, 0, 0, 0), null, null],
  ])('%s', (_name, counts, share, kappa) => {
    expect(accuracy(counts)).toBe(share);
    if (kappa === null) expect(cohenKappa(counts)).toBeNull();
    else expect(cohenKappa(counts)).toBeCloseTo(kappa, 4);
  });

  test.each([
    [-0.1, 'less than chance'],
    [0, 'slight'],
    [0.2, 'slight'],
    [0.21, 'fair'],
    [0.5, 'moderate'],
    [0.8, 'substantial'],
    [0.81, 'almost perfect'],
    [1, 'almost perfect'],
  ])('%d is %s', (kappa, word) => {
    expect(kappaWord(kappa)).toBe(word);
  });
});
