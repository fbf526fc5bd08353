import { requireFinite } from './domain.ts';
import { criticalZ } from './normal.ts';
import type { Interval } from './proportion.ts';

export type ClusteredMean = {
  readonly mean: number;
  /** As if every value were independent: sqrt(Σ(s − m)²)/n. */
  readonly standardError: number;
  /** sqrt(Σ over clusters of (Σ in the cluster of s − m)²)/n. */
  readonly clusteredStandardError: number;
  /** mean ± z · clusteredStandardError; null below two clusters. */
  readonly ci: Interval | null;
  readonly values: number;
  readonly clusters: number;
};

/**
 * Mean of values that come in clusters (trials of a case, cases about one document), in the values' unit.
 * SE_c² = SE² + (1/n²) Σ_c Σ_{i≠j in c} (s_i − m)(s_j − m). Empty clusters do not count. null without values.
 * Miller 2024, "Adding Error Bars to Evals", arXiv:2411.00640, "clustered standard errors".
 */
export const clusteredMean = (
  clusters: readonly (readonly number[])[],
  level = 0.95,
): ClusteredMean | null => {
  const filled = clusters.filter(({ length }) => length > 0);
  const values = filled.flat();
  for (const value of values) requireFinite('value', value);
  const z = criticalZ(level);
  const n = values.length;
  if (n === 0) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const clusterSquares = filled.reduce(
    (sum, cluster) => sum + cluster.reduce((inner, value) => inner + value - mean, 0) ** 2,
    0,
  );
  const clusteredStandardError = Math.sqrt(clusterSquares) / n;
  const half = z * clusteredStandardError;
  return {
    mean,
    standardError: Math.sqrt(squares) / n,
    clusteredStandardError,
    ci: filled.length < 2 ? null : [mean - half, mean + half],
    values: n,
    clusters: filled.length,
  };
};
