import type { Change, SideState } from '../../model/run.ts';

/** Class of the colour that goes with a sign. */
export type Tone = 'bad' | 'good' | 'warn' | 'ask' | 'muted';
export type Word = { readonly sign: string; readonly tone: Tone; readonly word: string };

export const changeWords = {
  broken: { sign: '✗', tone: 'bad', word: 'broken' },
  stillFailing: { sign: '✗', tone: 'bad', word: 'still failing' },
  flaky: { sign: '~', tone: 'warn', word: 'flaky' },
  undecided: { sign: '?', tone: 'ask', word: 'undecided' },
  added: { sign: '✓', tone: 'good', word: 'passing' },
  removed: { sign: '–', tone: 'muted', word: 'removed' },
  fixed: { sign: '✓', tone: 'good', word: 'fixed' },
  stillPassing: { sign: '✓', tone: 'good', word: 'still passing' },
} as const satisfies Record<Change, Word>;

export const stateWords = {
  passed: { sign: '✓', tone: 'good', word: 'passed' },
  failed: { sign: '✗', tone: 'bad', word: 'failed' },
  flaky: { sign: '~', tone: 'warn', word: 'flaky' },
  errored: { sign: '?', tone: 'ask', word: 'no answer' },
  blocked: { sign: '✗', tone: 'bad', word: 'blocked' },
  truncated: { sign: '✗', tone: 'bad', word: 'cut off' },
  skipped: { sign: '?', tone: 'ask', word: 'not asked' },
  missing: { sign: '?', tone: 'ask', word: 'missing' },
} as const satisfies Record<SideState, Word>;
