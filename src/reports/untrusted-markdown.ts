import { cut, normalLines, visible } from './visible-text.ts';

/** Longest run of backticks in a text. */
const backticks = (text: string): number =>
  (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);

/**
 * Text of others as one code span that is safe anywhere in a line, table cells and link texts included:
 * newline → ⏎, | → │ (`\|` lets it break out of the cell in one of two renderers), hidden characters visible, a
 * delimiter one backtick longer than any run inside. Cut to `maxLength` code points.
 */
export const inlineCode = (text: string, maxLength = 200): string => {
  // Hidden characters are counted before the cut, so far as anybody could have written them by hand.
  const line = visible(normalLines(cut(text, Math.max(maxLength, 10_000))))
    .replaceAll('\n', '⏎')
    .replaceAll('\t', '⇥')
    .replaceAll('|', '│');
  const content = cut(line, maxLength);
  if (content === '') return '` `';
  const longest = backticks(content);
  const delimiter = '`'.repeat(longest + 1);
  const onlySpaces = /^ +$/.test(content);
  // A parser strips one space at both ends where both have one, so that padding never shows.
  const pads = longest > 0 || (!onlySpaces && content.startsWith(' ') && content.endsWith(' '));
  return pads ? `${delimiter} ${content} ${delimiter}` : `${delimiter}${content}${delimiter}`;
};

/**
 * Text of others as a fenced block: a fence longer than any run of backticks inside, line ends normalised,
 * hidden characters visible. `language` is ours (`diff`, `text`). Begin it on a line of its own.
 */
export const fence = (text: string, language = ''): string => {
  const content = visible(normalLines(text));
  const delimiter = '`'.repeat(Math.max(3, backticks(content) + 1));
  return `${delimiter}${language}\n${content}${content.endsWith('\n') ? '' : '\n'}${delimiter}`;
};
