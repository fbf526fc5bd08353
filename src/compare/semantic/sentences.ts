import data from './abbreviations.json' with { type: 'json' };

let segmenter: Intl.Segmenter | undefined;
const sentenceSegmenter = (): Intl.Segmenter => {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  return segmenter;
};

const addresses =
  /(?:https?:\/\/|www\.)\S{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/g;

let abbreviationPattern: RegExp | undefined;
const abbreviations = (): RegExp => {
  const list = data.abbreviations.map((word) => word.replaceAll('.', '\\.')).join('|');
  abbreviationPattern ??= new RegExp(`(?<![\\p{L}\\d])(?:${list})\\.(?=\\s+\\S)`, 'giu');
  return abbreviationPattern;
};

/** Abbreviations that also end sentences: the next word's capital decides. */
const mayEnd =
  /^(?:etc|p\.m|a\.m|inc|ltd|co|no|min|max|sec|sat|sun|art|ed|jan|mar|ref|s|v|c|p|al|temp|rep|gen|mt|ft|est|fig|us|m\.d|ph\.d|u\.s|u\.k|e\.u|tbsp|tsp|oz|lb|lbs|hrs|mins)\.$/i;

/** Same length, but no full stop in it ends a sentence that goes on. */
const masked = (text: string): string =>
  text
    .replace(addresses, (address) => {
      const tail = /[.,;:!?)"']+$/.exec(address)?.[0].length ?? 0;
      return 'x'.repeat(address.length - tail) + address.slice(address.length - tail);
    })
    .replace(abbreviations(), (found, offset: number, whole: string) =>
      mayEnd.test(found) && /^\s+\p{Lu}/u.test(whole.slice(offset + found.length, offset + found.length + 8))
        ? found
        : `${found.slice(0, -1)}_`,
    );

const maxPiece = 600;

/** A piece without any end is cut between words, so that no later step meets a giant. */
const pieces = (text: string): string[] => {
  if (text.length <= maxPiece) return [text];
  const parts: string[] = [];
  for (let start = 0; start < text.length; ) {
    const limit = start + maxPiece;
    const space = limit < text.length ? text.lastIndexOf(' ', limit) : -1;
    const end = space > start ? space : Math.min(limit, text.length);
    parts.push(text.slice(start, end));
    start = end;
  }
  return parts;
};

/** `sentence` counts the sentences of the paragraph: parts of one sentence share it. */
export type Sentence = { readonly text: string; readonly sentence: number };

/**
 * The sentences of one paragraph, trimmed, in order; clauses behind a semicolon stand alone.
 * Full stops inside addresses and after abbreviations do not end a sentence.
 */
export const sentencesOf = (paragraph: string): Sentence[] => {
  const mask = masked(paragraph);
  const sentences: Sentence[] = [];
  let sentence = 0;
  const keep = (start: number, end: number): void => {
    for (const piece of pieces(paragraph.slice(start, end).trim()))
      if (piece.trim() !== '') sentences.push({ text: piece.trim(), sentence });
  };
  for (const { segment, index } of sentenceSegmenter().segment(mask)) {
    sentence++;
    let from = 0;
    for (let at = segment.indexOf('; '); at >= 0; at = segment.indexOf('; ', at + 1)) {
      keep(index + from, index + at);
      from = at + 1;
    }
    keep(index + from, index + segment.length);
  }
  return sentences;
};
