import { fileUrl, type ReportLinks } from '../links.ts';
import { html, type Markup } from './markup.ts';

/** A place in the repository as a link, or as plain text where the repository's address is not known. */
export type PlaceLink = (file: string, line: number | null, text?: string) => Markup;

export const placeLink =
  (links: ReportLinks): PlaceLink =>
  (file, line, text = line === null ? file : `${file}:${line}`) => {
    const url = fileUrl(links, file, line);
    return url === null ? html`<span>${text}</span>` : html`<a href="${url}">${text}</a>`;
  };
