import { isJudged } from '../assertions/judged.ts';
import {
  createKnownAnswersCheck,
  type KnownAnswer,
  knownAnswerCalls,
  knownAnswers,
  type KnownAnswersReport,
} from '../assertions/known-answers.ts';
import type { Policy } from '../model/policy.ts';
import type { Provider, ProviderSpec } from '../model/provider.ts';
import { canonicalJson } from '../plan/canonical.ts';
import type { PlannedCell } from '../plan/planned-cell.ts';
import type { Providers } from './build-providers.ts';
import type { PreparedRun } from './prepare-run.ts';

/** Votes on one answer where the policy names no judge and so says nothing of votes. */
const defaultVotes = 3;

export const votesOf = ({ judge }: Policy): number => judge?.votes ?? defaultVotes;

/** A run of fewer judged answers would pay as much for the checks as for the judgements. */
const fewestAnswers = 8;

const identity = ({ place: _place, ...spec }: ProviderSpec): string => canonicalJson(spec);

const sidesOf = ({ baseline, candidate }: PlannedCell): number =>
  Number(baseline !== null) + Number(candidate !== null);

/** Judged answers of the plan by judge: what each will be asked at least, once for every judged assertion. */
const countAnswers = ({ plan, judge }: PreparedRun): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const cell of plan.cells) {
    for (const assertion of cell.testCase.assertions) {
      const spec = isJudged(assertion) ? judge(cell, assertion.provider) : null;
      if (spec === null) continue;
      const key = identity(spec);
      counts.set(key, (counts.get(key) ?? 0) + cell.trials * sidesOf(cell));
    }
  }
  return counts;
};

/** Judges by the assertions that name them, and what each is asked before it judges. */
export type NamedJudges = {
  get(cell: PlannedCell, id: string | null): Promise<Provider>;
  /** Depends on the plan: on its hash, and on how much the judge has to judge. */
  knownAnswers(judge: Provider): readonly KnownAnswer[];
};

export const createNamedJudges = (prepared: PreparedRun, providers: Providers): NamedJudges => {
  const counts = countAnswers(prepared);
  const answers = new Map<Provider, number>();
  return {
    get: async (cell, id) => {
      const spec = prepared.judge(cell, id);
      if (spec === null) throw new Error('a case without a judge was planned');
      const judge = await providers.get(spec);
      answers.set(judge, counts.get(identity(spec)) ?? 1);
      return judge;
    },
    knownAnswers: (judge) => {
      const count = answers.get(judge) ?? 0;
      return count < fewestAnswers ? [] : knownAnswers(prepared.plan.hash, knownAnswerCalls(count));
    },
  };
};

export type TrustedJudges = {
  /** The judge of an assertion. Throws a JudgeError where it got a known answer wrong. */
  get(cell: PlannedCell, id: string | null): Promise<Provider>;
  reports(): readonly KnownAnswersReport[];
  /** A judge was asked whose price is not known, so that nobody can say what the run cost. */
  unpriced(): boolean;
};

/** Judges of a run, each of which has answered its known questions before it judges anything. */
export const createTrustedJudges = (named: NamedJudges, signal: AbortSignal): TrustedJudges => {
  const known = createKnownAnswersCheck(signal);
  let unpriced = false;
  return {
    get: async (cell, id) => {
      const judge = await named.get(cell, id);
      unpriced ||= judge.price === null;
      await known.check(judge, () => named.knownAnswers(judge));
      return judge;
    },
    reports: known.reports,
    unpriced: () => unpriced,
  };
};
