import { randomFrom } from '../../src/stats/random.ts';

/** Runs of a simulation: what is settled on every push, and what a night can afford. */
export const runs = (count: number): number => (process.env.ASSAY_NIGHTLY ? 10 * count : count);

/** Draws of a simulation, fixed by its seed. */
export const drawFrom = (seed: number) => {
  const { bits, unit } = randomFrom(seed);
  const hit = (p: number): boolean => unit() < p;
  /** Successes of n tries, by the gaps between them. */
  const binomial = (n: number, p: number): number => {
    let successes = 0;
    for (let position = -1; ; successes += 1) {
      position += 1 + Math.floor(Math.log1p(-unit()) / Math.log1p(-p));
      if (position >= n) return successes;
    }
  };
  /** Standard normal (Box & Muller 1958). */
  const normal = (): number => Math.sqrt(-2 * Math.log1p(-unit())) * Math.cos(2 * Math.PI * unit());
  return { bits, unit, hit, binomial, normal };
};

/** Share of `count` runs in which something happens. */
export const shareOf = (count: number, happens: (run: number) => boolean): number => {
  let happened = 0;
  for (let run = 0; run < count; run += 1) if (happens(run)) happened += 1;
  return happened / count;
};

/** Four standard errors of a simulated share: what chance may add to it. */
export const slack = (share: number, count: number): number => 4 * Math.sqrt((share * (1 - share)) / count);
