import type { RunEvent, Watcher } from '../model/events.ts';
import { counted } from '../reports/amounts.ts';
import type { World } from './world.ts';

export type ProgressState = {
  planned: number;
  finished: number;
  cached: number;
  failed: number;
  spentUsd: () => number | null;
};

const seconds = (milliseconds: number): string =>
  milliseconds < 90_000
    ? `${Math.max(1, Math.round(milliseconds / 1000))} s`
    : `${Math.round(milliseconds / 60_000)} min`;

/** The remaining time by the pace so far; nothing before a tenth is done. */
const remaining = (state: ProgressState, elapsedMs: number): string => {
  if (state.finished < state.planned / 10 || state.finished === state.planned) return '';
  return ` · ${seconds((elapsedMs / state.finished) * (state.planned - state.finished))} left`;
};

export const progressLine = (state: ProgressState, elapsedMs: number): string => {
  const cost = state.spentUsd();
  const money = cost === null || cost === 0 ? '' : ` · $${cost.toFixed(2)}`;
  const failed = state.failed === 0 ? '' : ` · ${state.failed} not passed`;
  const cached = state.cached === 0 ? '' : ` · ${state.cached} from cache`;
  return `${state.finished}/${state.planned} answers${failed}${cached}${money}${remaining(state, elapsedMs)}`;
};

const redrawMs = 100;

/**
 * A live line on a terminal, plain lines at every tenth elsewhere; all on stderr, so that stdout stays clean
 * for `--format json`. Call `end` before anything else is printed.
 */
export const createProgress = (
  world: World,
  spentUsd: () => number | null,
): { watch: Watcher; end: () => void } => {
  const state: ProgressState = { planned: 0, finished: 0, cached: 0, failed: 0, spentUsd };
  let startedAt = world.now();
  let drawnAt = 0;
  let shown = false;
  let tenths = 0;

  const draw = (): void => {
    const now = world.now();
    if (!world.isTTY) {
      const reached = Math.floor((state.finished / Math.max(1, state.planned)) * 10);
      if (reached > tenths && reached % 2 === 0) world.stderr(`${progressLine(state, now - startedAt)}\n`);
      tenths = Math.max(tenths, reached);
    } else if (now - drawnAt >= redrawMs || state.finished === state.planned) {
      drawnAt = now;
      shown = true;
      world.stderr(
        `\r\u001b[2K${progressLine(state, now - startedAt).slice(0, Math.max(20, world.width - 1))}`,
      );
    }
  };
  const clear = (): void => {
    if (shown) world.stderr('\r\u001b[2K');
    shown = false;
  };
  const say = (text: string): void => {
    clear();
    world.stderr(`${text}\n`);
  };
  const handlers: { [Kind in RunEvent['kind']]: (event: Extract<RunEvent, { kind: Kind }>) => void } = {
    'run-planned': (event) => {
      state.planned = event.trials;
      // The pace counts from here: a question about money may have waited for its answer.
      startedAt = world.now();
      if (!world.isTTY && event.trials > 0)
        world.stderr(`${counted(event.cells, 'cell')}, ${counted(event.trials, 'answer')} wanted\n`);
    },
    'trial-finished': (event) => {
      state.finished++;
      if (event.cached) state.cached++;
      if (event.status !== 'passed') state.failed++;
      draw();
    },
    'trials-added': (event) => {
      state.planned += event.trials;
    },
    'call-retried': () => {},
    'provider-stopped': (event) => say(`${event.provider} is stopped: ${event.message}`),
    note: (event) => say(event.message),
  };
  return {
    watch: (event) => (handlers[event.kind] as (event: RunEvent) => void)(event),
    end: clear,
  };
};
