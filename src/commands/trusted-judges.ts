import { createKnownAnswersCheck, type KnownAnswersReport } from '../assertions/known-answers.ts';
import { isJudged } from '../assertions/kinds.ts';
import type { Policy } from '../model/policy.ts';
import type { Provider, ProviderSpec } from '../model/provider.ts';
import { canonicalJson } from '../plan/canonical.ts';
import type { PlannedCell } from '../plan/planned-cell.ts';
import type { Providers } from './build-providers.ts';
import type { PreparedRun } from './prepare-run.ts';

/** Votes on one answer where the policy names no judge and so says nothing of votes. */
const defaultVotes = 3;

export const votesOf = ({ judge }: Policy): number => judge?.votes ?? defaultVotes;

const identity = ({ place: _place, ...spec }: ProviderSpec): string => canonicalJson(spec);

const sidesOf = ({ baseline, candidate }: PlannedCell): number =>
  Number(baseline !== null) + Number(candidate !== null);

/** Judged answers of the plan by judge: what each will be asked at least, once for every judged assertion. */
const countAnswers = ({ plan, judge }: PreparedRun): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const cell of plan.cells) {
    for (const { type, provider } of cell.testCase.assertions) {
      const spec = isJudged(type) ? judge(cell, provider) : null;
      if (spec === null) continue;
      const key = identity(spec);
      counts.set(key, (counts.get(key) ?? 0) + cell.trials * sidesOf(cell));
    }
  }
  return counts;
};

export type TrustedJudges = {
  /** The judge of an assertion. Throws a JudgeError where it got a known answer wrong. */
  get(cell: PlannedCell, id: string | null): Promise<Provider>;
  reports(): readonly KnownAnswersReport[];
  /** A judge was asked whose price is not known, so that nobody can say what the run cost. */
  unpriced(): boolean;
};

/** Judges of a run, each of which has answered its known questions before it judges anything. */
export const createTrustedJudges = (
  prepared: PreparedRun,
  providers: Providers,
  signal: AbortSignal,
): TrustedJudges => {
  const counts = countAnswers(prepared);
  const known = createKnownAnswersCheck(prepared.plan.hash, signal);
  let unpriced = false;
  return {
    get: async (cell, id) => {
      const spec = prepared.judge(cell, id);
      if (spec === null) throw new Error('a case without a judge was planned');
      const judge = await providers.get(spec);
      unpriced ||= judge.price === null;
      await known.check(judge, counts.get(identity(spec)) ?? 1);
      return judge;
    },
    reports: known.reports,
    unpriced: () => unpriced,
  };
};
