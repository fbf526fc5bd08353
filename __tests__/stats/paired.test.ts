import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { caseDifferences, clusteredDifference, type PairedCase } from '../../src/stats/clustered.ts';
import { clusteredMean } from '../../src/stats/clustered-mean.ts';
import { pairedDifference } from '../../src/stats/paired.ts';
import { drawFrom, runs, shareOf, slack } from './draw.ts';

describe('paired difference', () => {
  test('mean and normal interval of the differences', () => {
    const result = pairedDifference([-1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(result?.mean).toBeCloseTo(-0.1, 12);
    // sd of the ten differences is 0.31623, so the half width is 1.96 × 0.1
    expect(result?.ci?.[0]).toBeCloseTo(-0.296, 3);
    expect(result?.ci?.[1]).toBeCloseTo(0.096, 3);
  });

  test('no pairs: no statement; one pair: no interval; all alike: of no width', () => {
    expect(pairedDifference([])).toBeNull();
    expect(pairedDifference([-1])).toEqual({ mean: -1, ci: null, pairs: 1 });
    expect(pairedDifference([0, 0, 0])).toEqual({ mean: 0, ci: [0, 0], pairs: 3 });
  });

  test.each([[[Number.NaN]], [[0, 1.5]], [[Infinity]]])('%j is refused', (differences) => {
    expect(() => pairedDifference(differences)).toThrow(RangeError);
  });
});

const results = fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { maxLength: 5 });
const pairedCases = fc.array(fc.record({ baseline: results, candidate: results }), { maxLength: 40 });

const flip = ({ baseline, candidate }: PairedCase): PairedCase => ({
  baseline: candidate,
  candidate: baseline,
});

describe('clustered difference', () => {
  test('with every case alone it is the paired difference', () => {
    fc.assert(
      fc.property(pairedCases, (cases) => {
        const clustered = clusteredDifference(cases);
        const paired = pairedDifference(caseDifferences(cases));
        expect(clustered?.mean ?? null).toEqual(paired?.mean ?? null);
        expect(clustered?.cases ?? 0).toBe(paired?.pairs ?? 0);
        expect(clustered?.ci?.[0] ?? 9).toBeCloseTo(paired?.ci?.[0] ?? 9, 10);
        expect(clustered?.ci?.[1] ?? 9).toBeCloseTo(paired?.ci?.[1] ?? 9, 10);
      }),
    );
  });

  test('turns with the sides; both intervals stay in −1 … 1; the adjusted one always has a width', () => {
    fc.assert(
      fc.property(pairedCases, (cases) => {
        const ours = clusteredDifference(cases);
        const theirs = clusteredDifference(cases.map(flip));
        expect(theirs === null).toBe(ours === null);
        if (ours === null || theirs === null) return;
        expect(theirs.mean).toBeCloseTo(-ours.mean, 12);
        expect(theirs.adjustedCi[0]).toBeCloseTo(-ours.adjustedCi[1], 12);
        expect(ours.adjustedCi[1] - ours.adjustedCi[0]).toBeGreaterThan(0.05);
        for (const [low, high] of [ours.adjustedCi, ours.ci ?? [0, 0]]) {
          expect(low).toBeGreaterThanOrEqual(-1);
          expect(high).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('a case with many trials weighs as much as one with few; an unanswered side is no pair', () => {
    const cases = [
      { baseline: [1], candidate: [1] },
      { baseline: [1, 1, 1, 1], candidate: [0, 0, 1, 1] },
      { baseline: [], candidate: [0] },
      { baseline: [1], candidate: [] },
    ];
    expect(caseDifferences(cases)).toEqual([0, -0.5]);
    expect(clusteredDifference(cases)).toMatchObject({ mean: -0.25, cases: 2, clusters: 2 });
  });

  test('cases of one cluster that fall together say less than as many that fall alone', () => {
    const named = (cluster: (index: number) => string): PairedCase[] =>
      Array.from({ length: 40 }, (_, index) => ({
        baseline: [1],
        candidate: [index < 10 ? 0 : 1],
        cluster: cluster(index),
      }));
    const alone = clusteredDifference(named((index) => `case ${index}`));
    const together = clusteredDifference(named((index) => `document ${Math.floor(index / 5)}`));
    expect(together).toMatchObject({ mean: -0.25, cases: 40, clusters: 8 });
    // Eight clusters of −5 or 0 around −1.25: SE = sqrt(8/7 · (2 · 3.75² + 6 · 1.25²))/40.
    expect(together?.standardError).toBeCloseTo(Math.sqrt((8 / 7) * 37.5) / 40, 12);
    expect(alone?.standardError).toBeCloseTo(Math.sqrt((0.25 * 0.75) / 39), 12);
  });

  test('nothing to say: no case; one cluster has no standard error but an honest interval', () => {
    expect(clusteredDifference([])).toBeNull();
    expect(clusteredDifference([{ baseline: [1], candidate: [] }])).toBeNull();
    const one = clusteredDifference([{ baseline: [1], candidate: [1] }]);
    expect(one).toMatchObject({ mean: 0, standardError: null, ci: null, cases: 1, clusters: 1 });
    expect(one?.adjustedCi[0]).toBeLessThan(-0.8);
  });

  test('Bonett and Price by hand: 20 cases, 3 lost, 1 won', () => {
    const cases = Array.from({ length: 20 }, (_, index) => ({
      baseline: [index === 3 ? 0 : 1],
      candidate: [index < 3 ? 0 : 1],
    }));
    // p₁₂ = 4/22, p₂₁ = 2/22: −0.0909 ± 1.96 · sqrt((0.2727 − 0.00826)/22)
    const [low, high] = clusteredDifference(cases)?.adjustedCi ?? [9, 9];
    expect(low).toBeCloseTo(-0.30579, 4);
    expect(high).toBeCloseTo(0.12397, 4);
  });

  test.each([
    ['NaN', Number.NaN],
    ['a score above 1', 1.2],
    ['a negative score', -0.1],
  ])('%s is refused', (_, score) => {
    expect(() => clusteredDifference([{ baseline: [1], candidate: [score] }])).toThrow(RangeError);
  });
});

describe('clustered mean', () => {
  test('values that are alone have the plain standard error; nothing has none', () => {
    const alone = clusteredMean([[1], [0], [], [1]]);
    expect(alone?.clusteredStandardError).toBeCloseTo(alone?.standardError ?? -1, 12);
    expect(alone).toMatchObject({ values: 3, clusters: 3 });
    expect(clusteredMean([])).toBeNull();
    expect(clusteredMean([[], []])).toBeNull();
    expect(clusteredMean([[3, 4]])).toMatchObject({ mean: 3.5, ci: null });
    expect(clusteredMean([[2, 2], [2]])).toMatchObject({ mean: 2, ci: [2, 2] });
    expect(() => clusteredMean([[Number.NaN]])).toThrow(RangeError);
  });
});

type Model = { cases: number; perCluster: number; trials: number; drop: number; noise: number };

/** Cases of one cluster share how hard they are and whether the change hits them. */
const drawCases = (draw: ReturnType<typeof drawFrom>, model: Model): PairedCase[] => {
  const clusters = Array.from({ length: model.cases / model.perCluster }, (_, cluster) => ({
    cluster: `document ${cluster}`,
    hit: draw.hit(model.drop),
    luckier: draw.hit(0.5) ? model.noise : -model.noise,
  }));
  return clusters.flatMap(({ cluster, hit, luckier }) =>
    Array.from({ length: model.perCluster }, () => {
      const trials = (p: number): number[] => Array.from({ length: model.trials }, () => Number(draw.hit(p)));
      return { cluster, baseline: trials(0.7 - luckier), candidate: trials(hit ? 0 : 0.7 + luckier) };
    }),
  );
};

const covers = (interval: readonly [number, number] | null | undefined, truth: number): boolean =>
  interval !== null && interval !== undefined && interval[0] <= truth && truth <= interval[1];

describe('simulated coverage of 95 % intervals', () => {
  test.each<[string, Model]>([
    ['one trial a case', { cases: 100, perCluster: 1, trials: 1, drop: 0, noise: 0 }],
    ['four trials a case', { cases: 60, perCluster: 1, trials: 4, drop: 0.1, noise: 0 }],
    ['clusters of five', { cases: 200, perCluster: 5, trials: 2, drop: 0, noise: 0.2 }],
  ])('%s', (_, model) => {
    const draw = drawFrom(74);
    const truth = -0.7 * model.drop;
    const count = runs(1500);
    const drawn = Array.from({ length: count }, () => drawCases(draw, model));
    const covered = shareOf(count, (run) => covers(clusteredDifference(drawn[run] ?? [])?.ci, truth));
    const adjusted = shareOf(count, (run) =>
      covers(clusteredDifference(drawn[run] ?? [])?.adjustedCi, truth),
    );
    expect(covered).toBeGreaterThan(0.94 - slack(0.94, count));
    expect(covered).toBeLessThan(0.97 + slack(0.96, count));
    expect(adjusted).toBeGreaterThan(0.94 - slack(0.94, count));
    if (model.perCluster === 1) return;
    const naive = shareOf(count, (run) =>
      covers(pairedDifference(caseDifferences(drawn[run] ?? []))?.ci, truth),
    );
    expect(naive).toBeLessThan(0.88);
  });

  test.each([
    [5, 0.02],
    [10, 0.05],
    [20, 0.05],
    [50, 0.02],
  ])('%d cases that seldom change: the adjusted upper bound of the loss holds, the plain one does not', (n, loss) => {
    const draw = drawFrom(75);
    const count = runs(2000);
    const drawn = Array.from({ length: count }, () =>
      Array.from({ length: n }, () => ({ baseline: [1], candidate: [draw.hit(loss) ? 0 : 1] })),
    );
    const held = (which: 'ci' | 'adjustedCi'): number =>
      shareOf(count, (run) => (clusteredDifference(drawn[run] ?? [])?.[which]?.[0] ?? 1) <= -loss);
    expect(held('adjustedCi')).toBeGreaterThan(0.975 - slack(0.975, count));
    expect(held('ci')).toBeLessThan(0.7);
  });
});
