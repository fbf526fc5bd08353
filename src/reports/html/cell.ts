import type { CellRecord } from '../../model/run.ts';
import { answers, tally } from '../case-names.ts';
import { cut } from '../visible-text.ts';
import type { Allowance } from './allowance.ts';
import { cellAnchor } from './anchor.ts';
import { checksOf } from './checks.ts';
import { html, type Markup, nothing } from './markup.ts';
import { meaningOf, severityWords } from './meaning.ts';
import type { FilterNames } from './names.ts';
import type { PlaceLink } from './place.ts';
import { sidesOf } from './sides.ts';
import { trialsOf } from './trials.ts';
import type { WordMarker } from './word-diff.ts';
import { changeWords, stateWords } from './words.ts';

export type CellContext = {
  readonly allow: Allowance;
  readonly place: PlaceLink;
  readonly names: FilterNames;
  /** null: the cell's answers are shown without marks. */
  readonly marker: (cell: CellRecord) => WordMarker | null;
  readonly open: (cell: CellRecord) => boolean;
};

const maxAsked = 4000;

/** `: 0 of 3, before 3 of 3`; nothing where one trial a side says no more than the change itself. */
const countsOf = ({ baseline, candidate }: CellRecord): string => {
  if (candidate === null) return '';
  const now = tally(candidate) ?? stateWords[candidate.state].word;
  if (answers(candidate).length < 2 && answers(baseline).length < 2)
    return candidate.state === 'passed' || candidate.state === 'failed'
      ? ''
      : `: ${stateWords[candidate.state].word}`;
  const before = tally(baseline);
  return before === null ? `: ${now}` : `: ${now}, before ${before}`;
};

const outcomeOf = (cell: CellRecord): Markup => {
  const { tone, word } = changeWords[cell.change];
  const { semantic } = cell;
  const counts = countsOf(cell);
  const meaning = semantic === null ? null : severityWords[semantic.severity];
  return html`<b class="${tone}">${word}</b>${counts}${
    meaning !== null && (semantic?.severity === 'breaking' || semantic?.severity === 'review')
      ? html` <span class="pill ${meaning.tone}">${meaning.sign} ${meaning.word}</span>`
      : nothing
  }`;
};

const marksOf = (cell: CellRecord): Markup[] => {
  const marks: string[] = [];
  if (cell.critical) marks.push('critical');
  if (cell.severity === 'warn') marks.push('warns only');
  if (cell.quarantined !== null) marks.push(`in quarantine: ${cell.quarantined}`);
  if (cell.expectFail !== null) marks.push(`expected to fail: ${cell.expectFail}`);
  return marks.map((mark) => html` <span class="pill muted">${mark}</span>`);
};

const letters = (text: string): string => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');

/** An id that is made of the description, or no description at all. */
const repeats = (cell: CellRecord): boolean =>
  cell.description === '' || letters(cell.description) === letters(cell.case);

const summaryOf = (cell: CellRecord, context: CellContext): Markup => {
  const { sign, tone } = changeWords[cell.change];
  const prompt = context.names.promptName(cell);
  return html`<summary><span class="sign ${tone}">${sign}</span><span><span class="name">${cell.case}</span>${
    !repeats(cell) && html` <span class="muted">${cell.description}</span>`
  }${marksOf(cell)}</span><span class="model">${cell.provider}${
    prompt !== null && html` <span class="muted">· ${prompt}</span>`
  }</span><span class="outcome">${outcomeOf(cell)}</span></summary>`;
};

const footOf = (cell: CellRecord, context: CellContext): Markup =>
  html`<p class="place">${context.place(
    cell.file,
    cell.line,
  )}${cell.origin === 'base' && html`<span>as the base defines it</span>`}${
    cell.owner !== null && html`<span>owner ${cell.owner}</span>`
  }<a href="#${cellAnchor(cell.id)}">link to this cell</a></p>`;

/** One cell with everything that is known of it, folded. */
export const cellOf = (cell: CellRecord, context: CellContext): Markup => {
  const { model, suite, prompt } = context.names.numbersOf(cell);
  return html`<details class="cell" data-change="${cell.change}" data-meaning="${cell.semantic?.severity ?? ''}" data-model="${model}" data-suite="${suite}" data-prompt="${prompt}"${
    context.open(cell) && html` open`
  }>${summaryOf(cell, context)}
<div class="body" id="${cellAnchor(cell.id)}">
<div><h4>Asked</h4><div class="asked" dir="auto">${cut(cell.asked, maxAsked)}</div></div>
${sidesOf(cell, context.allow, context.marker(cell))}
${checksOf(cell, (line) => (line === null ? nothing : context.place(cell.file, line, `line ${line}`)))}
${meaningOf(cell)}${trialsOf(cell, context.allow)}
${footOf(cell, context)}
</div></details>
`;
};
