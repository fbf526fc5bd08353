import { normaliseText, plainLine } from './normalise.ts';
import { sentencesOf } from './sentences.ts';

/** A unit of an answer's prose: what is compared with a unit of the other answer. */
export type Piece = {
  readonly kind: 'sentence' | 'item' | 'row' | 'heading';
  /** As a reader would quote it. */
  readonly text: string;
  /** An item of a numbered list: its place matters. */
  readonly ordered: boolean;
  /** What the line is about: `**Light**: …`, the first cell of a row. */
  readonly label: string | null;
  /** Parts of one sentence, and sentences of one item, share it. */
  readonly group: number;
};

export type CodeBlock = { readonly language: string; readonly lines: readonly string[] };
export type Blocks = { readonly pieces: readonly Piece[]; readonly code: readonly CodeBlock[] };

const fence = /^\s{0,8}(`{3,}|~{3,})\s*([\w+#.-]*)/;
const bullet = /^\s*(?:[-*+•‣◦·▪●○]|\[[ xX]\])\s+/;
const numbered = /^\s*(?:\(?\d{1,3}[.)]|\(?[a-z][.)]|step \d{1,3}[:.)]?)\s+/i;
const heading = /^\s{0,3}#{1,6}\s+/;
const separator = /^\s*\|?\s*:?-{1,}:?\s*(?:\|\s*:?-{1,}:?\s*)*\|?\s*$/;
const labelled = /^([\p{L}\d][^:.!?]{0,40}):\s+(?=\S)/u;

const cells = (line: string): string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => plainLine(cell));

const yes = /^(?:yes|y|true|x|included)$/i;
const no = /^(?:no|n|none|false|-|–|—|not included|n\/a)$/i;

/** `Refundable | no` reads "not refundable"; `Bag | none` "no bag"; other cells "header value". */
const cellText = (header: string, cell: string): string => {
  if (header === '' || cell === '') return cell;
  if (yes.test(cell)) return header;
  if (no.test(cell)) return `${/able$|ed$/i.test(header) ? 'not' : 'no'} ${header.toLowerCase()}`;
  return `${header.toLowerCase()} ${cell}`;
};

const row = (headers: readonly string[], values: readonly string[], group: number): Piece => {
  const [label = ''] = values;
  const rest = values.slice(1).map((cell, index) => cellText(headers[index + 1] ?? '', cell));
  return {
    kind: 'row',
    text: `${label}: ${rest.join(', ')}`,
    ordered: false,
    label: label.toLowerCase(),
    group,
  };
};

const labelOf = (text: string): string | null => labelled.exec(text)?.[1]?.toLowerCase() ?? null;

const itemPieces = (line: string, ordered: boolean, group: number): Piece[] => {
  const text = plainLine(line);
  const label = labelOf(text);
  return sentencesOf(text).map((part, index) => ({
    kind: 'item',
    text: part.text,
    group,
    ordered: ordered && index === 0,
    label,
  }));
};

const prosePieces = (paragraph: string, from: number): Piece[] =>
  sentencesOf(paragraph).map(({ text, sentence }) => ({
    kind: 'sentence',
    text,
    ordered: false,
    label: labelOf(text),
    group: from + sentence,
  }));

type Reader = { pieces: Piece[]; code: CodeBlock[]; prose: string[]; headers: string[] | null };

/** Groups only have to differ; prose counts on from here by itself. */
const nextGroup = ({ pieces }: Reader): number => (pieces.at(-1)?.group ?? 0) + 1;

const flush = (reader: Reader): void => {
  if (reader.prose.length > 0) reader.pieces.push(...prosePieces(reader.prose.join(' '), nextGroup(reader)));
  reader.prose = [];
};

const readProse = (reader: Reader, raw: string): void => {
  const text = plainLine(raw.replace(/^\s*>+\s?/, ''));
  if (text === '') {
    flush(reader);
    return;
  }
  const last = reader.prose.at(-1);
  // A soft line break goes on in lower case behind a line without an end; any other new line is a new sentence.
  if (last !== undefined && !(/[^.!?:;]$/.test(last) && /^[\p{Ll}\d("']/u.test(text))) flush(reader);
  reader.prose.push(text);
};

const readLine = (reader: Reader, line: string, next: string | undefined): void => {
  const isRow = line.includes('|') && /^\s*\||\S\s*\|\s*\S/.test(line);
  if (isRow && next !== undefined && next.includes('-') && next.includes('|') && separator.test(next)) {
    flush(reader);
    reader.headers = cells(line);
    return;
  }
  if (reader.headers !== null && separator.test(line)) return;
  if (reader.headers !== null && isRow) {
    reader.pieces.push(row(reader.headers, cells(line), nextGroup(reader)));
    return;
  }
  reader.headers = null;
  const unmarked = plainLine(line);
  if (heading.test(line)) {
    flush(reader);
    reader.pieces.push({
      kind: 'heading',
      text: plainLine(line.replace(heading, '')),
      ordered: false,
      label: null,
      group: nextGroup(reader),
    });
  } else if (bullet.test(line) || numbered.test(unmarked)) {
    flush(reader);
    const ordered = !bullet.test(line);
    reader.pieces.push(
      ...itemPieces(
        ordered ? unmarked.replace(numbered, '') : line.replace(bullet, ''),
        ordered,
        nextGroup(reader),
      ),
    );
  } else readProse(reader, line);
};

/** An answer as sentences, list items, table rows and code blocks, each a unit by itself. */
export const blocksOf = (answer: string): Blocks => {
  const reader: Reader = { pieces: [], code: [], prose: [], headers: null };
  const lines = answer.replace(/\r\n?/g, '\n').split('\n');
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const opening = fence.exec(line);
    if (opening === null) {
      readLine(reader, normaliseText(line), lines[at + 1]);
      continue;
    }
    flush(reader);
    const mark = opening[1] ?? '```';
    let end = at + 1;
    while (end < lines.length && !(lines[end] ?? '').trim().startsWith(mark)) end++;
    reader.code.push({ language: (opening[2] ?? '').toLowerCase(), lines: lines.slice(at + 1, end) });
    at = end;
  }
  flush(reader);
  return { pieces: reader.pieces.filter(({ text }) => text !== ''), code: reader.code };
};
