/** One sentence of a prompt, with the heading that it stands under. */
export type Sentence = { readonly text: string; readonly section: string };

const abbreviations = new Set(
  'e.g i.e etc mr mrs ms dr no nr art sec approx vs incl excl max min st a.m p.m'.split(' '),
);
/** A longer sentence is cut here, so that every pattern sees a bounded text. */
const maxSentenceLength = 1_000;
/** A quotation mark without a partner must not swallow the rest of the prompt. */
const maxQuotationLength = 300;
/** A prose line at least this long is taken for wrapped. */
const wrappedLineLength = 60;

const closing = /["'”’)\]]/;

const endsSentence = (text: string, at: number): boolean => {
  const next = text.charAt(at + 1);
  if (next !== '' && !/\s/.test(next) && !closing.test(next)) return false;
  if (text[at] !== '.') return true;
  const word = /[\p{L}.]{1,12}$/u.exec(text.slice(Math.max(0, at - 12), at))?.[0] ?? '';
  return !abbreviations.has(word.toLowerCase()) && !/^\p{Lu}$/u.test(word);
};

/** `Say "No." Then stop.`: the closing mark ends the sentence when a new one begins behind it. */
const quotationEndsSentence = (text: string, at: number): boolean =>
  /[.!?]/.test(text.charAt(at - 1)) && /^\s+[\p{Lu}\d]/u.test(text.slice(at + 1, at + 4));

/** Splits prose at `.`, `!` and `?`: not after abbreviations and initials, nor inside numbers and quotations. */
const splitProse = (text: string): string[] => {
  const sentences: string[] = [];
  let start = 0;
  let quotedFrom = -1;
  const cut = (end: number): void => {
    sentences.push(text.slice(start, end).trim());
    start = end;
    quotedFrom = -1;
  };
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const quoted = quotedFrom >= 0 && at - quotedFrom < maxQuotationLength;
    if (at - start >= maxSentenceLength) cut(at);
    else if (character === '"' || character === '“' || character === '”') {
      if (quoted && quotationEndsSentence(text, at)) cut(at + 1);
      else quotedFrom = quoted ? -1 : at;
    } else if (!quoted && '.!?'.includes(character) && endsSentence(text, at)) {
      let end = at + 1;
      while (end < text.length && end - at < 4 && closing.test(text.charAt(end))) end++;
      cut(end);
      at = end - 1;
    }
  }
  cut(text.length);
  return sentences.filter((sentence) => /[\p{L}\p{N}]/u.test(sentence));
};

type Line =
  | { readonly kind: 'blank' }
  | { readonly kind: 'heading' | 'item' | 'prose'; readonly text: string };

const readLine = (raw: string): Line => {
  const line = raw.trim();
  if (line === '' || /^[-=*_]{3,}$/.test(line)) return { kind: 'blank' };
  if (/^#{1,6}\s/.test(line)) return { kind: 'heading', text: line.replace(/^#{1,6}\s+/, '') };
  const emphasised = /^\*\*([^*]{1,80})\*\*:?$/.exec(line) ?? /^([^.!?:"]{1,60}):$/.exec(line);
  if (emphasised?.[1] !== undefined) return { kind: 'heading', text: emphasised[1] };
  const item = /^(?:[-*•+]|\d{1,3}[.)])\s+(\S.*)$/.exec(line);
  return item?.[1] === undefined ? { kind: 'prose', text: line } : { kind: 'item', text: item[1] };
};

/** A wrapped line goes on in the next one; a line that is a rule of its own does not. */
const continues = (line: string, next: string): boolean =>
  /[.!?]["'”’)]?$/.test(line) ||
  (!/[:;]$/.test(line) && (/^[\p{Ll}\d("“]/u.test(next) || line.length >= wrappedLineLength));

/** A prompt's text as sentences. Markdown marks go; headings become the section of what follows. */
export const segment = (text: string): Sentence[] => {
  const sentences: Sentence[] = [];
  let section = '';
  let paragraph: string[] = [];
  const flush = (): void => {
    const prose = paragraph
      .join(' ')
      .replace(/\*\*|__/g, '')
      .replaceAll('`', '"');
    for (const sentence of splitProse(prose)) sentences.push({ text: sentence, section });
    paragraph = [];
  };
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = readLine(raw);
    const previous = paragraph.at(-1);
    const goesOn = line.kind === 'prose' && previous !== undefined && continues(previous, line.text);
    if (!goesOn) flush();
    if (line.kind === 'heading') section = line.text.replace(/:$/, '');
    else if (line.kind !== 'blank') paragraph.push(line.text);
  }
  flush();
  return sentences;
};
