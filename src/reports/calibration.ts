import { percent } from '../gate/sentences.ts';
import type { JudgeRecord } from '../model/judged.ts';
import { accuracy, type AgreementTable, cohenKappa, kappaWord } from '../stats/agreement.ts';
import { wilsonInterval } from '../stats/proportion.ts';
import { counted, dollars } from './amounts.ts';
import { oneLine, painter, withoutCommands } from './terminal-text.ts';

/** What a judge made of one answer that a human has judged. */
export type Graded = {
  readonly line: number;
  readonly case: string;
  readonly label: boolean;
  /** null: no judgement; `reason` says why. */
  readonly judged: boolean | null;
  readonly score: number | null;
  readonly reason: string;
  /** Its votes disagree, and either opinion alone would have been the result. */
  readonly split: boolean;
};

export type Calibration = {
  readonly file: string;
  readonly judges: readonly Omit<JudgeRecord, 'knownAnswers'>[];
  readonly graded: readonly Graded[];
  readonly totals: { readonly calls: number; readonly cached: number; readonly costUsd: number };
};

const tableOf = (graded: readonly Graded[]): AgreementTable => {
  const count = (label: boolean, judged: boolean): number =>
    graded.filter((one) => one.label === label && one.judged === judged).length;
  return {
    bothPass: count(true, true),
    bothFail: count(false, false),
    judgeOnly: count(false, true),
    humanOnly: count(true, false),
  };
};

const rounded = (value: number | null): number | null =>
  value === null ? null : Number(value.toPrecision(12));

/** The numbers of a calibration, and every answer on which judge and human differ; JSON-ready. */
export const summarise = ({ file, judges, graded, totals }: Calibration) => {
  const judged = graded.filter((one) => one.judged !== null);
  const table = tableOf(judged);
  const agreed = table.bothPass + table.bothFail;
  return {
    file,
    judges,
    labels: graded.length,
    judged: judged.length,
    accuracy: rounded(accuracy(table)),
    accuracyCi: wilsonInterval(agreed, judged.length)?.map((limit) => rounded(limit)) ?? null,
    kappa: rounded(cohenKappa(table)),
    table,
    split: judged.filter(({ split }) => split).length,
    disagreements: judged.filter((one) => one.judged !== one.label),
    notJudged: graded
      .filter((one) => one.judged === null)
      .map(({ line, case: caseId, reason }) => ({ line, case: caseId, reason })),
    totals,
  };
};

const mostShown = 20;

const some = <Item>(items: readonly Item[], show: (item: Item) => string): string[] => [
  ...items.slice(0, mostShown).map(show),
  ...(items.length > mostShown ? [`    … and ${items.length - mostShown} more (--format json has all)`] : []),
];

const word = (passes: boolean | null): string => (passes ? 'pass' : 'fail');

const column = (value: number | string, width = 14): string => String(value).padStart(width);

type Summary = ReturnType<typeof summarise>;

const numbers = ({ accuracy: share, accuracyCi, judged, table, kappa, split }: Summary): string[] => {
  if (share === null) return ['  nothing was judged: no agreement can be given'];
  const [low, high] = accuracyCi ?? [];
  const interval = low == null || high == null ? '' : `, 95 % CI ${percent(low)} to ${percent(high)}`;
  return [
    `  accuracy   ${percent(share)} (${table.bothPass + table.bothFail} of ${judged}${interval})`,
    kappa === null
      ? "  Cohen's κ  not defined: judge and human say the same word everywhere"
      : `  Cohen's κ  ${kappa.toFixed(2)} (${kappaWord(kappa)}, n = ${judged})`,
    `  split      ${counted(split, 'answer')} on which the judge's votes leave the result open`,
    '',
    `  ${''.padEnd(12)}${column('judge: pass')}${column('judge: fail')}`,
    `  ${'label: pass'.padEnd(12)}${column(table.bothPass)}${column(table.humanOnly)}`,
    `  ${'label: fail'.padEnd(12)}${column(table.judgeOnly)}${column(table.bothFail)}`,
  ];
};

/** A calibration for a terminal. */
export const renderCalibration = (calibration: Calibration, color: boolean): string => {
  const summary = summarise(calibration);
  const paint = painter(color);
  const { judges, labels, file, disagreements, notJudged, totals } = summary;
  const names = judges.map(({ provider, models }) =>
    oneLine(models.length === 0 ? provider : `${provider} (${models.join(', ')})`),
  );
  const agreements = judges.flatMap(({ provider, agreement }) =>
    agreement === null ? [] : [`  votes      of ${oneLine(provider)} agree ${percent(agreement)}`],
  );
  const lines = [
    paint('bold', `${names.join(', ')} against ${counted(labels, 'label')} of ${oneLine(file)}`),
    '',
    ...numbers(summary),
    ...(agreements.length === 0 ? [] : ['', ...agreements]),
    ...(disagreements.length === 0 ? [] : ['', paint('bold', '  Judge and label differ')]),
    ...some(
      disagreements,
      (one) =>
        `    ${paint('red', '✗')} line ${one.line}  ${oneLine(one.case, 60)}: label ${word(one.label)}, judge ${word(one.judged)}. ${oneLine(one.reason, 200)}`,
    ),
    ...(notJudged.length === 0 ? [] : ['', paint('bold', '  Not judged')]),
    ...some(
      notJudged,
      (one) =>
        `    ${paint('blue', '?')} line ${one.line}  ${oneLine(one.case, 60)}: ${oneLine(one.reason, 200)}`,
    ),
    '',
    paint(
      'dim',
      `${counted(totals.calls, 'call')}, ${totals.cached} from cache · ${dollars(totals.costUsd)}`,
    ),
  ];
  return withoutCommands(`${lines.join('\n')}\n`);
};
