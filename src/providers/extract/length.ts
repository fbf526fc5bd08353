type Limit = { readonly unit: 'sentences' | 'words'; readonly most: number };

const words = (text: string): number => text.split(/\s+/).filter((word) => word !== '').length;

/** `At most 20 words`: whole sentences while they fit; the first one is cut if even that is too long. */
const limitedWords = (sentences: readonly string[], most: number): string[] => {
  const kept: string[] = [];
  let left = most;
  for (const sentence of sentences) {
    left -= words(sentence);
    if (left < 0) break;
    kept.push(sentence);
  }
  const first = sentences[0];
  if (kept.length > 0 || first === undefined) return kept;
  return [
    `${first
      .split(/\s+/)
      .slice(0, Math.max(1, most))
      .join(' ')
      .replace(/[,;:]$/, '')}…`,
  ];
};

/** Sentences under the tightest of the prompt's limits. */
export const limited = (sentences: readonly string[], limits: readonly Limit[]): readonly string[] => {
  const least = (unit: Limit['unit']): number =>
    Math.min(...limits.filter((limit) => limit.unit === unit).map(({ most }) => most));
  const few = sentences.slice(0, Math.max(1, least('sentences')));
  const most = least('words');
  return Number.isFinite(most) ? limitedWords(few, most) : few;
};
