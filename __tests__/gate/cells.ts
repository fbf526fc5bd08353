import { changeOf } from '../../src/compare/side-state.ts';
import type { CellRecord, SideRecord, SideState, TrialRecord } from '../../src/model/run.ts';

const trial = (state: SideState, rest: Partial<TrialRecord> = {}): TrialRecord => ({
  status: state === 'flaky' || state === 'missing' ? 'failed' : state,
  output: ['errored', 'skipped'].includes(state) ? null : 'an answer',
  checks: [],
  finish: 'stop',
  error: state === 'errored' ? { kind: 'retryable', message: '503 overloaded', status: 503 } : null,
  skipped: state === 'skipped' ? 'budget' : null,
  latencyMs: 100,
  costUsd: 0.001,
  tokens: null,
  cached: false,
  ...rest,
});

export const side = (state: SideState, rest: Partial<TrialRecord> = {}): SideRecord => ({
  state,
  trials: [trial(state, rest)],
});

let next = 0;

/** A finished cell by its two states. */
export const cell = (
  baseline: SideState | null,
  candidate: SideState | null,
  rest: Partial<CellRecord> = {},
): CellRecord => {
  const id = `case-${++next}`;
  return {
    id: `s::p::${id}::haiku`,
    suite: 'support.suite.yml',
    prompt: 'support.txt',
    case: id,
    provider: 'haiku',
    change: changeOf(baseline, candidate),
    description: id,
    file: 'support.suite.yml',
    line: 1,
    origin: 'base',
    severity: 'block',
    critical: false,
    owner: null,
    expectFail: null,
    quarantined: null,
    planned: 1,
    asked: 'a question',
    baseline: baseline === null ? null : side(baseline),
    candidate: candidate === null ? null : side(candidate),
    semantic: null,
    ...rest,
  };
};

export const cells = (
  count: number,
  baseline: SideState | null,
  candidate: SideState | null,
  rest: Partial<CellRecord> = {},
): CellRecord[] => Array.from({ length: count }, () => cell(baseline, candidate, rest));
