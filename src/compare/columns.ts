import { gates } from '../gate/gating.ts';
import type { CellRecord, ColumnRecord, SideRecord, TrialRecord } from '../model/run.ts';
import { benjaminiHochberg } from '../stats/adjust.ts';
import { mcnemarExact } from '../stats/mcnemar.ts';
import { signFlipTest } from '../stats/sign-flip.ts';
import { caseDifferences, clusteredDifference, type PairedCase } from '../stats/clustered.ts';
import { wilsonInterval } from '../stats/proportion.ts';
import { quantile } from '../stats/quantile.ts';

const answeredStatuses = new Set(['passed', 'failed', 'blocked', 'truncated']);

const answered = (side: SideRecord | null): TrialRecord[] =>
  (side?.trials ?? []).filter(({ status }) => answeredStatuses.has(status));

/**
 * Answers that count for a column: of the trials that a cell got whatever came out. Those of an escalation follow a
 * failure, so that averaging them in would make a true drop look smaller than it is. A side on whose answers the judge
 * disagrees with itself has none: nobody can tell whether they are good.
 */
const counted = ({ planned, ...cell }: CellRecord, which: 'baseline' | 'candidate'): TrialRecord[] =>
  cell[which]?.cause === 'judge'
    ? []
    : (cell[which]?.trials.slice(0, planned) ?? []).filter(({ status }) => answeredStatuses.has(status));

/** Share of good answers of one side; null without an answer. */
const passRate = (cell: CellRecord, which: 'baseline' | 'candidate'): number | null => {
  const answers = counted(cell, which);
  return answers.length === 0
    ? null
    : answers.filter(({ status }) => status === 'passed').length / answers.length;
};

const present = (value: number | null): value is number => value !== null;

/** Rounds so that the same inputs give the same bytes on any processor. */
const round = (value: number | null): number | null =>
  value === null ? null : Number(value.toPrecision(12));

const roundPair = (pair: readonly [number, number] | null): [number, number] | null =>
  pair === null ? null : [round(pair[0]) ?? 0, round(pair[1]) ?? 0];

const side = (cells: readonly CellRecord[], which: 'baseline' | 'candidate'): ColumnRecord['baseline'] => {
  const sides = cells.filter((cell) => cell[which] !== null);
  if (sides.length === 0) return null;
  const rates = sides.map((cell) => passRate(cell, which)).filter(present);
  // Cells count once, however many trials they had; a flaky cell counts by its share.
  const passed = rates.reduce((sum, rate) => sum + rate, 0);
  return {
    passRate: rates.length === 0 ? null : round(passed / rates.length),
    ci: roundPair(wilsonInterval(passed, rates.length)),
    passed: Math.round(passed),
    answered: rates.length,
    planned: sides.length,
  };
};

/** Latencies of answers of this run only: a cached one says nothing about this minute. */
const latencies = (cells: readonly CellRecord[], which: 'baseline' | 'candidate'): number[] =>
  cells
    .flatMap((cell) =>
      answered(cell[which])
        .filter(({ cached }) => !cached)
        .map(({ latencyMs }) => latencyMs),
    )
    .filter(present);

const meanCost = (cells: readonly CellRecord[], which: 'baseline' | 'candidate'): number | null => {
  const costs = cells.flatMap((cell) => answered(cell[which]).map(({ costUsd }) => costUsd));
  if (costs.length === 0 || costs.some((cost) => cost === null)) return null;
  return round(costs.filter(present).reduce((sum, cost) => sum + cost, 0) / costs.length);
};

/** What each answered trial of a side scored: a pass is 1. */
const results = (cell: CellRecord, which: 'baseline' | 'candidate'): number[] =>
  counted(cell, which).map(({ status }) => (status === 'passed' ? 1 : 0));

/**
 * Whether the sides differ: exact McNemar where every case has one trial a side, else a sign-flip permutation of
 * the per-case differences, seeded, so that the same results give the same p (gate.md, "A column").
 */
const pairedP = (pairs: readonly PairedCase[], differences: readonly number[]): number | null => {
  if (pairs.length === 0) return null;
  const once = pairs.every(({ baseline, candidate }) => baseline.length === 1 && candidate.length === 1);
  if (!once) return signFlipTest(differences, { seed: 1 }).p;
  const lost = differences.filter((value) => value < 0).length;
  return mcnemarExact(lost, differences.filter((value) => value > 0).length);
};

const column = (cells: readonly CellRecord[]): ColumnRecord => {
  const first = cells[0];
  // What only warns, is in quarantine or is expected to fail runs and shows; it is no evidence against a column.
  const gating = cells.filter(gates);
  const pairs = gating
    .map(
      (cell): PairedCase => ({ baseline: results(cell, 'baseline'), candidate: results(cell, 'candidate') }),
    )
    .filter(({ baseline, candidate }) => baseline.length > 0 && candidate.length > 0);
  const differences = caseDifferences(pairs);
  const difference = clusteredDifference(pairs);
  const count = (change: CellRecord['change']): number =>
    cells.filter((cell) => cell.change === change).length;
  const now = latencies(cells, 'candidate');
  const before = latencies(cells, 'baseline');
  return {
    suite: first?.suite ?? '',
    prompt: first?.prompt ?? '',
    provider: first?.provider ?? '',
    baseline: side(gating, 'baseline'),
    candidate: side(gating, 'candidate'),
    difference: round(difference?.mean ?? null),
    ci: roundPair(difference?.ci ?? null),
    adjustedCi: roundPair(difference?.adjustedCi ?? null),
    pairs: differences.length,
    p: round(pairedP(pairs, differences)),
    pAdjusted: null,
    broken: count('broken'),
    fixed: count('fixed'),
    flaky: count('flaky'),
    undecided: count('undecided'),
    latencyP50Ms: round(quantile(now, 0.5)),
    latencyP95Ms: round(quantile(now, 0.95)),
    baselineLatencyP50Ms: round(quantile(before, 0.5)),
    baselineLatencyP95Ms: round(quantile(before, 0.95)),
    costUsd: meanCost(cells, 'candidate'),
    baselineCostUsd: meanCost(cells, 'baseline'),
  };
};

/** Cells → one entry per prompt × provider, with p adjusted over all of them (gate.md, "A column"). */
export const columnsOf = (cells: readonly CellRecord[]): ColumnRecord[] => {
  const groups = Map.groupBy(cells, ({ suite, prompt, provider }) => [suite, prompt, provider].join('\0'));
  const columns = [...groups.values()].map(column);
  const adjusted = benjaminiHochberg(columns.map(({ p }) => p));
  return columns.map((entry, index) => ({ ...entry, pAdjusted: round(adjusted[index] ?? null) }));
};
