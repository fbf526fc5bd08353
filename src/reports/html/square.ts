import { percent, points, pValue } from '../../gate/sentences.ts';
import { type ColumnRecord, signs } from '../../model/run.ts';
import { intervalOf } from './interval.ts';
import { html, type Markup, nothing } from './markup.ts';
import type { Tone } from './words.ts';

const standing = (column: ColumnRecord, blocked: boolean): { sign: string; tone: Tone } => {
  if (column.broken > 0 || blocked) return { sign: signs.fail, tone: 'bad' };
  if (column.undecided > 0) return { sign: signs.undecided, tone: 'ask' };
  if (column.flaky > 0) return { sign: signs.flaky, tone: 'warn' };
  return { sign: signs.pass, tone: 'good' };
};

const moves = (column: ColumnRecord): string =>
  (['broken', 'fixed', 'flaky', 'undecided'] as const)
    .filter((kind) => column[kind] > 0)
    .map((kind) => `${column[kind]} ${kind}`)
    .join(' · ');

/** `116 → 110 of 120`, `120 of 120, as before`; answers that are missing compare with nothing. */
export const passCounts = ({ baseline, candidate, undecided }: ColumnRecord): string => {
  if (candidate === null) return 'removed';
  const { passed, planned } = candidate;
  if (baseline === null || undecided > 0) return `${passed} of ${planned}`;
  if (baseline.planned !== planned)
    return `${baseline.passed} of ${baseline.planned} → ${passed} of ${planned}`;
  return baseline.passed === passed
    ? `${passed} of ${planned}, as before`
    : `${baseline.passed} → ${passed} of ${planned}`;
};

/** `96.7 % → 91.7 % (85.4 % to 95.8 %)`: the pass rates, and the interval of the candidate's. */
const rates = ({ baseline, candidate }: ColumnRecord): string => {
  const now = candidate?.passRate ?? null;
  const then = baseline?.passRate ?? null;
  if (now === null) return '';
  const interval = candidate?.ci ? ` (${percent(candidate.ci[0])} to ${percent(candidate.ci[1])})` : '';
  return `${then !== null && then !== now ? `${percent(then)} → ` : ''}${percent(now)}${interval}`;
};

/** The drawing of the difference; its interval in numbers stands in the sentences below the matrix. */
const differenceOf = ({ difference, ci, p }: ColumnRecord, reach: number): Markup =>
  difference === null || difference === 0 || ci === null
    ? nothing
    : html`${intervalOf(difference, ci, reach)}<div class="small">${points(difference)} points${p !== null && `, ${pValue(p)}`}</div>`;

/** The widest interval of the page, so that all drawings share one scale; at least 10 points. */
export const reachOf = (columns: readonly ColumnRecord[]): number =>
  columns
    .flatMap(({ ci }) => ci ?? [])
    .reduce((widest, bound) => Math.min(1, Math.max(widest, Math.abs(bound))), 0.1);

/** Passes everywhere as before: nothing to look at. */
export const isQuietColumn = ({
  broken,
  fixed,
  flaky,
  undecided,
  baseline,
  candidate,
}: ColumnRecord): boolean =>
  broken + fixed + flaky + undecided === 0 &&
  baseline !== null &&
  candidate !== null &&
  candidate.passed === candidate.planned;

/** What a square of the matrix says; `link` makes its counts lead to the cells. */
export const squareOf = (
  column: ColumnRecord,
  blocked: boolean,
  reach: number,
  link: (text: string) => Markup,
): Markup => {
  const { sign, tone } = standing(column, blocked);
  const told = moves(column);
  const missing = (column.candidate?.planned ?? 0) - (column.candidate?.answered ?? 0);
  return html`<div class="count"><span class="sign ${tone}">${sign}</span> ${link(passCounts(column))}</div>${
    told !== '' && html`<div class="small ${tone}">${told}</div>`
  }<div class="small muted">${rates(column)}</div>${
    missing > column.undecided && html`<div class="small ask">${missing} without an answer</div>`
  }${differenceOf(column, reach)}`;
};
