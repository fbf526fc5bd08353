import { requireBetween, requirePositive, requireWithin } from './domain.ts';
import { upperTail, zForTail } from './normal.ts';

/** Share t of the planned information → error spent so far on one side, of `alpha` in all. */
export type Spending = (share: number, alpha: number) => number;

const share = (value: number): number => requireWithin('information share', value, 0, 1);

/** 2 − 2Φ(z_{α/2}/sqrt(t)): nearly nothing early, like O'Brien–Fleming. Lan & DeMets 1983, Biometrika 70:659. */
export const obrienFlemingSpending: Spending = (t, alpha) =>
  share(t) === 0 ? 0 : 2 * upperTail(zForTail(requireBetween('alpha', alpha) / 2) / Math.sqrt(t));

/** α ln(1 + (e − 1)t): about as much at every look, like Pocock. Lan & DeMets 1983. */
export const pocockSpending: Spending = (t, alpha) =>
  requireBetween('alpha', alpha) * Math.log1p((Math.E - 1) * share(t));

/** α·t^φ; φ = 2 lies between both. Kim & DeMets 1987, Biometrika 74:149. */
export const powerSpending =
  (exponent: number): Spending =>
  (t, alpha) =>
    requireBetween('alpha', alpha) * share(t) ** requirePositive('exponent', exponent);
