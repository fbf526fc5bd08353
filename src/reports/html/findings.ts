import type { TamperingRow, WarningRow } from '../view.ts';
import { html } from './markup.ts';
import type { PlaceLink } from './place.ts';
import type { Section } from './section.ts';

/** What the change did to its own tests; what loosens them comes first. */
export const tamperingOf = (rows: readonly TamperingRow[], place: PlaceLink): Section | null =>
  rows.length === 0
    ? null
    : {
        id: 'tests',
        title: 'This change edits its own tests',
        body: html`<ul class="findings">${rows.map(
          ({ sign, weakening, message, file, line }) =>
            html`<li><span class="sign ${weakening ? 'warn' : 'muted'}">${sign}</span><div>${message} <span class="pill ${weakening ? 'warn' : 'muted'}">${weakening ? 'loosens' : 'does not loosen'}</span> <span class="small">${place(file, line)}</span></div></li>`,
        )}</ul>`,
      };

/** What was noteworthy in the input and did not stop the run. */
export const warningsOf = (rows: readonly WarningRow[], place: PlaceLink): Section | null =>
  rows.length === 0
    ? null
    : {
        id: 'warnings',
        title: rows.length === 1 ? '1 warning' : `${rows.length} warnings`,
        body: html`<ul class="findings">${rows.map(
          ({ file, line, message }) =>
            html`<li><span class="sign warn">·</span><div>${message}${file !== null && html` <span class="small">${place(file, line)}</span>`}</div></li>`,
        )}</ul>`,
      };
