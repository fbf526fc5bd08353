import { formatPlace, type Place } from '../model/place.ts';
import type { Reading } from './reading.ts';

const maxSlug = 80;

/** `Asks for a refund!` → `asks-for-a-refund`; letters of any script are kept. Empty where none are left. */
export const slug = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, maxSlug)
    .replace(/-+$/, '');

/** What a case's id is made of. `source` tells cases of one test apart from those of another. */
export type Named = {
  readonly id: string | null;
  readonly idPlace: Place;
  readonly description: string | null;
  readonly source: number;
};

/**
 * One id a case: its own, else its description's slug, else `case-N` by position. Colliding slugs, and the cases
 * that one test makes of its lists, get `-2`, `-3`, …; an id that two tests state is an error at the second.
 */
export const caseIds = (reading: Reading, cases: readonly Named[]): string[] => {
  const stated = new Map<string, { place: Place; source: number }>();
  for (const { id, idPlace, source } of cases) {
    if (id === null) continue;
    const first = stated.get(id);
    if (first === undefined) stated.set(id, { place: idPlace, source });
    else if (first.source !== source) {
      const once = `the case id "${id}" stands twice; first at ${formatPlace(first.place)}`;
      reading.error('duplicate-id', idPlace, once, { nextStep: 'Give one of the two another id' });
      stated.set(id, { place: first.place, source });
    }
  }
  const taken = new Set<string>(stated.keys());
  const used = new Set<string>();
  return cases.map(({ id, description }, index) => {
    const wanted = id ?? (slug(description ?? '') || `case-${index + 1}`);
    const free = (candidate: string): boolean =>
      !used.has(candidate) && (!taken.has(candidate) || candidate === id);
    let chosen = wanted;
    for (let count = 2; !free(chosen); count++) chosen = `${wanted}-${count}`;
    used.add(chosen);
    return chosen;
  });
};
