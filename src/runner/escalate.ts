import { judgeSide, meaningOf, type SideRule } from '../compare/judge-side.ts';
import type { Trial } from '../model/run.ts';

export type Sides = {
  /** null: the side does not exist. */
  readonly baseline: readonly Trial[] | null;
  readonly candidate: readonly Trial[] | null;
};

export type SideName = 'baseline' | 'candidate';

/** A side without an answer so far has met a fault; asking again is the retry layer's matter, not a trial. */
const canGoOn = (trials: readonly Trial[], max: number): boolean =>
  trials.length < max && meaningOf(trials.at(-1) ?? noTrial) !== 'none';

const noTrial: Trial = { status: 'skipped', reason: 'cancelled' };

/**
 * Escalation on surprise (gate.md, "A cell"): a cell whose first trials all passed is done. If any failed, both
 * sides get one more trial at a time until each is judged, the candidate is judged good, or `max` is reached.
 * A critical case gets all its trials anyway. Returns the sides that are asked once more; none: the cell is settled.
 */
export const nextTrials = ({ baseline, candidate }: Sides, max: number, rule: SideRule): SideName[] => {
  const surprised = [...(baseline ?? []), ...(candidate ?? [])].some((trial) => meaningOf(trial) === 'bad');
  if (!rule.critical && (!surprised || (candidate !== null && judgeSide(candidate, rule) === 'good')))
    return [];
  const wants = (trials: readonly Trial[] | null): boolean =>
    trials !== null && canGoOn(trials, max) && (rule.critical || judgeSide(trials, rule) === 'open');
  return [
    ...(wants(baseline) ? (['baseline'] as const) : []),
    ...(wants(candidate) ? (['candidate'] as const) : []),
  ];
};
