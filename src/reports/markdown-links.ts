import { cellUrl, fileUrl, type ReportLinks, safeUrl } from './links.ts';
import type { Sentence } from './sentence.ts';
import { inlineCode } from './untrusted-markdown.ts';

/** A sentence in Markdown: our words as they are, those of others as code of at most `words` code points. */
export const markdown = (sentence: Sentence, words: number): string =>
  sentence.map((part) => (typeof part === 'string' ? part : inlineCode(part.quoted, words))).join('');

/** Addresses are made of names that users choose; the room of a comment is not theirs to fill. */
const maxUrl = 500;

const linked = (text: string, url: string | null): string =>
  url === null || url.length > maxUrl ? text : `[${text}](${url})`;

/** A place in the repository: `file:line`, linked where the commit is known. Shows the file's name only. */
export const fileLink = (links: ReportLinks, file: string, line: number | null, words: number): string => {
  const name = file.split('/').at(-1) || file;
  const text = inlineCode(line === null ? name : `${name}:${line}`, words);
  return linked(text, fileUrl(links, file, line));
};

/** The name of a case, linked to its cell in the report. */
export const caseLink = (links: ReportLinks, name: string, cell: string | undefined, words: number): string =>
  linked(inlineCode(name, words), cell === undefined ? null : cellUrl(links, cell));

/** Where to find what is not shown here. */
export const elsewhere = (links: ReportLinks): string => {
  const report = safeUrl(links.reportUrl);
  if (report !== null) return `[in the report](${report})`;
  const run = safeUrl(links.runUrl);
  return run === null ? 'in report.html' : `in the report of [this run](${run})`;
};

/** `12 more in the report`; nothing where nothing is left out. */
export const moreLine = (left: number, shown: number, links: ReportLinks): string =>
  left <= 0 ? '' : `${left} ${shown === 0 ? '' : 'more '}${elsewhere(links)}`;

/** A part that is folded; `title` is ours, since Markdown is not read inside a summary. */
export const folded = (title: string, content: string, open = false): string =>
  `<details${open ? ' open' : ''}><summary>${title}</summary>\n\n${content.trimEnd()}\n\n</details>\n`;
