import { describe, expect, test } from '@jest/globals';
import { changeOf, sideState } from '../../src/compare/side-state.ts';
import type { Change, Trial } from '../../src/model/run.ts';
import { nextTrials, type SideName } from '../../src/runner/escalate.ts';
import { randomFrom } from '../../src/stats/random.ts';
import { sprtDefaults } from '../../src/stats/sprt.ts';

const completion = {
  text: '',
  toolCalls: [],
  finish: { reason: 'stop', raw: 'stop' },
  usage: null,
  latencyMs: null,
  costUsd: null,
  model: null,
  cached: false,
} as const;
const trial = (sign: string): Trial => {
  if (sign === 'e') return { status: 'errored', error: { kind: 'retryable', message: '', status: null } };
  return { status: sign === '+' ? 'passed' : 'failed', completion, checks: [] };
};
const trials = (signs: string | null): Trial[] | null => (signs === null ? null : [...signs].map(trial));
const rule = { sprt: sprtDefaults, critical: false };

describe('who is asked once more', () => {
  test.each<[string, string | null, string | null, SideName[]]>([
    ['all passed: nobody', '+', '+', []],
    ['the candidate surprises: both', '+', '-', ['baseline', 'candidate']],
    ['the baseline surprises: both', '-', '+', ['baseline', 'candidate']],
    ['a side that is judged waits', '++++', '---', ['candidate']],
    ['both judged', '++++', '----', []],
    ['the candidate is judged good: enough', '+-', '++++', []],
    ['max ends it', '+-+-+-+-', '-+-+-+-+', []],
    ['the head alone', null, '-', ['candidate']],
    ['a new failing case without a baseline, judged', null, '----', []],
    ['a fault is no surprise', '+', 'e', []],
    ['a side that met a fault is not asked again', 'e', '-', ['candidate']],
  ])('%s', (_name, baseline, candidate, expected) => {
    expect(nextTrials({ baseline: trials(baseline), candidate: trials(candidate) }, 8, rule)).toEqual(
      expected,
    );
  });

  test('a critical case gets all its trials', () => {
    const critical = { ...rule, critical: true };
    expect(nextTrials({ baseline: trials('+'), candidate: trials('+') }, 8, critical)).toEqual([
      'baseline',
      'candidate',
    ]);
    expect(nextTrials({ baseline: trials('++++++++'), candidate: trials('+-++++++') }, 8, critical)).toEqual(
      [],
    );
  });
});

/** One cell from its first trial to its end, by the true pass rates of its sides. */
const simulate = (
  random: () => number,
  before: number,
  now: number,
  max = 8,
): { change: Change; calls: number } => {
  const sides: { baseline: Trial[]; candidate: Trial[] } = { baseline: [], candidate: [] };
  const rates = { baseline: before, candidate: now };
  const ask = (name: SideName): void => void sides[name].push(trial(random() < rates[name] ? '+' : '-'));
  ask('baseline');
  ask('candidate');
  for (let names = nextTrials(sides, max, rule); names.length > 0; names = nextTrials(sides, max, rule))
    names.forEach(ask);
  return {
    change: changeOf(sideState(sides.baseline, rule), sideState(sides.candidate, rule)),
    calls: sides.baseline.length + sides.candidate.length,
  };
};

describe('simulated, with a fixed seed', () => {
  const runs = process.env['ASSAY_NIGHTLY'] ? 4000 : 600;

  test('A against A with 10 % noise in 40 cases: a false break in about one run of 150, for a quarter of the calls', () => {
    const random = randomFrom(20261123).unit;
    let broken = 0;
    let calls = 0;
    for (let run = 0; run < runs; run++) {
      const cells = Array.from({ length: 40 }, () => simulate(random, 0.9, 0.9));
      if (cells.some(({ change }) => change === 'broken')) broken++;
      calls += cells.reduce((sum, cell) => sum + cell.calls, 0);
    }
    expect(broken / runs).toBeLessThan(0.02);
    expect(calls / runs).toBeGreaterThan(120);
    expect(calls / runs).toBeLessThan(170);
  });

  test('a case that truly breaks is found, and a suite that is stable costs one trial a side', () => {
    const random = randomFrom(7).unit;
    const found = Array.from({ length: runs }, () => simulate(random, 0.99, 0.01)).filter(
      ({ change }) => change === 'broken',
    ).length;
    expect(found / runs).toBeGreaterThan(0.98);
    expect(simulate(random, 1, 1)).toEqual({ change: 'stillPassing', calls: 2 });
  });
});
