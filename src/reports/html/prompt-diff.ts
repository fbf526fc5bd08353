import type { RunResult } from '../../model/run.ts';
import { html, type Markup } from './markup.ts';
import type { PlaceLink } from './place.ts';
import type { Section } from './section.ts';
import { withWhitespace } from './whitespace.ts';

type Prompt = RunResult['prompts'][number];
type Difference = Prompt['diff'][number];
type Part = Difference['parts'][number];

/** Unchanged lines kept on either side of a change. */
const context = 3;

/** An unchanged stretch without its middle; at the ends of a text only the side that touches a change is kept. */
const unchanged = (text: string, first: boolean, last: boolean): Markup => {
  const lines = text.split('\n');
  const head = first ? 0 : context;
  const tail = last ? 0 : context;
  const left = lines.length - head - tail;
  if (left < 4) return html`${text}`;
  return html`${lines.slice(0, head).join('\n')}<span class="elided">⋯ ${left} unchanged lines ⋯</span>${lines.slice(lines.length - tail).join('\n')}`;
};

const partOf = (part: Part, index: number, parts: readonly Part[]): Markup => {
  switch (part.kind) {
    case 'same':
      return unchanged(part.text, index === 0, index === parts.length - 1);
    case 'removed':
      return html`<del><span class="mark">−</span>${withWhitespace(part.text)}</del>`;
    case 'added':
      return html`<ins><span class="mark">+</span>${withWhitespace(part.text)}</ins>`;
  }
};

const stateOf = (prompt: Prompt): string =>
  prompt.baselineVersion === null ? 'new' : prompt.candidateVersion === null ? 'removed' : 'changed';

const promptOf = (prompt: Prompt, place: PlaceLink): Markup => html`<div>
<h3>${prompt.label} <small class="muted">${prompt.path !== prompt.label && `${prompt.path}, `}${stateOf(prompt)}</small></h3>
${prompt.diff.map(
  (section) => html`<h4>${section.title} ${section.line !== null && place(prompt.path, section.line)}</h4>
<div class="diff" dir="auto">${section.parts.map(partOf)}</div>`,
)}</div>`;

/** What the change did to the prompts, word by word, whitespace made visible. */
export const promptDiffOf = (result: RunResult, place: PlaceLink): Section | null => {
  if (result.base === null) return null;
  const changed = result.prompts.filter((prompt) => prompt.diff.length > 0 || stateOf(prompt) !== 'changed');
  if (changed.length === 0) return null;
  return {
    id: 'prompts',
    title: 'Prompt diff',
    body: html`${changed.map((prompt) => promptOf(prompt, place))}`,
  };
};
