/** A tensor as TensorFlow.js lists it: the file holds the tensors one behind the other. */
export type WeightSpec = {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
};

/** Values that share a scale. All large tensors of the encoder have rows that are multiples of it. */
const group = 64;
const smallest = 4_096;

const sizeOf = ({ shape }: WeightSpec): number => shape.reduce((product, length) => product * length, 1);

/** Biases, constants and whatever is no number between -1 and 1 by nature stay as they are. */
const isPacked = (spec: WeightSpec): boolean =>
  spec.dtype === 'float32' && sizeOf(spec) >= smallest && sizeOf(spec) % group === 0;

const packedBytes = (spec: WeightSpec): number => {
  const size = sizeOf(spec);
  return isPacked(spec) ? size + (size / group) * 4 : size * 4;
};

const packTensor = (values: Float32Array): Uint8Array => {
  const scales = new Float32Array(values.length / group);
  const steps = new Int8Array(values.length);
  for (const [index] of scales.entries()) {
    const part = values.subarray(index * group, (index + 1) * group);
    const scale = Math.fround(part.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127);
    scales[index] = scale;
    if (scale === 0) continue;
    for (const [at, value] of part.entries()) {
      steps[index * group + at] = Math.max(-127, Math.min(127, Math.round(value / scale)));
    }
  }
  return Buffer.concat([Buffer.from(scales.buffer), Buffer.from(steps.buffer)]);
};

const unpackTensor = (packed: Uint8Array, values: Float32Array): void => {
  const scales = new Float32Array(values.length / group);
  new Uint8Array(scales.buffer).set(packed.subarray(0, scales.byteLength));
  const steps = new Int8Array(packed.buffer, packed.byteOffset + scales.byteLength, values.length);
  for (let at = 0; at < values.length; at++) values[at] = (steps[at] ?? 0) * (scales[(at / group) | 0] ?? 0);
};

/**
 * 32-bit weights → 8-bit steps with one 32-bit scale for each 64 values: a quarter of the size. Little-endian, in
 * the order of the specs, the same bytes on every machine. Throws where the weights don't fit the specs.
 */
export const packWeights = (specs: readonly WeightSpec[], weights: Uint8Array): Uint8Array => {
  const bytes = specs.reduce((sum, spec) => sum + sizeOf(spec) * 4, 0);
  if (weights.length !== bytes) throw new Error(`${weights.length} bytes of weights, ${bytes} expected`);
  let at = 0;
  const parts = specs.map((spec) => {
    // A copy: a Buffer's memory is shared, and 32-bit values have to lie at multiples of four.
    const raw = new Uint8Array(weights.subarray(at, at + sizeOf(spec) * 4));
    at += raw.length;
    return isPacked(spec) ? packTensor(new Float32Array(raw.buffer)) : raw;
  });
  return Buffer.concat(parts);
};

/** What `packWeights` packed, as 32-bit weights again. Throws for a file that was cut or belongs to another model. */
export const unpackWeights = (specs: readonly WeightSpec[], packed: Uint8Array): ArrayBuffer => {
  const bytes = specs.reduce((sum, spec) => sum + packedBytes(spec), 0);
  if (packed.length !== bytes) throw new Error(`${packed.length} bytes of packed weights, ${bytes} expected`);
  const weights = new ArrayBuffer(specs.reduce((sum, spec) => sum + sizeOf(spec) * 4, 0));
  let from = 0;
  let to = 0;
  for (const spec of specs) {
    const part = packed.subarray(from, from + packedBytes(spec));
    if (isPacked(spec)) unpackTensor(part, new Float32Array(weights, to, sizeOf(spec)));
    else new Uint8Array(weights, to, part.length).set(part);
    from += part.length;
    to += sizeOf(spec) * 4;
  }
  return weights;
};
