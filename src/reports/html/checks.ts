import type { CellRecord, Check, SideRecord } from '../../model/run.ts';
import { answers, standingTrial } from '../case-names.ts';
import { cut } from '../visible-text.ts';
import { html, type Markup, nothing } from './markup.ts';

type Place = (line: number | null) => Markup;

/** `✓`, `✗`, or `2 of 3` where trials of one side differ; `–` where this side has no such check. */
const result = (side: SideRecord | null, at: number, check: Check): Markup => {
  const found = answers(side).flatMap(({ checks }) => checks[at] ?? []);
  const same = found.filter(({ type, expected }) => type === check.type && expected === check.expected);
  const passed = same.filter(({ pass }) => pass).length;
  if (same.length === 0) return html`<span class="muted">–<span class="unseen"> not checked</span></span>`;
  if (passed === same.length)
    return html`<span class="sign good">✓</span><span class="unseen">passed</span>${times(same.length, passed)}`;
  if (passed === 0)
    return html`<span class="sign bad">✗</span><span class="unseen">failed</span>${times(same.length, passed)}`;
  return html`<span class="sign warn">~</span>${times(same.length, passed)}`;
};

const times = (of: number, passed: number): Markup =>
  of === 1 ? nothing : html`<span class="nowrap"> ${passed} of ${of}</span>`;

const judged = ({ judge }: Check): Markup =>
  judge === undefined
    ? nothing
    : html` <span class="muted">judge ${judge.provider}${judge.model !== null && judge.model !== judge.provider && ` (${judge.model})`}: ${judge.votes.join(', ')}</span>`;

const row = (cell: CellRecord, check: Check, at: number, place: Place): Markup => html`<tr>
<th scope="row">${named(check)}${check.metric !== null && html` <span class="muted">${check.metric}</span>`}${
  check.severity === 'warn' && html` <span class="pill warn">warns only</span>`
}${check.weight === 0 && html` <span class="pill muted">reports only</span>`}</th>
<td data-label="Before">${result(cell.baseline, at, check)}</td><td data-label="Now">${result(cell.candidate, at, check)}</td>
<td>${cut(check.reason, 2000)}${check.score > 0 && check.score < 1 && html` <span class="muted">score ${check.score.toFixed(2)}</span>`}${judged(check)} ${place(check.line)}</td>
</tr>`;

const named = (check: Check): Markup =>
  html`<code>${check.type}</code>${check.expected !== null && html` <q>${cut(check.expected, 300)}</q>`}`;

/** Nothing to explain: passed everywhere, in full, by a rule and not by a judge. */
const plainlyPassed = ({ pass, score, judge, severity, weight }: Check): boolean =>
  pass && score === 1 && judge === undefined && severity === 'block' && weight !== 0;

const allPlain = (cell: CellRecord): boolean =>
  [cell.baseline, cell.candidate].every((side) =>
    (side?.trials ?? []).every(
      ({ status, checks }) => status === 'passed' && checks.every((check) => plainlyPassed(check)),
    ),
  );

/**
 * Every stated expectation with its result on both sides; the reason is the candidate's. Where all of them
 * simply passed, they are one line.
 */
export const checksOf = (cell: CellRecord, place: Place): Markup => {
  const sides = [cell.candidate, cell.baseline].filter((side) => side !== null);
  const checks = sides.map((side) => standingTrial(side)?.checks ?? []).find(({ length }) => length > 0);
  if (checks === undefined) return nothing;
  if (allPlain(cell))
    return html`<div><h4>Checks</h4><ul class="plain">${checks.map(
      (check) => html`<li><span class="sign good">✓</span> ${named(check)}</li>`,
    )}</ul></div>`;
  return html`<div class="wide"><table class="checks stack">
<thead><tr><th scope="col">Check</th><th scope="col">Before</th><th scope="col">Now</th><th scope="col">Why</th></tr></thead>
<tbody>${checks.map((check, at) => row(cell, check, at, place))}</tbody></table></div>`;
};
