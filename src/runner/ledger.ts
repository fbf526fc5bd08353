/** A call that would pass a cap of the budget. It was not sent. */
export class BudgetExceeded extends Error {
  readonly cap: 'usd' | 'calls';

  constructor(cap: 'usd' | 'calls', message: string) {
    super(message);
    this.name = 'BudgetExceeded';
    this.cap = cap;
  }
}

/** Money set aside for one call. Settled once; later settlements are ignored. */
export type Reservation = { readonly usd: number; settled: boolean };

/** What a run may spend, and what it has spent. */
export type Ledger = {
  readonly limits: { readonly usd: number | null; readonly calls: number | null };
  /** Sets money aside and counts one call. `usd: null` is a call whose price is not known. Throws BudgetExceeded. */
  reserve(usd: number | null): Reservation;
  /** Replaces the reservation by what the call cost; null: not known, the reservation stands. */
  settle(reservation: Reservation, usd: number | null): void;
  /** Settled and reserved USD: never less than what was spent. */
  spentUsd(): number;
  /** Calls that were sent. */
  calls(): number;
};

const dollars = (usd: number): string => `$${usd.toFixed(usd < 0.01 ? 4 : 2)}`;

/** Caps that a run cannot pass: a call is paid in advance by its estimate. An absent cap does not hold. */
export const createLedger = (caps: {
  readonly usd?: number | null | undefined;
  readonly calls?: number | null | undefined;
}): Ledger => {
  const limits = { usd: caps.usd ?? null, calls: caps.calls ?? null };
  let spentUsd = 0;
  let calls = 0;
  const refuseUsd = (estimate: number | null): void => {
    if (limits.usd === null) return;
    if (estimate === null) {
      const message = `the budget is ${dollars(limits.usd)}, and the price of this model is not known`;
      throw new BudgetExceeded('usd', message);
    }
    if (spentUsd + estimate <= limits.usd) return;
    const state = `${dollars(spentUsd)} of ${dollars(limits.usd)} are spent or reserved`;
    throw new BudgetExceeded('usd', `${state}, and the next call may cost ${dollars(estimate)}`);
  };
  return {
    limits,
    reserve: (estimate) => {
      if (limits.calls !== null && calls >= limits.calls)
        throw new BudgetExceeded('calls', `all ${limits.calls} calls of the budget are used`);
      refuseUsd(estimate);
      calls++;
      spentUsd += estimate ?? 0;
      return { usd: estimate ?? 0, settled: false };
    },
    settle: (reservation, usd) => {
      if (reservation.settled) return;
      reservation.settled = true;
      if (usd !== null) spentUsd += usd - reservation.usd;
    },
    spentUsd: () => spentUsd,
    calls: () => calls,
  };
};
