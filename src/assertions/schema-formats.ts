import { format as patterns } from '@cfworker/json-schema';

export type FormatTest = (text: string) => boolean;

/** Longer than any address, date or identifier, and short enough for every pattern of the validator's formats. */
const maxCharacters = 1_024;

const absoluteUrl: FormatTest = (text) => !/[\s<>"{}|\\^`]/.test(text) && URL.canParse(text);
const reference: FormatTest = (text) =>
  !/[\s<>"{}|\\^`]/.test(text) && URL.canParse(text, 'https://base.invalid/');

/** The validator's own patterns for these can be made to run for minutes; the platform's parser can't. */
const replaced: Readonly<Record<string, FormatTest>> = {
  uri: absoluteUrl,
  url: absoluteUrl,
  iri: absoluteUrl,
  'uri-reference': reference,
  'iri-reference': reference,
};

/** The test of a format; null: unknown, and then it checks nothing, as the standard says. */
export const formatTest = (name: string): FormatTest | null => {
  const own = Object.hasOwn(patterns, name) ? (patterns as Record<string, FormatTest>)[name] : undefined;
  const test = replaced[name] ?? own;
  if (test === undefined) return null;
  return (text) => text.length <= maxCharacters && test(text);
};
