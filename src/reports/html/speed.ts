import type { ColumnRecord, RunResult } from '../../model/run.ts';
import { counted, dollars, duration, relativeChange } from '../amounts.ts';
import { html, type Markup } from './markup.ts';
import type { FilterNames } from './names.ts';
import type { Section } from './section.ts';

const move = (
  then: number | null,
  now: number | null,
  show: (value: number) => string,
  unknown: string,
): Markup => {
  if (now === null) return html`<span class="muted">${unknown}</span>`;
  const change = relativeChange(then, now);
  return then === null || change === null
    ? html`${show(now)}`
    : html`${show(then)} → ${show(now)} <span class="muted nowrap">${change}</span>`;
};

/** Milliseconds of a local responder are noise, and its answers cost nothing. */
const tells = ({ latencyP95Ms, costUsd }: ColumnRecord): boolean =>
  (latencyP95Ms ?? 0) >= 50 || (costUsd ?? 0) > 0;

const perThousand = (usd: number): string => dollars(usd * 1000);

const rowOf = (column: ColumnRecord, names: FilterNames): Markup => {
  const prompt = names.promptName(column);
  const { baselineLatencyP50Ms, latencyP50Ms, baselineLatencyP95Ms, latencyP95Ms } = column;
  return html`<tr><th scope="row">${names.suiteName(column.suite)}${prompt !== null && html` <small class="muted">${prompt}</small>`}</th><td>${column.provider}</td>
<td data-label="Median">${move(baselineLatencyP50Ms, latencyP50Ms, duration, 'not measured')}</td>
<td data-label="95th percentile">${move(baselineLatencyP95Ms, latencyP95Ms, duration, 'not measured')}</td>
<td data-label="Per 1,000">${move(column.baselineCostUsd, column.costUsd, perThousand, 'not known')}</td></tr>
`;
};

const tableOf = (result: RunResult, names: FilterNames): Markup =>
  html`<div class="wide" tabindex="0" role="region" aria-label="Speed and cost"><table class="stack">
<thead><tr><th scope="col">Suite</th><th scope="col">Model</th><th scope="col">Median latency</th><th scope="col">95th percentile</th><th scope="col">Per 1,000 answers</th></tr></thead>
<tbody>${result.matrix.map((column) => rowOf(column, names))}</tbody></table></div>`;

/** More rows than this are folded. */
const maxRows = 12;

/** Latency and cost of each column, before and now. */
export const speedOf = (result: RunResult, names: FilterNames): Section | null => {
  if (!result.matrix.some(tells)) return null;
  const table = tableOf(result, names);
  const rows = result.matrix.length;
  return {
    id: 'speed',
    title: 'Speed and cost',
    body:
      rows > maxRows ? html`<details><summary>${counted(rows, 'column')}</summary>${table}</details>` : table,
  };
};
