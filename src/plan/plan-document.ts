import { type ColumnDrop, columnDrops } from './detectable-drop.ts';
import type { Forecast } from './forecast.ts';
import type { PlannedCell } from './planned-cell.ts';
import { type ShardMatrix, shardCount, shardMatrix } from './shards.ts';

/** What `assay plan --format json` prints. */
export type PlanDocument = {
  readonly cells: number;
  /** Trials of both sides, at least: a cell that surprises is asked again. */
  readonly answers: number;
  /** Requests that would be sent, judges included. */
  readonly calls: number;
  /** Requests that need no call: answered by the store, or equal to another one of the run. */
  readonly cached: number;
  /** null: the price of a model that would be called is not known. */
  readonly costUsd: number | null;
  /** Every answer as long as its limit; null as above. */
  readonly costAtMostUsd: number | null;
  /** Ids of models whose price is not known, called or not: a budget in USD refuses them. */
  readonly unknownPrices: readonly string[];
  readonly minutes: number;
  /** The largest over the columns, as a share; null: there is no column that could show any drop, or one that can't. */
  readonly detectableDrop: number | null;
  readonly columns: readonly ColumnDrop[];
  readonly shards: ShardMatrix;
};

export type PlanInput = {
  readonly cells: readonly PlannedCell[];
  readonly forecast: Forecast;
  readonly unknownPrices: readonly string[];
  /** Of the regression rule. */
  readonly alpha: number;
  readonly shards: 'auto' | number;
};

const rounded = <Value extends number | null>(value: Value, digits: number): Value =>
  (value === null ? null : Number(value.toFixed(digits))) as Value;

const largest = (columns: readonly ColumnDrop[]): number | null => {
  const drops = columns.map(({ detectableDrop }) => detectableDrop);
  return drops.length === 0 || drops.some((drop) => drop === null)
    ? null
    : Math.max(...drops.filter((drop) => drop !== null));
};

export const planDocument = ({ cells, forecast, unknownPrices, alpha, shards }: PlanInput): PlanDocument => {
  const columns = columnDrops(cells, alpha).map((column) => ({
    ...column,
    detectableDrop: rounded(column.detectableDrop, 4),
  }));
  const { calls, fromStore, shared } = forecast;
  return {
    cells: cells.length,
    answers: forecast.trials,
    calls: calls.answer + calls.judge,
    cached: fromStore.answer + fromStore.judge + shared.answer + shared.judge,
    costUsd: rounded(forecast.costUsd, 6),
    costAtMostUsd: rounded(forecast.costAtMostUsd, 6),
    unknownPrices,
    minutes: rounded(forecast.minutes, 3),
    detectableDrop: largest(columns),
    columns,
    shards: shardMatrix(shardCount(shards, forecast.minutes, cells.length)),
  };
};
