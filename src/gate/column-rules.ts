import type { ColumnRecord, Outcome } from '../model/run.ts';
import type { GateInput, Ruling } from './judge-run.ts';
import { percent, plural, points, pValue } from './sentences.ts';

type Rule<Name extends keyof GateInput['rules']> = (
  column: ColumnRecord,
  rule: GateInput['rules'][Name],
) => string | null;

const name = ({ provider, prompt }: ColumnRecord): string => `${provider} (${prompt})`;

/** An absolute bar of a column. */
const passRate: Rule<'passRate'> = (column, { min }) => {
  const rate = column.candidate?.passRate ?? null;
  if (rate === null || rate >= min) return null;
  return `pass rate on ${name(column)} is ${percent(rate)} over ${plural(column.candidate?.answered ?? 0, 'case')}, below the ${percent(min)} that the policy asks for`;
};

const movement = (column: ColumnRecord): string => {
  const ci = column.ci === null ? '' : `, 95 % CI ${points(column.ci[0])} to ${points(column.ci[1])}`;
  const p = column.pAdjusted === null ? '' : `, ${pValue(column.pAdjusted)}`;
  return `from ${percent(column.baseline?.passRate ?? 0)} to ${percent(column.candidate?.passRate ?? 0)} over ${plural(column.pairs, 'case')}, ${points(column.difference ?? 0)} points${ci}${p}`;
};

/** A drop that is both significant after adjustment and larger than the margin; or, turned round, not provably small. */
const regression: Rule<'regression'> = (column, { alpha, margin, mode }) => {
  if (column.difference === null) return null;
  if (mode === 'nonInferior') {
    // Miller's interval has no width where nothing changed, so that three equal cases would prove anything.
    const low = column.adjustedCi?.[0] ?? -1;
    return low > -margin
      ? null
      : `pass rate on ${name(column)} went ${movement(column)}: a loss of ${percent(margin)} can't be ruled out`;
  }
  const holds = column.pAdjusted !== null && column.pAdjusted < alpha && -column.difference > margin;
  return holds ? `pass rate on ${name(column)} fell ${movement(column)}` : null;
};

const cost: Rule<'cost'> = (column, { maxIncrease }) => {
  const { costUsd, baselineCostUsd } = column;
  if (costUsd === null || baselineCostUsd === null || baselineCostUsd === 0) return null;
  const increase = costUsd / baselineCostUsd - 1;
  return increase > maxIncrease
    ? `cost per answer on ${name(column)} rose by ${percent(increase)}, above ${percent(maxIncrease)}`
    : null;
};

/** Never from cached answers: those columns have no latency and are "not measured". */
const latency: Rule<'latency'> = (column, { p95MaxIncrease }) => {
  const { latencyP95Ms, baselineLatencyP95Ms } = column;
  if (latencyP95Ms === null || baselineLatencyP95Ms === null || baselineLatencyP95Ms === 0) return null;
  const increase = latencyP95Ms / baselineLatencyP95Ms - 1;
  return increase > p95MaxIncrease
    ? `p95 latency on ${name(column)} rose by ${percent(increase)}, above ${percent(p95MaxIncrease)}`
    : null;
};

const outcomeOf = (level: 'block' | 'report' | 'off'): Outcome => (level === 'block' ? 'fail' : 'pass');

/** The rules over columns: pass rate, regression, cost and latency. */
export const columnRules = ({ matrix, cells, rules }: GateInput): Ruling[] => {
  const check = <Name extends 'passRate' | 'regression' | 'cost' | 'latency'>(
    code: string,
    ruleName: Name,
    rule: Rule<Name>,
  ): Ruling[] => {
    const level = rules[ruleName].level;
    if (level === 'off') return [];
    return matrix.flatMap((column) => {
      const message = rule(column, rules[ruleName]);
      if (message === null) return [];
      const affected = cells.filter(
        (cell) =>
          cell.suite === column.suite &&
          cell.prompt === column.prompt &&
          cell.provider === column.provider &&
          cell.candidate?.state !== 'passed',
      );
      return [{ outcome: outcomeOf(level), reason: { code, message, cells: affected.map(({ id }) => id) } }];
    });
  };
  return [
    ...check('pass-rate', 'passRate', passRate),
    ...check('regression', 'regression', regression),
    ...check('cost', 'cost', cost),
    ...check('latency', 'latency', latency),
  ];
};
