import { CancelledError } from '../model/errors.ts';
import { counted, dollars } from '../reports/amounts.ts';
import type { RunForecast } from './forecast-run.ts';
import type { World } from './world.ts';

/** Up to here nobody is asked. */
const freeUsd = 1;

/**
 * Asks a person before a run that will probably cost more than 1 USD; the only question that Assay has. Where
 * nobody can answer, nothing is asked. Throws a CancelledError for anything but yes.
 */
export const confirmCost = async (
  { priced, calls, unpriced }: RunForecast,
  ask: World['ask'],
): Promise<void> => {
  if (ask === null || priced.costUsd <= freeUsd) return;
  const wanted = counted(calls.answer + calls.judge, 'call');
  const unknown = unpriced.length === 0 ? '' : `, and ${unpriced.map(({ id }) => id).join(', ')} on top`;
  const answer = await ask(
    `This run makes ${wanted} for about ${dollars(priced.costUsd)} (at most ${dollars(priced.atMostUsd)}${unknown}). Go on? [y/N] `,
  );
  if (!/^\s*y(es)?\s*$/i.test(answer ?? '')) throw new CancelledError('Cancelled; nothing was called.');
};
