const zeroWidth = /\p{Mn}|\p{Me}|\p{Default_Ignorable_Code_Point}/u;
const emoji = /\p{Emoji_Presentation}|\ufe0f/u;
const doubleWidth =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;
const plain = /^[\x20-\x7e]*$/;

/** What a reader takes for one character, also where it is many code points. Made on first use. */
let segmenter: Intl.Segmenter | undefined;
const graphemes = (text: string): string[] => {
  if (plain.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
};

/** An emoji takes two columns however it is put together; a conjunct takes one for each letter and spacing mark. */
const graphemeWidth = (grapheme: string): number => {
  if (emoji.test(grapheme)) return 2;
  let width = 0;
  for (const character of grapheme)
    width += zeroWidth.test(character) ? 0 : doubleWidth.test(character) ? 2 : 1;
  return width;
};

/** Columns that a text takes in a fixed-width font: two for East Asian characters and emoji. */
export const columnsOf = (text: string): number =>
  plain.test(text)
    ? text.length
    : graphemes(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);

export const padEnd = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columnsOf(text)));

/** Breaks one line (no `\n`) into lines of at most `width` columns: at spaces, and inside what is longer than a line. */
const wrapLine = (line: string, width: number): string[] => {
  if (columnsOf(line) <= width) return [line];
  const lines: string[] = [];
  let current = '';
  let taken = 0;
  for (const token of line.match(/\s+|\S+/gu) ?? []) {
    const size = columnsOf(token);
    if (taken + size <= width) {
      current += token;
      taken += size;
      continue;
    }
    if (/^\s/u.test(token)) {
      lines.push(current);
      [current, taken] = ['', 0];
      continue;
    }
    if (size <= width && taken > 0) {
      lines.push(current.trimEnd());
      [current, taken] = [token, size];
      continue;
    }
    for (const grapheme of graphemes(token)) {
      const wide = graphemeWidth(grapheme);
      if (taken + wide > width) {
        lines.push(current);
        [current, taken] = ['', 0];
      }
      current += grapheme;
      taken += wide;
    }
  }
  return current === '' ? lines : [...lines, current];
};

/** Hard-wraps a text to `width` columns; its own line ends stay, tabs become four spaces. */
export const wrap = (text: string, width: number): string[] =>
  text
    .replaceAll('\t', '    ')
    .split('\n')
    .flatMap((line) => wrapLine(line, Math.max(2, width)));
