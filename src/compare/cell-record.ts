import type { CellRecord, Semantic, SideRecord, Trial, TrialRecord } from '../model/run.ts';
import type { Case } from '../model/suite.ts';
import { isJudgeSplit, type SideRule } from './judge-side.ts';
import { changeOf, sideState } from './side-state.ts';

const maxOutputCharacters = 200_000;

/** Outputs are kept whole up to a cap that no honest answer reaches; a longer one says how much is left out. */
const capped = (text: string): string =>
  text.length <= maxOutputCharacters
    ? text
    : `${text.slice(0, maxOutputCharacters)}… (${text.length - maxOutputCharacters} more characters)`;

const noAnswer = {
  output: null,
  checks: [],
  finish: null,
  latencyMs: null,
  costUsd: null,
  tokens: null,
  cached: false,
};

const trialRecord = (trial: Trial): TrialRecord => {
  switch (trial.status) {
    case 'errored':
      return { status: trial.status, ...noAnswer, error: trial.error, skipped: null };
    case 'skipped':
      return { status: trial.status, ...noAnswer, error: null, skipped: trial.reason };
    default: {
      const { text, finish, latencyMs, costUsd, usage, cached } = trial.completion;
      return {
        status: trial.status,
        output: capped(text),
        checks: [...trial.checks],
        finish: finish.raw,
        error: null,
        skipped: null,
        latencyMs: latencyMs === null ? null : Math.round(latencyMs),
        costUsd,
        tokens: usage === null ? null : { input: usage.input, output: usage.output },
        cached,
      };
    }
  }
};

const sideRecord = (trials: readonly Trial[] | null, rule: SideRule): SideRecord | null =>
  trials === null
    ? null
    : {
        state: sideState(trials, rule),
        ...(isJudgeSplit(trials) ? { cause: 'judge' as const } : {}),
        trials: trials.map(trialRecord),
      };

const firstOutput = (side: SideRecord | null): string | null =>
  side?.trials.find(({ output }) => output !== null)?.output ?? null;

export type CellRecordInput = {
  readonly id: string;
  readonly suite: string;
  readonly prompt: string;
  readonly caseId: string;
  readonly provider: string;
  readonly origin: 'base' | 'head';
  readonly testCase: Case;
  readonly asked: string;
  /** Trials a side that did not depend on their outcome. */
  readonly planned: number;
  /** Why the case does not gate, if it is in quarantine today. */
  readonly quarantined: string | null;
  readonly expectFail: string | null;
  readonly rule: SideRule;
  readonly baseline: readonly Trial[] | null;
  readonly candidate: readonly Trial[] | null;
};

/** A finished cell as it leaves the program. `compareTexts` says what changed in meaning between two answers. */
export const cellRecord = (
  input: CellRecordInput,
  compareTexts: (baseline: string, candidate: string) => Semantic,
): CellRecord => {
  const { testCase } = input;
  const baseline = sideRecord(input.baseline, input.rule);
  const candidate = sideRecord(input.candidate, input.rule);
  const before = firstOutput(baseline);
  const now = firstOutput(candidate);
  return {
    id: input.id,
    suite: input.suite,
    prompt: input.prompt,
    case: input.caseId,
    provider: input.provider,
    change: changeOf(baseline?.state ?? null, candidate?.state ?? null),
    description: testCase.description,
    file: testCase.place.file,
    line: testCase.place.line,
    origin: input.origin,
    severity: testCase.severity,
    critical: testCase.critical,
    owner: testCase.owner,
    expectFail: input.expectFail,
    quarantined: input.quarantined,
    planned: input.planned,
    asked: input.asked,
    baseline,
    candidate,
    semantic: before === null || now === null ? null : compareTexts(before, now),
  };
};
