import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { packWeights, unpackWeights, type WeightSpec } from '../../src/embed/packed-weights.ts';

const specs: readonly WeightSpec[] = [
  { name: 'constant', shape: [], dtype: 'float32' },
  { name: 'matrix', shape: [64, 64], dtype: 'float32' },
  { name: 'indices', shape: [5_000], dtype: 'int32' },
  { name: 'bias', shape: [100], dtype: 'float32' },
  { name: 'odd', shape: [4_097], dtype: 'float32' },
];
const values = 1 + 4_096 + 5_000 + 100 + 4_097;

/** Behind one byte, as a file in a shared buffer may lie. */
const bytesOf = (matrix: Float32Array): Uint8Array => {
  const all = new Float32Array(values).fill(-1e9, 0, 1);
  all.set(matrix, 1);
  const shared = new Uint8Array(1 + all.byteLength);
  shared.set(new Uint8Array(all.buffer), 1);
  return shared.subarray(1);
};

describe('packed weights', () => {
  test('only large matrices are packed, to a quarter', () => {
    const packed = packWeights(specs, bytesOf(new Float32Array(4_096)));
    expect(packed).toHaveLength(4 + (4_096 + 64 * 4) + 4 * (5_000 + 100 + 4_097));
    expect(new Float32Array(unpackWeights(specs, packed))[0]).toBe(-1e9);
  });

  test('each value is at most half a step away from its own', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -100, max: 100, noNaN: true }), { minLength: 64, maxLength: 128 }),
        (some) => {
          const matrix = Float32Array.from({ length: 4_096 }, (_, at) => some[at % some.length] ?? 0);
          const weights = new Float32Array(unpackWeights(specs, packWeights(specs, bytesOf(matrix))));
          for (let row = 0; row < 64; row++) {
            const part = matrix.subarray(row * 64, row * 64 + 64);
            const step = Math.max(...part.map(Math.abs)) / 127;
            for (const [at, value] of part.entries())
              expect(Math.abs((weights[1 + row * 64 + at] ?? 0) - value)).toBeLessThanOrEqual(step * 0.500_1);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  test('packing what was packed changes nothing', () => {
    const matrix = Float32Array.from({ length: 4_096 }, (_, at) => Math.sin(at));
    const packed = packWeights(specs, bytesOf(matrix));
    expect(packWeights(specs, new Uint8Array(unpackWeights(specs, packed)))).toEqual(packed);
  });

  test('a cut file is refused', () => {
    const weights = bytesOf(new Float32Array(4_096));
    expect(() => packWeights(specs, weights.subarray(4))).toThrow(/bytes of weights, \d+ expected/);
    expect(() => unpackWeights(specs, packWeights(specs, weights).subarray(1))).toThrow(
      '41143 bytes of packed weights, 41144 expected',
    );
  });
});
