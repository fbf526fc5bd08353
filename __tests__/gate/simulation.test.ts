import { expect, test } from '@jest/globals';
import { cellRecord } from '../../src/compare/cell-record.ts';
import { columnsOf } from '../../src/compare/columns.ts';
import { judgeRun } from '../../src/gate/judge-run.ts';
import { policySchema } from '../../src/model/policy.ts';
import type { Trial } from '../../src/model/run.ts';
import { nextTrials, type SideName } from '../../src/runner/escalate.ts';
import { randomFrom } from '../../src/stats/random.ts';
import { sprtDefaults } from '../../src/stats/sprt.ts';
import { testCase } from '../plan/builders.ts';

const rule = { sprt: sprtDefaults, critical: false };
const completion = {
  text: 'same',
  toolCalls: [],
  finish: { reason: 'stop', raw: 'stop' },
  usage: null,
  latencyMs: null,
  costUsd: null,
  model: null,
  cached: false,
} as const;
const noChange = () => ({ severity: 'none', reasons: [], similarity: 1 }) as const;
/** Only the column's test decides here: a cell that breaks is another rule. */
const { gate } = policySchema.parse({ gate: { broken: 'report' } });

type Rates = { readonly before: number; readonly now: number };

/** A whole run: every cell with its own true rates, escalated as the runner does, compared and judged. */
const run = (random: () => number, rates: readonly Rates[], max: number) => {
  const cells = rates.map(({ before, now }, index) => {
    const sides: { baseline: Trial[]; candidate: Trial[] } = { baseline: [], candidate: [] };
    const ask = (name: SideName): void => {
      const good = random() < (name === 'baseline' ? before : now);
      sides[name].push({ status: good ? 'passed' : 'failed', completion, checks: [] });
    };
    ask('baseline');
    ask('candidate');
    for (let names = nextTrials(sides, max, rule); names.length > 0; names = nextTrials(sides, max, rule))
      names.forEach(ask);
    const id = `case-${index}`;
    return cellRecord(
      {
        id,
        suite: 's',
        prompt: 'p',
        caseId: id,
        provider: 'm',
        origin: 'base',
        testCase: testCase(id),
        planned: 1,
        asked: '',
        quarantined: null,
        expectFail: null,
        rule,
        ...sides,
      },
      () => ({ ...noChange(), reasons: [] }),
    );
  });
  const verdict = judgeRun({
    cells,
    matrix: columnsOf(cells),
    demanded: null,
    tampering: [],
    rules: gate,
    circumstances: [],
  });
  const calls = cells.reduce(
    (sum, cell) => sum + (cell.baseline?.trials.length ?? 0) + (cell.candidate?.trials.length ?? 0),
    0,
  );
  return { regression: verdict.reasons.some(({ code }) => code === 'regression'), cells, calls };
};

const share = (hits: readonly boolean[]): number => hits.filter(Boolean).length / hits.length;
const runs = process.env['ASSAY_NIGHTLY'] ? 1000 : 150;

test.each([
  1, 8,
])('A against A, 200 cases of which 5 %% are flaky, at most %d trials: a false regression in at most 5 %%', (max) => {
  const random = randomFrom(11).unit;
  const rates = Array.from({ length: 200 }, (_, index) =>
    index % 20 === 0 ? { before: 0.6, now: 0.6 } : { before: 0.995, now: 0.995 },
  );
  const outcomes = Array.from({ length: runs }, () => run(random, rates, max));
  expect(share(outcomes.map(({ regression }) => regression))).toBeLessThanOrEqual(0.05);
  for (const { cells } of outcomes) {
    const stillPassing = cells.filter(({ change }) => change === 'stillPassing');
    expect(stillPassing.every(({ candidate }) => candidate?.state === 'passed')).toBe(true);
  }
});

test('a true drop of 10 points over 200 cases is caught in at least 80 %', () => {
  const random = randomFrom(12).unit;
  const rates = Array.from({ length: 200 }, () => ({ before: 0.95, now: 0.85 }));
  const outcomes = Array.from({ length: runs }, () => run(random, rates, 8));
  expect(share(outcomes.map(({ regression }) => regression))).toBeGreaterThanOrEqual(0.8);
});

test('5 % flaky cells: at least 60 % fewer answers than 8 trials each', () => {
  const random = randomFrom(13).unit;
  const rates = Array.from({ length: 200 }, (_, index) =>
    index % 20 === 0 ? { before: 0.6, now: 0.6 } : { before: 1, now: 1 },
  );
  const calls = Array.from({ length: runs }, () => run(random, rates, 8).calls);
  const mean = calls.reduce((sum, value) => sum + value, 0) / calls.length;
  expect(mean / (200 * 2 * 8)).toBeLessThan(0.4);
});
