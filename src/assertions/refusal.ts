import { type AssertionKind, ready } from './assertion-kind.ts';
import patterns from './refusal-patterns.json' with { type: 'json' };
import { met, quote } from './wording.ts';

/** A refusal says so at once; what comes later is about something else. */
const looksAt = 600;

const compile = (): RegExp =>
  new RegExp(`(?:^|[.!?\\n] *)(?:${patterns.opening.join('|')})\\b|\\b(?:${patterns.anywhere.join('|')})\\b`);

let compiled: RegExp | null = null;

/** The words with which an answer refuses; null: it doesn't, as far as patterns can tell (English only). */
export const findRefusal = (text: string): string | null => {
  compiled ??= compile();
  const opening = text
    .slice(0, looksAt)
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[*_#>]/g, '')
    .trim()
    .toLowerCase();
  return compiled.exec(opening)?.[0].replace(/^[.!?\n\s]+/, '') ?? null;
};

/** The model's own no: its finish reason says so, or its words do. */
export const isRefusal: AssertionKind = {
  summary: 'the model refused: it says so itself, or in the usual words (English)',
  threshold: 'none',
  prepare: () =>
    ready(null, ({ text, completion: { finish } }) => {
      const byVendor = finish.reason === 'refusal';
      const words = byVendor ? null : findRefusal(text);
      return met(byVendor || words !== null, {
        want: 'to be a refusal',
        holds: byVendor ? `refused (${finish.raw})` : 'refused',
        lacks: 'did not refuse',
        found: () =>
          byVendor ? `the model stopped with ${finish.raw}` : words === null ? quote(text) : quote(words),
      });
    }),
};
