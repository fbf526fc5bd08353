import { normalLines, visible } from '../visible-text.ts';

/** HTML that is safe as it stands. Made by `html` alone (and, for our own constants, by `trusted`). */
export type Markup = { readonly markup: string };

/** What may stand in a `${}` of the `html` tag; nothing is written for null, undefined and false. */
export type Hole = Markup | string | number | null | undefined | false | readonly Hole[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Anything beyond Latin text may hide something; most texts don't get that far. */
const unusual = /[^\n\t -~\u00a1-\u00ac\u00ae-\u024f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff]/;

/** Text for an element or a quoted attribute: nothing in it is markup, and nothing in it is hidden. */
export const escapeHtml = (text: string): string =>
  (unusual.test(text) ? visible(normalLines(text)) : text).replace(
    /[&<>"'`]/g,
    (character) => entities[character] ?? character,
  );

const fill = (hole: Hole): string => {
  if (hole === null || hole === undefined || hole === false) return '';
  if (typeof hole === 'string') return escapeHtml(hole);
  if (typeof hole === 'number') return String(hole);
  if ('markup' in hole) return hole.markup;
  return hole.map(fill).join('');
};

/** A template whose holes are escaped unless they are markup already. Attributes must be quoted with `"`. */
export const html = (strings: TemplateStringsArray, ...holes: readonly Hole[]): Markup => {
  let text = strings[0] ?? '';
  for (let at = 0; at < holes.length; at++) text += fill(holes[at]) + (strings[at + 1] ?? '');
  return { markup: text };
};

/** Our own constants (style, script) as markup. Never call it with text that came from outside. */
export const trusted = (markup: string): Markup => ({ markup });

/** Nothing. */
export const nothing: Markup = { markup: '' };
