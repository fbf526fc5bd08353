/**
 * A sentence of ours with words of others in it. A plain string is ours and may become markup; what stands
 * under `quoted` was written by a model, a user or a vendor, and every renderer shows it as code.
 */
export type Sentence = readonly (string | Quoted)[];
export type Quoted = { readonly quoted: string };

export const quote = (text: string): Quoted => ({ quoted: text });

/** The sentence as plain text, for places that know no markup (a check's title, a terminal, escaped HTML). */
export const plainText = (sentence: Sentence): string =>
  sentence.map((part) => (typeof part === 'string' ? part : part.quoted)).join('');

/** `a, b and c` of sentences. */
export const joined = (sentences: readonly Sentence[], separator: string, last = separator): Sentence =>
  sentences.flatMap((sentence, index) => [
    ...(index === 0 ? [] : [index === sentences.length - 1 ? last : separator]),
    ...sentence,
  ]);

/** The sentence with a capital at its beginning, where that is ours to write. */
export const capitalised = (sentence: Sentence): Sentence => {
  const [first, ...rest] = sentence;
  return typeof first === 'string'
    ? [`${first.charAt(0).toUpperCase()}${first.slice(1)}`, ...rest]
    : sentence;
};

/** Names of others as `a, b and 3 more`. */
export const namesList = (names: readonly string[], atMost = 3): Sentence => {
  const shown = names.slice(0, names.length > atMost ? atMost - 1 : atMost);
  const rest = names.length - shown.length;
  const sentences: Sentence[] = shown.map((name) => [quote(name)]);
  return joined(rest === 0 ? sentences : [...sentences, [`${rest} more`]], ', ', ' and ');
};

/** A vendor's or rule's short word (`refusal`, `truncated`) where it looks like one, else quoted. */
export const word = (text: string): Sentence => (/^[a-z][a-zA-Z]{0,29}$/.test(text) ? [text] : [quote(text)]);

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** Letters, digits and harmless punctuation: no Markdown, no autolink, no mention can be made of these. */
const harmless = /^[\p{L}\p{N} ,;:%()−+=≤≥<'’.-]*$/u;

/**
 * A finished message of the gate as a sentence: names that occur in it are quoted, and if anything else in it
 * could be more than words, the whole message is.
 */
export const quoteNames = (message: string, names: readonly string[]): Sentence => {
  const known = [...new Set(names)].filter(Boolean).toSorted((a, b) => b.length - a.length);
  const pattern =
    known.length === 0
      ? null
      : new RegExp(`(?<![\\p{L}\\p{N}])(${known.map(escapePattern).join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  const parts = pattern === null ? [message] : message.split(pattern);
  const sentence = parts
    .map((part, index) => (index % 2 === 1 ? quote(part) : part))
    .filter((part) => part !== '');
  const ours = sentence.filter((part) => typeof part === 'string');
  return ours.every((part) => harmless.test(part) && !/www\.|<[^ ]/i.test(part))
    ? sentence
    : [quote(message)];
};
