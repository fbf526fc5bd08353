/**
 * Cosine of the angle between two vectors, clipped to [0, 1]: opposite and unrelated are the same to us.
 * 0 where either has no length; NaN where they can't be compared (different dimensions, values that are no numbers).
 */
export const cosine = (a: Float32Array, b: Float32Array): number => {
  if (a.length !== b.length) return Number.NaN;
  let dot = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let index = 0; index < a.length; index++) {
    const x = a[index] ?? 0;
    const y = b[index] ?? 0;
    dot += x * y;
    squaresA += x * x;
    squaresB += y * y;
  }
  const lengths = Math.sqrt(squaresA) * Math.sqrt(squaresB);
  if (lengths === 0) return 0;
  return Math.min(1, Math.max(0, dot / lengths));
};
