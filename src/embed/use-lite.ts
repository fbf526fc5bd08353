import type { Embedder } from '../model/ports.ts';
import { ngramVector } from './builtin.ts';
import { type Encoded, type Encoder, createEncoder, type EncoderLimits } from './encoder.ts';
import type { EncoderFiles } from './encoder-files.ts';
import { englishShare, partsOf, readable } from './english.ts';

/** An embedder that holds a worker. Closing ends it; a forgotten one does not keep the process alive. */
export type OpenEmbedder = Embedder & { close(): Promise<void> };

const encoderDimensions = 512;
/** Vectors that are kept: expected texts come back with every cell. Some 6 kB each. */
const maxKept = 2_000;

const unit = (vector: Float32Array): Float32Array => {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? vector : vector.map((value) => value / length);
};

/** The mean of a text's parts, each by its length. */
const meanOf = (parts: readonly string[], encoded: readonly Encoded[]): Float32Array => {
  const sum = new Float32Array(encoderDimensions);
  for (const [index, { vector }] of encoded.entries()) {
    const weight = parts[index]?.length ?? 0;
    for (const [at, value] of unit(vector).entries()) sum[at] = (sum[at] ?? 0) + weight * value;
  }
  return unit(sum);
};

/**
 * Both views of a text side by side: √share · encoder and √(1 − share) · n-grams. The cosine of two English texts
 * is the encoder's, of two texts in another language that of their wording, and in between the weighted mean.
 */
const joined = (text: string, parts: readonly string[], encoded: readonly Encoded[]): Float32Array => {
  const share = englishShare(
    text,
    parts,
    encoded.reduce((sum, { pieces }) => sum + pieces, 0),
  );
  const words = ngramVector(text);
  const vector = new Float32Array(encoderDimensions + words.length);
  if (share > 0) vector.set(meanOf(parts, encoded).map((value) => value * Math.sqrt(share)));
  if (share < 1)
    vector.set(
      words.map((value) => value * Math.sqrt(1 - share)),
      encoderDimensions,
    );
  return vector;
};

const embedAll = async (encoder: Encoder, texts: readonly string[]): Promise<readonly Float32Array[]> => {
  const parts = texts.map((text) => partsOf(readable(text)));
  // A batch takes as long as its longest text.
  const sorted = parts
    .flatMap((list, index) => list.map((part) => ({ index, part })))
    .toSorted((a, b) => a.part.length - b.part.length);
  const encoded = await encoder.encode(sorted.map(({ part }) => part));
  const byText = parts.map((): { part: string; encoded: Encoded }[] => []);
  for (const [at, { index, part }] of sorted.entries()) {
    const one = encoded[at];
    if (one !== undefined) byText[index]?.push({ part, encoded: one });
  }
  return texts.map((text, index) => {
    const own = byText[index] ?? [];
    return joined(
      text,
      own.map(({ part }) => part),
      own.map((one) => one.encoded),
    );
  });
};

/**
 * Universal Sentence Encoder Lite in a worker: 512 dimensions of meaning for English, beside the n-grams of
 * `builtin:ngram` for what it can't read. It knows that "refund" and "money back" are near, and does not see that
 * "not" turns a sentence round. Unit vectors; a text without letter or digit has the zero vector. The same text has
 * the same vector within a process; over processes they agree to six decimals, so round scores to three.
 * Rejects when the worker fails.
 */
export const createUseLiteEmbedder = (files: EncoderFiles, limits?: EncoderLimits): OpenEmbedder => {
  const encoder = createEncoder(files, limits);
  const kept = new Map<string, Promise<Float32Array>>();
  const keep = (text: string, vector: Promise<Float32Array>): void => {
    kept.set(text, vector);
    vector.catch(() => kept.delete(text));
    const [oldest] = kept.keys();
    if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  };
  return {
    id: 'builtin:use-lite',
    embed: async (texts) => {
      const fresh = [...new Set(texts)].filter((text) => !kept.has(text));
      const found = new Map(texts.map((text) => [text, kept.get(text)]));
      const vectors = embedAll(encoder, fresh);
      for (const [index, text] of fresh.entries()) {
        const vector = vectors.then((all) => all[index] ?? new Float32Array(0));
        found.set(text, vector);
        keep(text, vector);
      }
      return Promise.all(texts.map((text) => found.get(text) ?? Promise.resolve(new Float32Array(0))));
    },
    close: encoder.close,
  };
};
