import type { Sentence } from './sentence.ts';
import { wrap } from './text-columns.ts';
import { cut, normalLines, visible } from './visible-text.ts';

export type Colour = 'red' | 'green' | 'yellow' | 'blue' | 'dim' | 'bold';

const codes = {
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [36, 39],
  dim: [2, 22],
  bold: [1, 22],
} as const satisfies Record<Colour, readonly [number, number]>;

/** Paints a text; gives it back as it is where the terminal shows no colours. */
export type Painter = (colour: Colour | null, text: string) => string;

export const painter =
  (enabled: boolean): Painter =>
  (colour, text) =>
    enabled && colour !== null && text !== ''
      ? `\u001b[${codes[colour][0]}m${text}\u001b[${codes[colour][1]}m`
      : text;

/** The colour that goes with a sign; the sign carries the meaning. */
export const signColour = (sign: string | null): Colour | null => {
  switch (sign) {
    case '✗':
      return 'red';
    case '✓':
      return 'green';
    case '!':
    case '~':
      return 'yellow';
    case '?':
      return 'blue';
    default:
      return null;
  }
};

/** Text of others on one line, with nothing in it that a terminal would obey. */
export const oneLine = (text: string, length = 200): string =>
  cut(
    visible(normalLines(cut(text, length * 2)))
      .replaceAll('\n', '⏎')
      .replaceAll('\t', '⇥'),
    length,
  );

/** A sentence as text; words of others that are more than one stand in quotation marks. */
export const sentenceText = (sentence: Sentence, length = 200): string =>
  sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      const text = oneLine(part.quoted, length);
      return /\s/.test(text) ? `“${text}”` : text;
    })
    .join('');

/** Prose, wrapped; every line begins with `indent`. */
export const paragraph = (text: string, width: number, indent = ''): string[] =>
  wrap(text, Math.max(20, width - indent.length)).map((line) => `${indent}${line}`.trimEnd());

/**
 * No line is a command to a GitHub runner, whatever a model wrote: the runner trims a line and obeys `::…` at
 * its start, and `##[…]` anywhere in it.
 */
export const withoutCommands = (text: string): string =>
  text.replace(/^((?:[^\S\n]|\u001b\[[0-9;]*m)*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
