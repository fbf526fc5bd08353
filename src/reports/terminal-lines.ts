import { type Colour, type Painter, paragraph, signColour } from './terminal-text.ts';
import { columnsOf } from './text-columns.ts';
import type { ReportView } from './view.ts';

/** What every part of the terminal's report is written on. */
export type Paper = { readonly view: ReportView; readonly width: number; readonly paint: Painter };

export const indent = '  ';

/** `  ✗ text`, wrapped under the text. */
export const bullet = ({ width, paint }: Paper, sign: string, text: string): string[] => {
  const [first = '', ...rest] = paragraph(text, width - 4, '');
  return [`${indent}${paint(signColour(sign), sign)} ${first}`, ...rest.map((line) => `${indent}  ${line}`)];
};

/** Parts joined by ` · `; empty ones are left out. */
export const dotted = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** The same, broken into lines between parts only. */
export const atDots = (parts: readonly string[], width: number): string[] => {
  const lines: string[] = [];
  for (const part of parts) {
    const line = lines.at(-1);
    if (line === undefined || columnsOf(`${line} · ${part}`) > width) lines.push(part);
    else lines[lines.length - 1] = `${line} · ${part}`;
  }
  return lines;
};

export const lineColours = { '-': 'red', '+': 'green', ' ': null } as const satisfies Record<
  string,
  Colour | null
>;

/** `  8 more in the report`; nothing where nothing is left out. */
export const more = (left: number, shown: number): string[] =>
  left <= 0 ? [] : [`${indent}${left} ${shown === 0 ? '' : 'more '}in the report`];
