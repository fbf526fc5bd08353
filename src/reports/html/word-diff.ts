import { diffWordsWithSpace } from 'diff';

/** A stretch of one side's text; `changed` stretches have no equal on the other side. */
export type Stretch = { readonly changed: boolean; readonly text: string };
export type MarkedPair = { readonly baseline: readonly Stretch[]; readonly candidate: readonly Stretch[] };

/** Above this the marks would cost more time than a reader gives them. Characters of both sides together. */
const maxCharacters = 12_000;
/** Words that may differ before one comparison is given up, after about 10 ms. */
const maxEdits = 400;
/** Answers that share less than this part of the shorter one are two different texts: marking nearly every word helps nobody. */
const minShared = 0.3;

/** A mark begins and ends with a word; the blanks around it are nobody's change. */
const trimmed = ({ changed, text }: Stretch): Stretch[] => {
  const isBlank = (at: number): boolean => text[at] === ' ' || text[at] === '\t';
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  if (!changed || start === end) return [{ changed, text }];
  return [
    { changed: false, text: text.slice(0, start) },
    { changed: true, text: text.slice(start, end) },
    { changed: false, text: text.slice(end) },
  ].filter((part) => part.text !== '');
};

/** Adjacent stretches of one kind are one, and blanks between two changed words belong to the change. */
const merge = (stretches: readonly Stretch[]): Stretch[] => {
  const merged: Stretch[] = [];
  stretches.forEach((stretch, index) => {
    const bridges =
      !stretch.changed &&
      /^[^\S\n]+$/.test(stretch.text) &&
      merged.at(-1)?.changed === true &&
      stretches[index + 1]?.changed === true;
    const changed = stretch.changed || bridges;
    const last = merged.at(-1);
    if (last?.changed === changed) merged[merged.length - 1] = { changed, text: last.text + stretch.text };
    else merged.push({ changed, text: stretch.text });
  });
  return merged.flatMap(trimmed);
};

const visibleLength = (text: string): number => text.replaceAll(/\s+/g, '').length;

/** Marks the words that differ; null where that costs too much or would cover nearly all. */
export type WordMarker = (baseline: string, candidate: string) => MarkedPair | null;

/**
 * A marker for one page. The comparison costs about (words that differ)²; when `maxWork` of that is spent (some
 * 0.2 s), the rest of the page goes without marks. Counted in steps and not in time, so that equal runs give
 * equal pages.
 */
export const wordMarker = (maxWork = 2_000_000): WordMarker => {
  let work = 0;
  return (baseline, candidate) => {
    if (work >= maxWork || baseline.length + candidate.length > maxCharacters) return null;
    const parts = diffWordsWithSpace(baseline, candidate, { maxEditLength: maxEdits });
    const edits =
      parts?.reduce((sum, { added, removed, count }) => (added || removed ? sum + count : sum), 0) ??
      maxEdits;
    work += edits ** 2 + baseline.length + candidate.length;
    if (parts === undefined) return null;
    const shared = parts
      .filter(({ added, removed }) => !added && !removed)
      .reduce((sum, { value }) => sum + visibleLength(value), 0);
    const shorter = Math.min(visibleLength(baseline), visibleLength(candidate));
    if (shared < minShared * shorter) return null;
    const without = (other: 'added' | 'removed'): Stretch[] =>
      merge(
        parts
          .filter((part) => !part[other])
          .map((part) => ({ changed: part.added || part.removed, text: part.value })),
      );
    return { baseline: without('added'), candidate: without('removed') };
  };
};
