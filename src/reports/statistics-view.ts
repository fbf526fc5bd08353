import { percent, points, pValue } from '../gate/sentences.ts';
import { type ColumnRecord, type RunResult, signs } from '../model/run.ts';
import { counted } from './amounts.ts';
import { promptName } from './case-names.ts';
import { quote, type Sentence } from './sentence.ts';

/**
 * `haiku: 96.7 % → 91.7 %, −5.0 points (95 % CI −9.1 to −0.9, p = 0.016, 120 paired cases)`, one sentence for
 * each column where something broke or whose move is sure, the surest first; chance alone moves a rate, so the
 * other columns are left to the report. Over several columns the adjusted p stands there, too.
 */
export const statisticsOf = (result: RunResult): Sentence[] =>
  result.matrix
    .filter(({ difference }) => difference !== null && difference !== 0)
    .filter(({ broken, pAdjusted }) => broken > 0 || (pAdjusted !== null && pAdjusted < 0.05))
    .toSorted((a, b) => (a.p ?? 1) - (b.p ?? 1) || (a.difference ?? 0) - (b.difference ?? 0))
    .map((column) => movement(result, column));

const movement = (result: RunResult, column: ColumnRecord): Sentence => {
  const { provider, prompt, baseline, candidate, difference, ci, pairs } = column;
  const alone = new Set(result.matrix.map((other) => `${other.suite}\0${other.prompt}`)).size === 1;
  const rates =
    baseline?.passRate == null || candidate?.passRate == null
      ? ''
      : `${percent(baseline.passRate)} → ${percent(candidate.passRate)}, `;
  const interval = ci === null ? '' : `95 % CI ${points(ci[0])} to ${points(ci[1])}, `;
  const fell = result.verdict.reasons.some(
    ({ code, blocking, message }) =>
      code === 'regression' && blocking && message.includes(`${provider} (${prompt})`),
  );
  return [
    ...(fell ? [`${signs.fail} `] : []),
    quote(provider),
    ...(alone ? [] : [' on ', quote(promptName(result, prompt))]),
    `: ${rates}${points(difference ?? 0)} points (${interval}${probability(column, result.matrix.length)}${counted(pairs, 'paired case')})`,
  ];
};

const probability = ({ p, pAdjusted }: ColumnRecord, columns: number): string => {
  if (p === null) return '';
  const adjusted =
    columns > 1 && pAdjusted !== null ? `, adjusted ${pValue(pAdjusted).replace(/^p (= )?/, '')}` : '';
  return `${pValue(p)}${adjusted}, `;
};
