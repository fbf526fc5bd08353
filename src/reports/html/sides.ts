import type { CellRecord, SideRecord, TrialRecord } from '../../model/run.ts';
import { dollars, duration } from '../amounts.ts';
import { answers, standingTrial, tally } from '../case-names.ts';
import type { Allowance, Shown } from './allowance.ts';
import { html, type Markup, nothing } from './markup.ts';
import { withWhitespace } from './whitespace.ts';
import type { Stretch, WordMarker } from './word-diff.ts';
import { stateWords } from './words.ts';

/** JSON and code keep their columns; prose is read in the page's own face. */
const looksLikeCode = (text: string): boolean => /^\s*[[{<]|^```/m.test(text.slice(0, 2000));

const stretches = (parts: readonly Stretch[], tag: 'del' | 'ins'): Markup[] =>
  parts.map(({ changed, text }) => {
    if (!changed) return html`${text}`;
    return tag === 'del'
      ? html`<del>${withWhitespace(text)}</del>`
      : html`<ins>${withWhitespace(text)}</ins>`;
  });

const answer = (content: Markup | readonly Markup[], shown: Shown): Markup =>
  html`<pre class="answer${looksLikeCode(shown.text) ? ' code' : ''}" dir="auto">${content}</pre>${
    shown.left > 0 && html`<p class="measures">… ${shown.left} more characters are in results.json</p>`
  }`;

/** An answer, or the sentence that says why there is none. */
export const answerOf = (
  trial: TrialRecord | null,
  shown: Shown | null,
  marked: readonly Stretch[] | null = null,
  tag: 'del' | 'ins' = 'ins',
): Markup => {
  if (trial === null) return html`<p class="no-answer">Nothing was asked on this side.</p>`;
  if (trial.error !== null)
    return html`<p class="no-answer"><b>No answer</b> (${trial.error.kind}${
      trial.error.status !== null && html`, HTTP ${trial.error.status}`
    }): <code>${trial.error.message.slice(0, 2000)}</code></p>`;
  if (trial.skipped !== null) return html`<p class="no-answer">Not asked: ${trial.skipped}</p>`;
  if (shown === null || trial.output === null) return html`<p class="no-answer">No answer was recorded.</p>`;
  if (trial.output === '') return html`<p class="no-answer">(an empty answer)</p>`;
  return answer(marked === null ? html`${shown.text}` : stretches(marked, tag), shown);
};

/** Latency, cost, tokens, origin and end of one answer; what is not known is left out. */
export const measuresOf = (trial: TrialRecord): Markup => {
  const facts: string[] = [];
  if (trial.latencyMs !== null) facts.push(duration(trial.latencyMs));
  if (trial.costUsd !== null) facts.push(dollars(trial.costUsd));
  if (trial.tokens !== null) facts.push(`${trial.tokens.input} tokens in, ${trial.tokens.output} out`);
  if (trial.cached) facts.push('from cache');
  if (trial.finish !== null) facts.push(`finish: ${trial.finish}`);
  return facts.length === 0
    ? nothing
    : html`<ul class="measures">${facts.map((fact) => html`<li>${fact}</li>`)}</ul>`;
};

const sideHead = (title: string, side: SideRecord | null): Markup => {
  if (side === null) return html`<h4>${title}</h4>`;
  const { sign, tone, word } = stateWords[side.state];
  const count = answers(side).length > 1 ? tally(side) : null;
  return html`<h4>${title} <small><span class="sign ${tone}">${sign}</span> ${word}${
    count !== null && html` (${count})`
  }</small></h4>`;
};

const column = (title: string, side: SideRecord | null, content: Markup): Markup => {
  const trial = standingTrial(side);
  return html`<section class="side">${sideHead(title, side)}${content}${trial !== null && measuresOf(trial)}</section>
`;
};

/** Both sides say the same, word by word. */
export const sameAnswer = (cell: CellRecord): boolean => {
  const baseline = standingTrial(cell.baseline)?.output;
  const candidate = standingTrial(cell.candidate)?.output;
  return typeof baseline === 'string' && baseline === candidate;
};

/** The answers of both sides next to each other (one above the other on a phone); an equal answer stands once. */
export const sidesOf = (cell: CellRecord, allow: Allowance, mark: WordMarker | null): Markup => {
  const baseline = standingTrial(cell.baseline);
  const candidate = standingTrial(cell.candidate);
  const candidateShown = typeof candidate?.output === 'string' ? allow(candidate.output) : null;
  if (sameAnswer(cell) && cell.baseline?.state === cell.candidate?.state)
    return column(
      'Baseline and candidate: the same answer',
      cell.candidate,
      answerOf(candidate, candidateShown),
    );
  const baselineShown = typeof baseline?.output === 'string' ? allow(baseline.output) : null;
  const marked =
    mark !== null && baselineShown !== null && candidateShown !== null
      ? mark(baselineShown.text, candidateShown.text)
      : null;
  return html`<div class="sides">
${column(
  'Baseline',
  cell.baseline,
  answerOf(baseline, baselineShown, marked?.baseline ?? null, 'del'),
)}${column(
  'Candidate',
  cell.candidate,
  answerOf(candidate, candidateShown, marked?.candidate ?? null, 'ins'),
)}</div>`;
};
