import type { ColumnDrop } from '../plan/detectable-drop.ts';
import { assumedDiscordance, assumedPower } from '../plan/detectable-drop.ts';
import type { CallRole } from '../plan/expectation.ts';
import type { Forecast } from '../plan/forecast.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import { count, counted, dollars } from './amounts.ts';
import { oneLine, painter, paragraph, withoutCommands } from './terminal-text.ts';
import { padEnd } from './text-columns.ts';

export type PlanPaper = {
  readonly document: PlanDocument;
  readonly forecast: Forecast;
  /** The day of the price table, ISO. */
  readonly pricesAsOf: string;
  readonly concurrency: number;
  readonly alpha: number;
  /** After so many minutes a run asks nothing more. */
  readonly minutesAllowed: number;
  /** Trials that a side may get when its answers surprise. */
  readonly mostTrials: number;
  readonly showShards: boolean;
  readonly color: boolean;
  /** Columns of the terminal; 0 where it does not say. */
  readonly width: number;
};

const mostColumns = 12;
const labelWidth = 10;

/** A plan for a person: what would be asked, then money, time and what the suite can see, one label a line. */
export const renderPlan = (paper: PlanPaper): string => {
  const { document, showShards, color, width } = paper;
  if (document.cells === 0) return 'Nothing to run: no prompt, case or suite changed.\n';
  const paint = painter(color);
  const entries: readonly (readonly [string, readonly string[]])[] = [
    ['cost', costLines(paper)],
    ['time', timeLines(paper)],
    ['detects', dropLines(paper)],
    ['assumes', assumptionLines(paper)],
  ];
  const columns = Math.min(Math.max(width || 80, 40), 120);
  const lines = entries.flatMap(([label, texts]) =>
    texts
      .flatMap((text) => paragraph(text, columns - labelWidth))
      .map((line, index) => paint('dim', padEnd(index === 0 ? label : '', labelWidth)) + line),
  );
  // Whatever the width, this line is for a program to read.
  const shards = showShards
    ? [paint('dim', padEnd('shards', labelWidth)) + JSON.stringify(document.shards)]
    : [];
  return withoutCommands(
    [...paragraph(asks(paper), columns).map((line) => paint('bold', line)), ...lines, ...shards, ''].join(
      '\n',
    ),
  );
};

const parts = (texts: readonly (string | false)[]): string => texts.filter(Boolean).join(', ');

/** `38 cells, 152 answers: 40 from the cache, 20 asked once for several cells, 92 calls; and 60 calls of judges`. */
const asks = ({ document, forecast: { calls, fromStore, shared } }: PlanPaper): string => {
  const answers = parts([
    fromStore.answer > 0 && `${count(fromStore.answer)} from the cache`,
    shared.answer > 0 && `${count(shared.answer)} equal to another one`,
    counted(calls.answer, 'call'),
  ]);
  const judged = fromStore.judge + shared.judge;
  const judges = parts([
    judged > 0 && `${count(judged)} known or equal to another one`,
    counted(calls.judge, 'call'),
  ]);
  const all = calls.judge + judged;
  const judgements = all === 0 ? '' : `; ${counted(all, 'judgement')}: ${judges}`;
  return `${counted(document.cells, 'cell')}, ${counted(document.answers, 'answer')}: ${answers}${judgements}`;
};

const costLines = ({ document, forecast: { priced }, pricesAsOf }: PlanPaper): string[] => {
  const { calls, costUsd, unknownPrices } = document;
  if (calls === 0) return ['nothing: no call is made'];
  const { costUsd: likely, atMostUsd: most } = priced;
  const money = `about ${dollars(likely)}, at most ${dollars(most)} (built-in prices are of ${pricesAsOf})`;
  const names = unknownPrices.map((id) => oneLine(id, 60)).join(', ');
  if (costUsd === null) return [`not known: no price for ${names}${most === 0 ? '' : `; the rest ${money}`}`];
  return [most === 0 ? 'nothing: these providers are free' : money];
};

const minutes = (value: number): string => {
  if (value < 1 / 60) return 'less than a second';
  return value < 1.5 ? `about ${Math.round(value * 60)} s` : `about ${Math.round(value)} min`;
};

const timeLines = ({ document, concurrency, minutesAllowed }: PlanPaper): string[] => [
  `${minutes(document.minutes)} with ${counted(concurrency, 'call')} in flight`,
  ...(document.minutes > minutesAllowed
    ? [`The budget ends the run after ${minutesAllowed} min: raise budget.minutes, or run fewer cases.`]
    : []),
];

const dropLines = ({ document: { columns } }: PlanPaper): string[] => {
  const severalPrompts = new Set(columns.map(({ prompt }) => prompt)).size > 1;
  const lines = columns.slice(0, mostColumns).map((column) => {
    const prompt = severalPrompts ? `, ${oneLine(column.prompt, 60)}` : '';
    return `${visibleDrop(column)} on ${oneLine(column.provider, 60)}${prompt}${casesOf(column)}`;
  });
  const left = columns.length - mostColumns;
  return left > 0 ? [...lines, `and ${counted(left, 'more column')}: see --format json`] : lines;
};

const casesOf = ({ pairs }: ColumnDrop): string =>
  pairs === 0 ? ': there is no baseline' : ` (${counted(pairs, 'case')})`;

const visibleDrop = ({ detectableDrop, pairs }: ColumnDrop): string => {
  if (detectableDrop === null) return pairs === 0 ? 'no drop' : 'too few cases to see a drop';
  return `drops from ${(detectableDrop * 100).toFixed(1)} points`;
};

const share = (value: number): string => `${Math.round(value * 100)} %`;

const assumptionLines = ({ document, forecast, alpha, mostTrials }: PlanPaper): string[] => {
  const drops = document.columns.some(({ detectableDrop }) => detectableDrop !== null);
  return [
    ...(['answer', 'judge'] as const).flatMap((role) => lengthLines(forecast, role)),
    ...(drops
      ? [
          `${share(assumedDiscordance)} of the cases differ between the sides; alpha ${alpha}, power ${share(assumedPower)}`,
        ]
      : []),
    ...(mostTrials > 1 && forecast.mayRepeat
      ? [`no surprises: a cell with a failing answer is asked again, up to ${mostTrials} times a side`]
      : []),
  ];
};

const lengthLines = ({ assumptions }: Forecast, role: CallRole): string[] =>
  [
    ...Map.groupBy(
      assumptions.filter((assumption) => assumption.role === role),
      ({ outputTokens }) => outputTokens,
    ),
  ].map(([tokens, those]) => {
    const labels = [...new Set(those.map(({ label }) => oneLine(label, 60)))].join(', ');
    const noun = role === 'answer' ? 'an answer' : 'a judgement';
    return `${counted(tokens, 'token')} ${noun} of ${labels}, where none is known yet`;
  });
