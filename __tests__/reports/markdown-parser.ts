import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const path = '/usr/bin/cmark-gfm';

/** GitHub's own Markdown parser, as Debian packages it; tests that need it are skipped without it. */
export const hasMarkdownParser = existsSync(path);

if (!hasMarkdownParser) console.log(`${path} is not installed: Markdown is not parsed in these tests`);

/** Markdown → HTML, with raw HTML let through, so that whatever breaks out of a code span shows. */
export const toHtml = (markdown: string): string =>
  execFileSync(
    path,
    ['-e', 'table', '-e', 'autolink', '-e', 'strikethrough', '--unsafe', '--github-pre-lang'],
    {
      input: markdown,
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
    },
  );

export const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** The text of an HTML fragment without tags and entities. */
export const textOf = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
