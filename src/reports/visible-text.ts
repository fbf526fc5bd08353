/**
 * Characters that a reader can't see but that change what is read: controls, bidi marks and overrides
 * (CVE-2021-42574), zero-width characters, tag characters and variation selectors (text is smuggled in them),
 * lone surrogates. Line ends and tabs are the caller's to treat.
 */
const hidden =
  /(?:(?![\n\t])[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cs}\p{Noncharacter_Code_Point}\u2028\u2029\ufff9-\ufffb\u{1d173}-\u{1d17a}]|\ufeff)+/gu;

/** More marks on one letter than any script uses: they would be drawn over the lines above and below. */
const heapedMarks = /(\p{M}{8})(\p{M}+)/gu;

const zeroWidthNonJoiner = '\u200c';
const zeroWidthJoiner = '\u200d';
const emojiSelector = '\ufe0f';
const textSelector = '\ufe0e';

const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|[\ufe0f\u20e3]/u;
const emojiBase = /\p{Emoji}/u;
const keycapBase = /[0-9#*]/;
/** Scripts in which a joiner decides how letters are drawn: without it, words are broken. */
const joining =
  /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u;

const keeps = (character: string, before: string, after: string): boolean => {
  switch (character) {
    case zeroWidthJoiner:
      return (emoji.test(before) && emoji.test(after)) || joining.test(before);
    case zeroWidthNonJoiner:
      return joining.test(before) && joining.test(after);
    case emojiSelector:
    case textSelector:
      return keycapBase.test(before) ? after === '\u20e3' : emojiBase.test(before);
    default:
      return false;
  }
};

/** Their own pictures where Unicode has them (`␛`), else `⟨U+202E⟩`. */
const picture = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '␡';
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
};

/** Up to two of a run are spelled out; of a longer one the first, and how many more there are. */
const spelled = (run: readonly string[]): string =>
  run.length <= 2 ? run.map(picture).join('') : `${picture(run[0] ?? '')}⟨and ${run.length - 1} more hidden⟩`;

const show = (run: string, before: string, after: string): string => {
  const characters = Array.from(run);
  let shown = '';
  const bad: string[] = [];
  let previous = before;
  for (const [index, character] of characters.entries()) {
    if (bad.length === 0 && keeps(character, previous, characters[index + 1] ?? after)) {
      shown += character;
      previous = character;
    } else bad.push(character);
  }
  return shown + spelled(bad);
};

const characterBefore = (text: string, at: number): string => {
  const unit = text.slice(Math.max(0, at - 2), at);
  return Array.from(unit).at(-1) ?? '';
};

const characterAfter = (text: string, at: number): string =>
  String.fromCodePoint(text.codePointAt(at) ?? 0x20);

/**
 * The text with everything hidden made visible. Joiners and variation selectors stay where emoji and scripts
 * such as Devanagari or Arabic need them.
 */
export const visible = (text: string): string =>
  text
    .replace(hidden, (run: string, at: number, whole: string) =>
      show(run, characterBefore(whole, at), characterAfter(whole, at + run.length)),
    )
    .replace(
      heapedMarks,
      (_, kept: string, more: string) => `${kept}⟨and ${Array.from(more).length} more marks⟩`,
    );

/** All the ways to end a line as `\n`. */
export const normalLines = (text: string): string => text.replace(/\r\n|[\r\u0085\u2028\u2029\v\f]/g, '\n');

/** At most `length` code points, the last of them `…` where something was cut. */
export const cut = (text: string, length: number): string => {
  if (text.length <= length) return text;
  // Twice the length in UTF-16 units holds more than enough code points; a long text is not split whole.
  const characters = Array.from(text.slice(0, length * 2 + 2));
  return characters.length <= length && text.length <= length * 2 + 2
    ? text
    : `${characters.slice(0, Math.max(0, length - 1)).join('')}…`;
};
