import stopWordList from './stop-words.json' with { type: 'json' };

const stopWords = new Set<string>(stopWordList);

/**
 * How much a feature counts. Words carry the meaning, pairs their order, letters what inflection and typing
 * errors leave alike; stop words are nearly in every text and tell least.
 */
const weights = { word: 1, stopWord: 0.15, pair: 0.35, letters: 0.3 } as const;

/** Longer texts are compared by their beginning: 64 kB are some ten thousand words. */
const maxCharacters = 65_536;

/** Endings that English adds to a word without changing what it is about. The stem keeps at least three letters. */
const stem = (word: string): string => {
  if (word.length < 4 || /\d/.test(word)) return word;
  const bare = word
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  const root = bare.replace(/(ing|ed|ly|ment)$/, '');
  if (root.length < 3 || !/[aeiouy]/.test(root)) return bare;
  // "stopping" and "stop", "refunded" and "refund", "charging" and "charge" meet.
  return root.replace(/([bdfgklmnprt])\1$/, '$1').replace(/([^aeiou])e$/, '$1');
};

const wordsOf = (text: string): string[] =>
  text
    .slice(0, maxCharacters)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’ʼ]/g, "'")
    .replace(/n't\b/g, ' not')
    .replace(/\bcannot\b/g, 'can not')
    .replace(/(\d)[,](?=\d{3}\b)/g, '$1')
    .match(/[\p{L}\p{M}\p{N}]+(?:\.\d+)?/gu) ?? [];

/**
 * The features of a text with their weights: stemmed words, pairs of neighbours, and runs of three letters
 * within each word. A feature that comes back counts less each time (1 + ln n).
 */
export const featuresOf = (text: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  const kinds = new Map<string, number>();
  const count = (feature: string, weight: number): void => {
    counts.set(feature, (counts.get(feature) ?? 0) + 1);
    kinds.set(feature, weight);
  };
  let previous = '';
  for (const word of wordsOf(text)) {
    const root = stem(word);
    const isStop = stopWords.has(word);
    count(`w ${root}`, isStop ? weights.stopWord : weights.word);
    if (previous !== '') count(`p ${previous} ${root}`, weights.pair);
    previous = root;
    if (isStop) continue;
    const padded = `^${word}$`;
    const shareOfWord = weights.letters / Math.sqrt(Math.max(1, padded.length - 2));
    for (let at = 0; at + 3 <= padded.length; at++) count(`l ${padded.slice(at, at + 3)}`, shareOfWord);
  }
  return new Map([...counts].map(([feature, n]) => [feature, (kinds.get(feature) ?? 0) * (1 + Math.log(n))]));
};
