import { html, type Markup } from './markup.ts';

const width = 136;
const middle = width / 2;
const round = (x: number): number => Math.round(x * 10) / 10;

/**
 * A difference and its interval as a small drawing on a scale around zero, `reach` (a share) to either side.
 * The numbers stand beside it in words, so it is hidden from screen readers.
 */
export const intervalOf = (difference: number, ci: readonly [number, number], reach: number): Markup => {
  const at = (share: number): number =>
    round(middle + Math.max(-1, Math.min(1, share / reach)) * (middle - 4));
  return html`<svg class="interval" viewBox="0 0 ${width} 14" aria-hidden="true"><line x1="0" x2="${width}" y1="7" y2="7"/><line class="zero" x1="${middle}" x2="${middle}" y1="1" y2="13"/><line class="range" x1="${at(ci[0])}" x2="${at(ci[1])}" y1="7" y2="7"/><circle cx="${at(difference)}" cy="7" r="3.5"/></svg>`;
};
