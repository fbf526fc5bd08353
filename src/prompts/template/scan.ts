import { TemplateProblem } from './problem.ts';

/** A piece of a template: literal text, or a tag with its braces. `offset` counts from the template's beginning. */
export type Segment = {
  readonly kind: 'text' | 'expression' | 'statement';
  readonly source: string;
  readonly offset: number;
};

const maxTag = 2_000;
const closers = { '{{': '}}', '{%': '%}' } as const;

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

const rawOpening = /\{%-?\s*(raw|verbatim)\s*(-?)%\}/y;
const rawClosing = /\{%(-?)\s*end(?:raw|verbatim)\s*(-?)%\}/g;

/**
 * Splits a template into text and tags. Comments are gone, `{% raw %}` is text, and `{{-`, `-}}` have eaten their
 * white space. Linear in the template's length: no tag is longer than 2,000 characters.
 */
export const scan = (text: string): Segment[] => {
  const segments: Segment[] = [];
  let pending = '';
  let pendingAt = 0;
  let trimNext = false;
  let at = 0;
  const addText = (piece: string, offset: number): void => {
    const kept = trimNext ? piece.trimStart() : piece;
    if (kept === '') return;
    trimNext = false;
    if (pending === '') pendingAt = offset + piece.length - kept.length;
    pending += kept;
  };
  const flush = (trimEnd: boolean): void => {
    const kept = trimEnd ? pending.trimEnd() : pending;
    if (kept !== '') segments.push({ kind: 'text', source: kept, offset: pendingAt });
    pending = '';
  };
  const lastComment = text.lastIndexOf('#}');
  while (at < text.length) {
    const next = nextOpening(text, at);
    addText(text.slice(at, next), at);
    if (next >= text.length) break;
    const opener = text.slice(next, next + 2);
    rawOpening.lastIndex = next;
    const raw = rawOpening.exec(text);
    if (opener === '{#') {
      const end = next + 2 <= lastComment ? text.indexOf('#}', next + 2) + 2 : -1;
      if (end < 0) addText(opener, next);
      else {
        flush(text[next + 2] === '-');
        trimNext = text[end - 3] === '-' && end - next > 4;
      }
      at = end < 0 ? next + 2 : end;
    } else if (raw !== null) {
      rawClosing.lastIndex = next + raw[0].length;
      const close = rawClosing.exec(text);
      if (close === null) throw new TemplateProblem(`\`${raw[0]}\` is not closed`, next);
      flush(raw[0].startsWith('{%-'));
      const inner = text.slice(next + raw[0].length, close.index);
      const started = raw[2] === '-' ? inner.trimStart() : inner;
      trimNext = false;
      addText(close[1] === '-' ? started.trimEnd() : started, next + raw[0].length);
      trimNext = close[2] === '-';
      at = close.index + close[0].length;
    } else {
      const end = endOfTag(text, next, closers[opener as '{{' | '{%']);
      if (end < 0) {
        addText(opener, next);
        at = next + 2;
        continue;
      }
      const source = text.slice(next, end);
      flush(source[2] === '-');
      segments.push({ kind: opener === '{{' ? 'expression' : 'statement', source, offset: next });
      trimNext = source.at(-3) === '-';
      at = end;
    }
  }
  flush(false);
  return segments;
};

const opening = /\{[{%#]/g;

const nextOpening = (text: string, from: number): number => {
  opening.lastIndex = from;
  return opening.exec(text)?.index ?? text.length;
};
