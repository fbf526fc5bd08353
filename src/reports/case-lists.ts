import { gates } from '../gate/gating.ts';
import type { CellRecord, RunResult } from '../model/run.ts';
import { byCase, caseName, modelsOf, modelsPhrase, tally } from './case-names.ts';
import { causeOf } from './missing-answers.ts';
import { joined, quote, type Sentence } from './sentence.ts';
import type { CaseLine, CaseLists } from './view.ts';
import { whyOf } from './worst-cases.ts';

/** Cases worth a line that are not among the broken ones. A case stands in one list only. */
export const caseLists = (result: RunResult): CaseLists => {
  const all = modelsOf(result);
  const lines = (wanted: (cell: CellRecord) => boolean, what: (cell: CellRecord) => Sentence): CaseLine[] =>
    byCase(result.cells.filter(wanted)).flatMap((cells) => {
      const [first] = cells;
      if (first === undefined) return [];
      const models = modelsPhrase(
        cells.map(({ provider }) => provider),
        all,
      );
      const { file, line, id } = first;
      return [{ name: caseName(result, first), others: 0, models, what: what(first), file, line, cell: id }];
    });
  return {
    flaky: lines(({ change }) => change === 'flaky', trialsOf),
    undecided: undecidedLines(result),
    fixed: lines(
      (cell) => cell.change === 'fixed' && cell.expectFail === null,
      () => ['failed before, passes now'],
    ),
    alreadyFailing: lines((cell) => cell.change === 'stillFailing' && gates(cell), firstWhy),
    notGating: lines((cell) => isBad(cell) && !gates(cell), whyNotGating),
    expectFailFixed: lines(
      ({ expectFail, candidate }) => expectFail !== null && candidate?.state === 'passed',
      () => ['fixed, remove expectFail'],
    ),
  };
};

const isBad = ({ change }: CellRecord): boolean => change === 'broken' || change === 'stillFailing';

/** `judge split 2:1 on the same answer: tighten the rubric`, on whichever side it did; null: it did not. */
const splitReason = ({ baseline, candidate }: CellRecord): Sentence | null => {
  const trials = [candidate, baseline].flatMap((side) => (side?.cause === 'judge' ? side.trials : []));
  const reasons = trials.flatMap(({ checks }) =>
    checks.flatMap(({ judge, reason }) => (judge === undefined ? [] : [reason])),
  );
  const found = reasons.flatMap((reason) => /^judge split \d+:\d+ /.exec(reason) ?? [])[0];
  return found === undefined ? null : [`${found}on the same answer: tighten the rubric`];
};

const trialsOf = (cell: CellRecord): Sentence => {
  const split = splitReason(cell);
  if (split !== null) return split;
  const { baseline, candidate } = cell;
  const now = tally(candidate);
  const before = tally(baseline);
  if (now === null) return ['no answer'];
  return [before === null ? `${now} trials passed` : `${now} trials passed, before ${before}`];
};

const firstWhy = (cell: CellRecord): Sentence => whyOf(cell)[0] ?? ['fails on both sides'];

/** One line for all cells that lack an answer for the same reason: a missing key silences every case. */
const undecidedLines = (result: RunResult): CaseLine[] => {
  const all = modelsOf(result);
  const open = result.cells.filter(({ change }) => change === 'undecided');
  return [...Map.groupBy(open, (cell) => causeOf(cell).key).values()]
    .toSorted((a, b) => b.length - a.length)
    .flatMap((cells) => {
      const [first] = cells;
      if (first === undefined) return [];
      const models = modelsPhrase(
        cells.map(({ provider }) => provider),
        all,
      );
      const others = byCase(cells).length - 1;
      const { file, line, id } = first;
      const what = causeOf(first).sentence;
      return [{ name: caseName(result, first), others, models, what, file, line, cell: id }];
    });
};

const whyNotGating = (cell: CellRecord): Sentence => {
  const excuses: Sentence[] = [];
  if (cell.quarantined !== null) excuses.push(['in quarantine: ', quote(cell.quarantined)]);
  if (cell.expectFail !== null) excuses.push(['expected to fail: ', quote(cell.expectFail)]);
  if (cell.severity === 'warn') excuses.push(['severity is warn']);
  return joined([...excuses, ...whyOf(cell).slice(0, 1)], ' · ');
};

/** How many cases the lines of a list speak for. */
export const casesIn = (lines: readonly CaseLine[]): number =>
  lines.reduce((sum, { others }) => sum + 1 + others, 0);

export type NamedList = {
  readonly sign: string;
  readonly title: string;
  readonly lines: readonly CaseLine[];
};

/** The lists that are not empty, in the order in which they matter; `title` follows a number. */
export const namedLists = (lists: CaseLists): readonly NamedList[] =>
  [
    { sign: '✗', title: 'failing before and now', lines: lists.alreadyFailing },
    { sign: '?', title: 'undecided', lines: lists.undecided },
    { sign: '~', title: 'flaky', lines: lists.flaky },
    { sign: '·', title: 'failing, not gating', lines: lists.notGating },
    { sign: '✓', title: 'fixed', lines: lists.fixed },
    { sign: '✓', title: 'to be freed of expectFail', lines: lists.expectFailFixed },
  ].filter(({ lines }) => lines.length > 0);
