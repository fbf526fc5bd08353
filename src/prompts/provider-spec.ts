import * as z from 'zod';
import type { ProviderSpec } from '../model/provider.ts';
import type { DocumentPath, LocatedDocument } from './document.ts';
import type { Reading } from './reading.ts';
import { checkKeys } from './recognised.ts';
import { findingsFromIssues } from './schema-findings.ts';

/** A provider written as an object: `{id, label, config, price}`. */
export const providerObjectSchema = z.strictObject({
  id: z.string().min(1).optional(),
  label: z.string().min(1).optional(),
  config: z.record(z.string(), z.unknown()).nullable().optional(),
  price: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).optional(),
});

const supported = Object.keys(providerObjectSchema.shape);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{{env.X}}` in a file would read a secret into it, so that it stays as it is, and is listed. */
const namesEnvironment = (value: unknown): boolean =>
  typeof value === 'string'
    ? /\{\{-?\s*env\b/.test(value)
    : isRecord(value) && Object.values(value).some(namesEnvironment);

/** One provider: a string, `{id, …}`, or promptfoo's `{"<id>": {…}}`. Null after reporting, or where it is left out. */
export const readProvider = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): ProviderSpec | null => {
  const place = document.placeOf(path);
  if (typeof value === 'string' && value.trim() !== '')
    return { id: value, label: value, config: {}, price: null, place };
  if (!isRecord(value)) {
    reading.error('wrong-value', place, `a provider is ${JSON.stringify(value)}`, {
      expected: 'an id such as openai:gpt-5-mini, or an object with id, label, config and price',
    });
    return null;
  }
  const [first, ...others] = Object.keys(value);
  const keyed =
    !('id' in value) &&
    others.length === 0 &&
    first !== undefined &&
    !supported.includes(first) &&
    isRecord(value[first]);
  const body = keyed ? (value[first] as Record<string, unknown>) : value;
  const at = keyed ? [...path, first] : path;
  const { complete, kept } = checkKeys(reading, document, at, body, 'provider', supported);
  const parsed = providerObjectSchema.safeParse(kept);
  if (!parsed.success) {
    reading.add(findingsFromIssues(parsed.error.issues, document, () => supported, at));
    return null;
  }
  const { label, config, price } = parsed.data;
  const id = keyed ? first : parsed.data.id;
  if (id === undefined) {
    reading.error('missing-key', place, 'the provider has no id', {
      expected: 'an id such as openai:gpt-5-mini',
      nextStep: 'Add id',
    });
    return null;
  }
  if (namesEnvironment(config))
    reading.unsupported('{{env.…}} in a provider', document.placeOf([...at, 'config']), 'ignored');
  const own = keyed ? (parsed.data.id ?? id) : id;
  return complete ? { id, label: label ?? own, config: config ?? {}, price: price ?? null, place } : null;
};

/** Each provider is a column, so that a second one of the same name gets a number. */
const distinct = (providers: readonly ProviderSpec[]): ProviderSpec[] => {
  const labels = new Set<string>();
  return providers.map((provider) => {
    let { label } = provider;
    for (let count = 2; labels.has(label); count++) label = `${provider.label} (${count})`;
    labels.add(label);
    return label === provider.label ? provider : { ...provider, label };
  });
};

/** `providers`, also called `targets`: one or a list. An error where providers are named and none can be used. */
export const readProviders = (
  reading: Reading,
  document: LocatedDocument,
  key: 'providers' | 'targets',
  value: unknown,
): ProviderSpec[] => {
  if (value === undefined || value === null) return [];
  const before = reading.errorCount();
  const list = Array.isArray(value) ? value : [value];
  const providers = list
    .map((item, index) => readProvider(reading, document, Array.isArray(value) ? [key, index] : [key], item))
    .filter((provider) => provider !== null);
  if (providers.length === 0 && list.length > 0 && reading.errorCount() === before) {
    reading.error('no-providers', document.placeOf([key]), 'none of the providers can be used', {
      nextStep: 'Name another provider, or none, so that those of assay.yml are used',
    });
  }
  return distinct(providers);
};

/**
 * A judge: an id, an object, or promptfoo's `{text: …, embedding: …}`, of which the first is the judge. A mere
 * `{config: …}` for promptfoo's own default judge names none.
 */
export const readJudge = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): ProviderSpec | null => {
  if (value === undefined || value === null) return null;
  if (!isRecord(value)) return readProvider(reading, document, path, value);
  const { text, embedding, ...rest } = value;
  if (text !== undefined) return readProvider(reading, document, [...path, 'text'], text);
  if ('id' in rest || Object.keys(rest).some((key) => !supported.includes(key)))
    return readProvider(reading, document, path, rest);
  if (embedding !== undefined) return readProvider(reading, document, [...path, 'embedding'], embedding);
  reading.unsupported('a judge without an id', document.placeOf(path), 'ignored');
  return null;
};
