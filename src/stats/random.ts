import { requireCount, requireWithin } from './domain.ts';

export type Random = {
  /** The next 32 random bits, as a number from 0 to 2³² − 1. */
  readonly bits: () => number;
  /** Uniform in [0, 1), with 32 bits. */
  readonly unit: () => number;
};

const rotateLeft = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/**
 * xoshiro128**: 128 bits of state, period 2¹²⁸ − 1 (Blackman & Vigna 2021, "Scrambled Linear Pseudorandom Number
 * Generators", ACM TOMS 47:36; reference code at prng.di.unimi.it/xoshiro128starstar.c). Not for secrets.
 */
export const randomFromState = (state: readonly [number, number, number, number]): Random => {
  let [a, b, c, d] = state;
  const bits = (): number => {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  };
  return { bits, unit: () => bits() / 2 ** 32 };
};

/**
 * A random stream that a whole number below 2³² fixes for ever. The seed is spread over the state by the finaliser of
 * MurmurHash3 over a Weyl sequence, so that neighbouring seeds start far apart.
 */
export const randomFrom = (seed: number): Random => {
  let position = requireWithin('seed', requireCount('seed', seed), 0, 2 ** 32 - 1);
  const word = (): number => {
    position = (position + 0x9e3779b9) | 0;
    let mixed = position;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return mixed ^ (mixed >>> 16);
  };
  return randomFromState([word(), word(), word(), word()]);
};
