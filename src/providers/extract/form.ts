import { choose } from './choose.ts';
import type { Field } from './fields.ts';
import type { ReadSentence } from './knowledge.ts';

const firstSentence = (text: string): string => {
  const line = text.trim().split(/\r\n|\r|\n/, 1)[0] ?? '';
  const end = line.search(/[.!?](?:\s|$)/);
  return (end < 0 ? line : line.slice(0, end + 1)).slice(0, 160);
};

const fieldValue = (
  field: Field,
  sentences: readonly ReadSentence[],
  question: string,
  plain: () => string,
): unknown => {
  if (field.options.length > 0) {
    const option = choose(field.options, sentences, question);
    return option === 'true' ? true : option === 'false' ? false : option;
  }
  if (/^(?:summary|subject|title|question|topic|message)$/i.test(field.key)) return firstSentence(question);
  if (/^language$/i.test(field.key)) return 'en';
  return plain();
};

/** The JSON text. `plain` is the answer in prose, for the keys that want one. */
export const fillForm = (
  fields: readonly Field[],
  sentences: readonly ReadSentence[],
  question: string,
  plain: () => string,
): string =>
  JSON.stringify(
    Object.fromEntries(fields.map((field) => [field.key, fieldValue(field, sentences, question, plain)])),
    null,
    2,
  );
