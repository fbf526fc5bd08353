import type { Embedder } from '../model/ports.ts';
import { featuresOf } from './features.ts';

/** Enough for a few hundred features of an answer to meet seldom. */
const dimensions = 1_024;

/** FNV-1a over UTF-16 units, with a last mix so that the low bits are good for a remainder. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
};

/** Feature hashing with signs (Weinberger et al. 2009): features that meet cancel out as often as they add up. */
export const ngramVector = (text: string): Float32Array => {
  const sums = new Float64Array(dimensions);
  for (const [feature, weight] of featuresOf(text)) {
    const code = hash(feature);
    const index = code % dimensions;
    sums[index] = (sums[index] ?? 0) + (code & 0x80000000 ? -weight : weight);
  }
  const length = Math.sqrt(sums.reduce((total, value) => total + value * value, 0));
  return Float32Array.from(sums, (value) => (length === 0 ? 0 : value / length));
};

/**
 * The embedder that needs nothing: no weights, no network, the same vector for the same text everywhere.
 *
 * It measures shared wording: words (lightly stemmed), their neighbours and their letters. It does not know
 * synonyms ("refund" and "money back" are strangers), other languages' inflection, or that "not" turns a
 * sentence round; a paraphrase in new words scores low. Texts without a letter or digit have the zero vector.
 */
export const createBuiltinEmbedder = (): Embedder => ({
  id: 'builtin:ngram',
  embed: async (texts) => texts.map(ngramVector),
});
