const quotes: readonly (readonly [RegExp, string])[] = [
  [/\r\n?/g, '\n'],
  [/[\u2018\u2019\u201a\u201b\u02bc\u2032\u00b4`]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]/g, ' '],
  [/(?:[\u200b-\u200f\u2060-\u2064\ufeff\u00ad\u202a-\u202e]|\ufe0f)/g, ''],
  [/[\u2010\u2011\u2212]/g, '-'],
  [/(\d)\s?[\u2013\u2014]\s?(?=[$€£]?\d)/g, '$1-'],
  [/\s?[\u2013\u2014]\s?|\s--\s/g, ', '],
  [/\u2026/g, '...'],
  [/\u00bd/g, '.5'],
  [/\u00bc/g, '.25'],
  [/\u00be/g, '.75'],
  [/[\u2192\u21d2]|->/g, ' > '],
  [/&nbsp;/g, ' '],
  [/&amp;/g, '&'],
  [/&lt;/g, '<'],
  [/&gt;/g, '>'],
  [/<br ?\/?>/gi, '\n'],
  [/<\/?(?:b|i|em|strong|p|u|span|div|ul|ol|li|code)(?: [^<>\n]{0,200})?>/gi, ' '],
  [/[\u2713\u2714\u2705]/gu, ' yes '],
  [/[\u2717\u2718\u274c]/gu, ' no '],
];

const markdown: readonly (readonly [RegExp, string])[] = [
  [/!?\[([^[\]\n]{0,300})\]\(([^()\s]{1,2000})(?: "[^"\n]{0,300}")?\)/g, '$1 $2'],
  [/<(https?:\/\/[^<>\s]{1,2000})>/g, '$1'],
  [/\*{1,3}(?=\S)|(?<=\S)\*{1,3}/g, ''],
  [/(?<![\w/])_{1,2}(?=\S)|(?<=\S)_{1,2}(?![\w/])/g, ''],
  [/~~/g, ''],
];

const pictures = /\p{Extended_Pictographic}|[\u{1f1e6}-\u{1f1ff}\u{1f3fb}-\u{1f3ff}]/gu;
const hasPicture = /[\u2190-\u2bff\u{1f000}-\u{1ffff}]/u;

/** One spelling of quotes, dashes and spaces for all of an answer; keeps lines. Code is cut out before. */
export const normaliseText = (text: string): string =>
  quotes.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    text.normalize('NFC'),
  );

/** A line without its emphasis, links' brackets, inline code ticks and emoji. */
export const plainLine = (line: string): string => {
  const plain = markdown.reduce(
    (result, [pattern, replacement]) => result.replace(pattern, replacement),
    line,
  );
  return (hasPicture.test(plain) ? plain.replace(pictures, ' ') : plain).replace(/\s+/g, ' ').trim();
};

/** What is left of a text when only its words count: equal here means that nothing but the dress changed. */
export const bareText = (text: string): string =>
  normaliseText(text)
    .split('\n')
    .map((line) => plainLine(line).replace(/^(?:#{1,6}|>|[-*+•‣◦·▪]|\d{1,3}[.)])\s+/, ''))
    .join(' ')
    .replace(/[\s"']+/g, ' ')
    .toLowerCase()
    .trim();
