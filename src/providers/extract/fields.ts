import { readResponseFormat } from '../parameters.ts';
import type { ReadSentence } from './knowledge.ts';

/** A key of the JSON that the prompt asks for. No options: a free text. */
export type Field = { readonly key: string; readonly options: readonly string[] };

const maxFields = 30;
const maxOptions = 50;

/** The parts of `a, b or c` and of `a|b|c`, without quotation marks. */
export const listOf = (text: string): string[] =>
  text
    .replace(/\.$/, '')
    .split(/,|\||\/|;|\bor\b|\band\b/)
    .map((part) => part.trim().replace(/^["'“‘]|["'”’]$/g, ''))
    .filter((part) => part !== '' && part.length <= 40)
    .slice(0, maxOptions);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys and enumerations of a JSON Schema response format, where the request has one. */
const fieldsOfSchema = (format: unknown): Field[] => {
  const read = readResponseFormat(format);
  const properties = read?.type === 'json_schema' ? read.schema['properties'] : null;
  if (!isRecord(properties)) return [];
  return Object.entries(properties)
    .slice(0, maxFields)
    .map(([key, value]) => {
      const allowed = isRecord(value) ? value['enum'] : null;
      const boolean = isRecord(value) && value['type'] === 'boolean';
      return {
        key,
        options: boolean
          ? ['true', 'false']
          : Array.isArray(allowed)
            ? allowed.slice(0, maxOptions).map(String)
            : [],
      };
    });
};

const keysIn = (text: string): string[] => {
  const quotedKeys = [...text.matchAll(/["“]([\p{L}_][\w-]{0,39})["”]/gu)].map(([, key]) => key ?? '');
  if (quotedKeys.length > 0) return quotedKeys;
  const list = /\b(?:keys?|fields?|properties)\b:? (?:named |called )?([^.:{]{1,300})/i.exec(text)?.[1];
  return list === undefined ? [] : listOf(list).filter((key) => /^[\w-]+$/.test(key));
};

/** The values that a sentence allows for the key: a list, `true or false`, or `"key": "a|b"`. */
const optionsIn = (text: string, key: string): string[] => {
  const at = text.indexOf(`"${key}"`);
  const example = /^["“]\s*:\s*["“]([^"”|]{1,40}(?:\|[^"”|]{1,40})+)["”]/.exec(
    text.slice(at + key.length + 1),
  );
  if (at >= 0 && example?.[1] !== undefined) return listOf(example[1]);
  if (/\{/.test(text)) return [];
  if (/\btrue or false\b/i.test(text)) return ['true', 'false'];
  const list = /\b(?:one of|either|chosen from|among)(?: these| the following)?:? ([^.]{1,400})/i.exec(text);
  return list?.[1] === undefined ? [] : listOf(list[1]);
};

const mentionsKey = (text: string, key: string): boolean =>
  new RegExp(`(?:^|["“])${key}(?:["”]|:| is\\b| must\\b| can\\b)`, 'i').test(text);

/** The keys that the prompt (or the request's schema) names, in its order; null when no JSON is asked for. */
export const fieldsOf = (
  sentences: readonly ReadSentence[],
  responseFormat: unknown,
  wantsJson: boolean,
): readonly Field[] | null => {
  const fromSchema = fieldsOfSchema(responseFormat);
  if (fromSchema.length > 0) return fromSchema;
  if (!wantsJson && readResponseFormat(responseFormat) === null) return null;
  const naming = sentences.filter(({ text }) => /\b(?:json|keys?|fields?|properties)\b|["”]\s*:/i.test(text));
  const keys = [...new Set(naming.flatMap(({ text }) => keysIn(text)))].slice(0, maxFields);
  if (keys.length === 0) return [{ key: 'answer', options: [] }];
  return keys.map((key) => {
    const about = sentences.filter(({ text }) => mentionsKey(text, key));
    return {
      key,
      options: about.map(({ text }) => optionsIn(text, key)).find(({ length }) => length > 0) ?? [],
    };
  });
};
