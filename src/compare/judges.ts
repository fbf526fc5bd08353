import type { KnownAnswersReport } from '../assertions/known-answers.ts';
import type { Judged, JudgeRecord } from '../model/judged.ts';
import type { CellRecord } from '../model/run.ts';

const judgedChecks = (cells: readonly CellRecord[]): Judged[] =>
  cells.flatMap(({ baseline, candidate }) =>
    [...(baseline?.trials ?? []), ...(candidate?.trials ?? [])].flatMap(({ checks }) =>
      checks.flatMap(({ judge }) => judge ?? []),
    ),
  );

const sorted = (texts: Iterable<string>): string[] => [...new Set(texts)].toSorted();

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const record = (
  provider: string,
  checks: readonly Judged[],
  reports: readonly KnownAnswersReport[],
): JudgeRecord => {
  const voted = checks.filter(({ votes }) => votes.length > 1).map(({ agreement }) => agreement);
  return {
    provider,
    models: sorted(checks.map(({ model }) => model).filter((model) => model !== null)),
    promptVersions: sorted(checks.map(({ promptVersion }) => promptVersion)),
    checks: checks.length,
    votes: sum(checks.map(({ votes }) => votes.length)),
    split: checks.filter(({ agreement }) => agreement < 1).length,
    // Rounded so that the same inputs give the same bytes on any processor.
    agreement: voted.length === 0 ? null : Number((sum(voted) / voted.length).toPrecision(12)),
    knownAnswers: {
      asked: sum(reports.map(({ asked }) => asked)),
      wrong: sum(reports.map(({ wrong }) => wrong)),
    },
  };
};

/** What every judge did, by its provider's id: also one that judged nothing, as it failed before. */
export const judgeRecords = (
  judged: readonly Judged[],
  reports: readonly KnownAnswersReport[],
): JudgeRecord[] => {
  const checks = Map.groupBy(judged, ({ provider }) => provider);
  const known = Map.groupBy(reports, ({ judge }) => judge);
  return sorted([...checks.keys(), ...known.keys()]).map((provider) =>
    record(provider, checks.get(provider) ?? [], known.get(provider) ?? []),
  );
};

/** The judges of a run. */
export const judgesOf = (
  cells: readonly CellRecord[],
  reports: readonly KnownAnswersReport[],
): JudgeRecord[] => judgeRecords(judgedChecks(cells), reports);
