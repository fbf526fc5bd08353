/** Damerau–Levenshtein distance (restricted), for "did you mean". */
const distance = (a: string, b: string): number => {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
};

/** The allowed word that a user most probably meant, or null when none is near. */
export const nearest = (word: string, allowed: Iterable<string>): string | null => {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { word: string; distance: number } | null = null;
  if (word.length > 100) return null;
  for (const candidate of allowed) {
    const found = distance(word.toLowerCase(), candidate.toLowerCase());
    if (found <= limit && (best === null || found < best.distance))
      best = { word: candidate, distance: found };
  }
  return best?.word ?? null;
};

/** `one of a, b, c. Did you mean b?`: the end of every message about a wrong name. */
export const expectedOneOf = (word: string, allowed: readonly string[]): string => {
  const near = nearest(word, allowed);
  const list = `one of ${allowed.join(', ')}`;
  return near === null ? list : `${list}. Did you mean ${near}?`;
};
