import type { Sentence } from '../sentence.ts';
import { html, type Markup } from './markup.ts';

/** A sentence with the words of others set apart; where all of it is theirs, it stands as it is. */
export const sentenceMarkup = (sentence: Sentence): Markup =>
  html`${sentence.map((part) => (typeof part === 'string' ? part : sentence.length === 1 ? part.quoted : html`<code class="name">${part.quoted}</code>`))}`;
