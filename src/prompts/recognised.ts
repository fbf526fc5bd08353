import { nearest } from '../model/nearest.ts';
import type { DocumentPath, LocatedDocument } from './document.ts';
import type { Consequence, Reading } from './reading.ts';
import recognised from './recognised-keys.json' with { type: 'json' };

/** Objects whose keys are checked. */
export type Level = keyof typeof recognised;

/** Keys that a reader knows by name and does not support, with what becomes of what they belong to. */
const tableOf = (level: Level): Readonly<Record<string, string>> => recognised[level];

/**
 * Reports each key of `value` that is recognised but not supported, and each unknown one with the nearest that is
 * allowed. What is left are supported keys. `complete` is false where the object would mean something else without
 * an unsupported key.
 */
export const checkKeys = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: Readonly<Record<string, unknown>>,
  level: Level,
  supported: readonly string[],
  /** What an unknown key that is no slip of the pen means; null: it is an error. */
  otherwise: Consequence | null = null,
): { readonly complete: boolean; readonly kept: Record<string, unknown> } => {
  const table = tableOf(level);
  const allowed = [...supported, ...Object.keys(table)];
  let complete = true;
  const kept: [string, unknown][] = [];
  for (const [key, entry] of Object.entries(value)) {
    if (supported.includes(key)) {
      kept.push([key, entry]);
      continue;
    }
    const place = document.keyPlaceOf([...path, key]);
    if (Object.hasOwn(table, key)) {
      const consequence = table[key] as Consequence;
      if (consequence !== 'ignored') complete = false;
      const name = level === 'suite' || level === 'test' ? key : `${level}.${key}`;
      reading.unsupported(name, place, consequence);
      continue;
    }
    const near = nearest(key, allowed);
    if (near === null && otherwise !== null) {
      complete = complete && otherwise === 'ignored';
      reading.unsupported(`${level}.${key}`, place, otherwise);
      continue;
    }
    reading.error('unknown-key', place, `unknown key "${key}"${path.length > 0 ? ` in ${show(path)}` : ''}`, {
      expected: `one of ${supported.join(', ')}`,
      nextStep: near === null ? 'Remove it or correct its name' : `Did you mean "${near}"?`,
    });
  }
  return { complete, kept: Object.fromEntries(kept) };
};

const show = (path: DocumentPath): string =>
  path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
