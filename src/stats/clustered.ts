import { requireWithin } from './domain.ts';
import { criticalZ } from './normal.ts';
import type { Interval } from './proportion.ts';

/** One case: what each answered trial scored on either side, 0 to 1 (a pass is 1). */
export type PairedCase = {
  readonly baseline: readonly number[];
  readonly candidate: readonly number[];
  /** Cases that stand and fall together (one document, one conversation) share a name; without one a case is alone. */
  readonly cluster?: string;
};

export type ClusteredDifference = {
  /** Mean over cases of (candidate's rate − baseline's rate). A case counts once, however many trials it had. */
  readonly mean: number;
  /** Cluster-robust; null below two clusters. */
  readonly standardError: number | null;
  /** mean ± z · standardError within −1 … 1: the interval to report. Of no width if all cases agree. */
  readonly ci: Interval | null;
  /** Bonett and Price's interval: never of no width, so that few cases can't look certain. For non-inferiority. */
  readonly adjustedCi: Interval;
  /** Cases with an answer on both sides. */
  readonly cases: number;
  readonly clusters: number;
};

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + requireWithin('result of a trial', value, 0, 1), 0) / values.length;

const answeredTwice = ({ baseline, candidate }: PairedCase): boolean =>
  baseline.length > 0 && candidate.length > 0;

/** candidate − baseline per case that was answered on both sides: what the sign-flip test takes. */
export const caseDifferences = (cases: readonly PairedCase[]): number[] =>
  cases.filter(answeredTwice).map(({ baseline, candidate }) => meanOf(candidate) - meanOf(baseline));

/** Σ over clusters of (Σ in the cluster of d − m)². */
const clusterSquares = (clusters: readonly (readonly number[])[], mean: number): number =>
  clusters.reduce((sum, cluster) => sum + cluster.reduce((inner, value) => inner + value - mean, 0) ** 2, 0);

const around = (mean: number, half: number): Interval => [
  Math.max(-1, mean - half),
  Math.min(1, mean + half),
];

/**
 * Bonett & Price 2012 (J. Educational and Behavioral Statistics 37:479): one made-up case lost and one won are
 * added before the interval is made; here with clusters, where either made-up case stands alone.
 */
const adjusted = (
  clusters: readonly (readonly number[])[],
  sum: number,
  cases: number,
  z: number,
): Interval => {
  const mean = sum / (cases + 2);
  return around(mean, (z * Math.sqrt(clusterSquares([...clusters, [1], [-1]], mean))) / (cases + 2));
};

/**
 * Difference in pass rate (or score) between the sides, paired over cases, trials averaged within their case, and
 * robust to clusters: SE² = G/(G − 1) · Σ_c (Σ_{i in c} d_i − m)² / n², which is Var(d)/n where every case is alone.
 * Miller 2024, arXiv:2411.00640, paired and clustered; G/(G − 1) after Cameron & Miller 2015, J. Human Resources 50:317.
 * null if no case was answered on both sides.
 */
export const clusteredDifference = (
  cases: readonly PairedCase[],
  level = 0.95,
): ClusteredDifference | null => {
  const z = criticalZ(level);
  const pairs = cases.filter(answeredTwice);
  const differences = caseDifferences(pairs);
  const n = differences.length;
  if (n === 0) return null;
  const named = Map.groupBy(differences.keys(), (index) => pairs[index]?.cluster ?? index);
  const clusters = [...named.values()].map((indices) => indices.map((index) => differences[index] ?? 0));
  const sum = differences.reduce((total, value) => total + value, 0);
  const mean = sum / n;
  const groups = clusters.length;
  const standardError =
    groups < 2 ? null : Math.sqrt((groups / (groups - 1)) * clusterSquares(clusters, mean)) / n;
  return {
    mean,
    standardError,
    ci: standardError === null ? null : around(mean, z * standardError),
    adjustedCi: adjusted(clusters, sum, n, z),
    cases: n,
    clusters: groups,
  };
};
