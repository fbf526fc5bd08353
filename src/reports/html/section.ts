import { html, type Markup } from './markup.ts';

/** A part of the page with a heading, listed in the contents. */
export type Section = { readonly id: string; readonly title: string; readonly body: Markup };

export const sectionOf = ({ id, title, body }: Section): Markup =>
  html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>
`;

export const contentsOf = (sections: readonly Section[]): Markup =>
  html`<nav class="contents" aria-label="Contents">${sections.map(
    ({ id, title }) => html`<a href="#${id}">${title}</a>`,
  )}</nav>`;
