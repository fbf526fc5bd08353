import type { CellRecord, SemanticReason, SemanticSeverity } from '../../model/run.ts';
import { reasonPhrase } from '../meaning-view.ts';
import { html, type Markup, nothing } from './markup.ts';
import { sentenceMarkup } from './sentence-markup.ts';
import type { Word } from './words.ts';

export const severityWords = {
  breaking: { sign: '!', tone: 'bad', word: 'Meaning changed' },
  review: { sign: '?', tone: 'warn', word: 'Meaning to review' },
  reworded: { sign: '≈', tone: 'muted', word: 'Reworded' },
  none: { sign: '=', tone: 'muted', word: 'Same meaning' },
} as const satisfies Record<SemanticSeverity, Word>;

const reasonOf = (reason: SemanticReason): Markup => {
  const { sign, tone } = severityWords[reason.severity];
  return html`<li><span class="sign ${tone}">${sign}</span> ${sentenceMarkup(reasonPhrase(reason))}</li>`;
};

/** What changed in meaning between the two answers of a cell. */
export const meaningOf = (cell: CellRecord): Markup => {
  const { semantic } = cell;
  if (semantic === null || (semantic.reasons.length === 0 && semantic.severity === 'none')) return nothing;
  const { word } = severityWords[semantic.severity];
  return html`<div><h4>${word} <span class="muted">(similarity ${semantic.similarity.toFixed(2)}, shown only)</span></h4>${
    semantic.reasons.length > 0 && html`<ul class="meaning">${semantic.reasons.map(reasonOf)}</ul>`
  }</div>`;
};
