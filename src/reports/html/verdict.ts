import { type Outcome, type RunResult, signs } from '../../model/run.ts';
import type { ReasonView, ReportView } from '../view.ts';
import { cellAnchor } from './anchor.ts';
import { html, type Markup } from './markup.ts';
import { sentenceMarkup } from './sentence-markup.ts';
import type { Tone } from './words.ts';

const tones = {
  pass: 'good',
  fail: 'bad',
  undecided: 'ask',
  needsApproval: 'warn',
} as const satisfies Record<Outcome, Tone>;

const toneOf = (sign: string): Tone => {
  const [outcome] = (Object.keys(tones) as Outcome[]).filter((key) => signs[key] === sign);
  return outcome === undefined ? 'muted' : tones[outcome];
};

const reasonOf = ({ sign, message, blocking, cells }: ReasonView): Markup => {
  const [first] = cells;
  const text = sentenceMarkup(message);
  return html`<li><span class="sign ${toneOf(sign)}">${sign}</span>${
    first === undefined ? text : html`<a href="#${cellAnchor(first)}">${text}</a>`
  }${!blocking && html` <span class="muted">(does not block)</span>`}</li>`;
};

const commit = (ref: { readonly ref: string; readonly sha: string | null } | null): Markup =>
  ref === null
    ? html`none`
    : html`${ref.ref}${ref.sha !== null && html` <code>${ref.sha.slice(0, 7)}</code>`}`;

/** The models that really answered, where the vendor named them. */
const modelOf = ({ label, resolvedModels }: RunResult['providers'][number]): Markup => {
  const others = resolvedModels.filter((model) => model !== label);
  return html`<span>${label}${others.length > 0 && html` <span class="muted">(${others.join(', ')})</span>`}</span>`;
};

const time = (iso: string): string => iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');

const factsOf = (result: RunResult, { footer }: ReportView): Markup => html`<dl class="facts">
<div><dt>Base → head</dt><dd>${commit(result.base)} → ${commit(result.head)}</dd></div>
<div><dt>Run</dt><dd>${footer.map((part, index) => html`${index > 0 && ' · '}${sentenceMarkup(part)}`)}</dd></div>
<div><dt>Models</dt><dd>${result.providers.map((provider, index) => html`${index > 0 && ' · '}${modelOf(provider)}`)}</dd></div>
<div><dt>Started</dt><dd><time datetime="${result.startedAt}">${time(result.startedAt)}</time></dd></div>
</dl>`;

/** The verdict as a sentence, the next step, the reasons, and what a reader has to know before trusting the numbers. */
export const verdictOf = (result: RunResult, view: ReportView): Markup => {
  const { outcome, sign, headline, lead, nextStep, reasons, notes } = view;
  return html`<header class="verdict ${outcome}"><div class="page">
<p class="eyebrow">Assay report</p>
<h1><span class="sign">${sign}</span><span>${sentenceMarkup(headline)}</span></h1>
${lead !== null && html`<p class="lead">${sentenceMarkup(lead)}</p>`}
${nextStep !== null && html`<p class="lead"><b>Next:</b> ${sentenceMarkup(nextStep)}.</p>`}
${reasons.length > 0 && html`<ul class="reasons">${reasons.map(reasonOf)}</ul>`}
${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${sentenceMarkup(note)}</li>`)}</ul>`}
${factsOf(result, view)}
</div></header>`;
};
