import type { CellRecord, RunResult } from '../model/run.ts';
import { quantile } from '../stats/quantile.ts';
import { dollars, relativeChange } from './amounts.ts';
import { blankSquare, type MatrixCell } from './matrix-square.ts';

export type MeasureRow = { readonly name: readonly [string]; readonly cells: readonly MatrixCell[] };

/** Of the candidate's answers that this run asked for itself: a cached one says nothing about this minute. */
const ownLatencies = (cells: readonly CellRecord[]): number[] =>
  cells.flatMap(({ candidate }) =>
    (candidate?.trials ?? []).flatMap(({ cached, latencyMs, output }) =>
      cached || latencyMs === null || output === null ? [] : [latencyMs],
    ),
  );

/** Mean cost of one answer; null where the price of any is not known. */
const meanCostUsd = (cells: readonly CellRecord[], side: 'baseline' | 'candidate'): number | null => {
  const costs = cells.flatMap((cell) =>
    (cell[side]?.trials ?? []).filter(({ output }) => output !== null).map(({ costUsd }) => costUsd),
  );
  const known = costs.filter((cost) => cost !== null);
  if (known.length === 0 || known.length < costs.length) return null;
  return known.reduce((sum, cost) => sum + cost, 0) / known.length;
};

const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 9950 ? 1 : 0);

const speed = (cells: readonly CellRecord[]): MatrixCell => {
  const values = ownLatencies(cells);
  const [p50, p95] = [quantile(values, 0.5), quantile(values, 0.95)];
  if (p50 === null || p95 === null) return { ...blankSquare, main: 'not measured' };
  return { ...blankSquare, main: p95 < 50 ? '< 0.1 s' : `${seconds(p50)} / ${seconds(p95)} s` };
};

const cost = (cells: readonly CellRecord[]): MatrixCell => {
  const now = meanCostUsd(cells, 'candidate');
  if (now === null) return { ...blankSquare, main: 'not known' };
  const change = relativeChange(meanCostUsd(cells, 'baseline'), now);
  return { ...blankSquare, main: dollars(now * 1000), rest: change === null ? '' : ` ${change}` };
};

/**
 * Speed of this run's own answers, and cost per 1,000 answers, one square a model. A row is left out where
 * nobody has a number, or where it says nothing: a local responder takes milliseconds and costs nothing.
 */
export const measureRows = (result: RunResult, models: readonly string[]): MeasureRow[] => {
  const byModel = Map.groupBy(result.cells, ({ provider }) => provider);
  const cells = models.map((model) => byModel.get(model) ?? []);
  const speeds = cells.map(speed);
  const costs = cells.map(cost);
  const rows: MeasureRow[] = [
    { name: ['p50 / p95'], cells: speeds.some(({ main }) => main.includes('/')) ? speeds : [] },
    {
      name: ['per 1,000'],
      cells: costs.some(({ main }) => main !== 'not known' && main !== '$0.00') ? costs : [],
    },
  ];
  return rows.filter((row) => row.cells.length > 0);
};
