import { TemplateProblem } from './problem.ts';

/** A piece of a template: literal text, or a tag with its braces. `offset` counts from the template's beginning. */
export type Segment = {
  readonly kind: 'text' | 'expression' | 'statement';
  readonly source: string;
  readonly offset: number;
};

const maxTag = 2_000;

/**
 * End of the tag that opens at `start`, quotes and braces respected; -1 where it never closes, so that an
 * unclosed `{{` is text. A tag that meets another opening first is unclosed too.
 */
const endOfTag = (text: string, start: number, closer: '}}' | '%}'): number => {
  const limit = Math.min(text.length, start + maxTag);
  let quote = '';
  let depth = 0;
  for (let at = start + 2; at < limit; at++) {
    const char = text[at];
    if (quote !== '') {
      if (char === '\\') at++;
      else if (char === quote) quote = '';
      continue;
    }
    const pair = text.slice(at, at + 2);
    if (pair === closer && depth === 0) return at + 2;
    if (pair === '{{' || pair === '{%' || pair === '{#') return -1;
    if (char === '"' || char === "'") quote = char;
    else if (char === '{') depth++;
    else if (char === '}') depth = Math.max(0, depth - 1);
  }
  // An apostrophe outside a string (`{{ user's }}`) is a mistake in a tag, not the lack of one.
  const plain = text.slice(start, limit).indexOf(closer);
  return plain < 0 || /\{[{%#]/.test(text.slice(start + 2, start + plain)) ? -1 : start + plain + 2;
};

/** Collects segments; `{{-` and `-}}` eat the white space of the text beside them. */
const createWriter = () => {
  const segments: Segment[] = [];
  let pending = '';
  let pendingAt = 0;
  let trimming = false;
  const text = (piece: string, offset: number): void => {
    const kept = trimming ? piece.trimStart() : piece;
    if (kept === '') return;
    trimming = false;
    if (pending === '') pendingAt = offset + piece.length - kept.length;
    pending += kept;
  };
  const endText = (trimEnd: boolean): void => {
    const kept = trimEnd ? pending.trimEnd() : pending;
    if (kept !== '') segments.push({ kind: 'text', source: kept, offset: pendingAt });
    pending = '';
  };
  const trimNext = (trim: boolean): void => {
    trimming = trim;
  };
  return { segments, text, endText, trimNext };
};

type Writer = ReturnType<typeof createWriter>;
/** Reads what opens at `at` and returns where it ends; null where it is text after all. */
type Opening = (
  text: string,
  at: number,
  writer: Writer,
  last: { readonly comment: number },
) => number | null;

const comment: Opening = (text, at, writer, last) => {
  if (at + 2 > last.comment) return null;
  const end = text.indexOf('#}', at + 2) + 2;
  writer.endText(text[at + 2] === '-');
  writer.trimNext(text[end - 3] === '-' && end - at > 4);
  return end;
};

const rawOpening = /\{%-?\s*(?:raw|verbatim)\s*(-?)%\}/y;
const rawClosing = /\{%(-?)\s*end(?:raw|verbatim)\s*(-?)%\}/g;

const raw: Opening = (text, at, writer) => {
  rawOpening.lastIndex = at;
  const open = rawOpening.exec(text);
  if (open === null) return null;
  const begin = at + open[0].length;
  rawClosing.lastIndex = begin;
  const close = rawClosing.exec(text);
  if (close === null) throw new TemplateProblem(`\`${open[0]}\` is not closed`, at);
  writer.endText(open[0].startsWith('{%-'));
  const inner = text.slice(begin, close.index);
  writer.trimNext(open[1] === '-');
  writer.text(close[1] === '-' ? inner.trimEnd() : inner, begin);
  writer.trimNext(close[2] === '-');
  return close.index + close[0].length;
};

const tag =
  (kind: 'expression' | 'statement', closer: '}}' | '%}'): Opening =>
  (text, at, writer) => {
    const end = endOfTag(text, at, closer);
    if (end < 0) return null;
    const source = text.slice(at, end);
    writer.endText(source[2] === '-');
    writer.segments.push({ kind, source, offset: at });
    writer.trimNext(source.at(-3) === '-');
    return end;
  };

const expression = tag('expression', '}}');
const statement = tag('statement', '%}');

const openings: Readonly<Record<string, Opening>> = {
  '{{': expression,
  '{%': (text, at, writer, last) => raw(text, at, writer, last) ?? statement(text, at, writer, last),
  '{#': comment,
};

/**
 * Splits a template into text and tags. Comments are gone, `{% raw %}` is text, and `{{-`, `-}}` have eaten their
 * white space. Linear in the template's length: no tag is longer than 2,000 characters. Throws a TemplateProblem for
 * a raw block that is not closed.
 */
export const scan = (text: string): Segment[] => {
  const writer = createWriter();
  const last = { comment: text.lastIndexOf('#}') };
  const opener = /\{[{%#]/g;
  let at = 0;
  for (;;) {
    opener.lastIndex = at;
    const found = opener.exec(text);
    writer.text(text.slice(at, found?.index), at);
    if (found === null) break;
    const end = openings[found[0]]?.(text, found.index, writer, last) ?? null;
    if (end === null) writer.text(found[0], found.index);
    at = end ?? found.index + 2;
  }
  writer.endText(false);
  return writer.segments;
};
