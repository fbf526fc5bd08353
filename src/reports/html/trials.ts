import type { CellRecord, SideRecord, TrialRecord } from '../../model/run.ts';
import { dollars, duration } from '../amounts.ts';
import type { Allowance } from './allowance.ts';
import { html, type Markup, nothing } from './markup.ts';
import { answerOf } from './sides.ts';
import { stateWords } from './words.ts';

const outcome = ({ status }: TrialRecord): Markup => {
  const { sign, tone, word } = stateWords[status];
  return html`<span class="sign ${tone}">${sign}</span> ${word}`;
};

const rows = (title: string, side: SideRecord | null, allow: Allowance): Markup[] => {
  const seen = new Map<string, number>();
  return (side?.trials ?? []).map((trial, index) => {
    const earlier = trial.output === null ? undefined : seen.get(trial.output);
    if (trial.output !== null && earlier === undefined) seen.set(trial.output, index + 1);
    const said =
      earlier === undefined
        ? answerOf(trial, trial.output === null ? null : allow(trial.output))
        : html`<p class="no-answer">the same answer as trial ${earlier}</p>`;
    const facts = [
      trial.latencyMs !== null && duration(trial.latencyMs),
      trial.costUsd !== null && dollars(trial.costUsd),
      trial.cached && 'from cache',
    ].filter((fact) => typeof fact === 'string');
    return html`<tr><th scope="row" class="nowrap">${title} ${index + 1}</th><td class="nowrap">${outcome(trial)}</td><td>${said}</td><td class="muted">${facts.join(' · ')}</td></tr>`;
  });
};

/** All executions of the cell, where there was more than one a side. */
export const trialsOf = (cell: CellRecord, allow: Allowance): Markup => {
  const most = Math.max(cell.baseline?.trials.length ?? 0, cell.candidate?.trials.length ?? 0);
  if (most < 2) return nothing;
  const count = (cell.baseline?.trials.length ?? 0) + (cell.candidate?.trials.length ?? 0);
  return html`<details><summary>All ${count} trials</summary><div class="wide"><table class="trials stack">
<thead><tr><th scope="col">Trial</th><th scope="col">Result</th><th scope="col">Answer</th><th scope="col">Measured</th></tr></thead>
<tbody>${rows('Baseline', cell.baseline, allow)}${rows('Candidate', cell.candidate, allow)}</tbody></table></div></details>`;
};
