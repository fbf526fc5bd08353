import type { RunResult } from '../model/run.ts';
import { answerLines } from './answer-block.ts';
import { counted } from './amounts.ts';
import type { ReportLinks } from './links.ts';
import { promptSummary } from './markdown-prompts.ts';
import { meaningSummary } from './meaning-view.ts';
import { readableDiff } from './prompt-diff-lines.ts';
import { matrixLines } from './terminal-matrix.ts';
import {
  type Colour,
  oneLine,
  type Painter,
  painter,
  paragraph,
  sentenceText,
  signColour,
  withoutCommands,
} from './terminal-text.ts';
import { buildView, type CaseLine, type ReportView } from './view.ts';
import type { BrokenCase } from './worst-cases.ts';

export type TerminalOptions = {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly links: ReportLinks;
};

type Paper = { readonly view: ReportView; readonly width: number; readonly paint: Painter };

const indent = '  ';
const mostLines = { broken: 20, meaning: 20, diff: 40, list: 10 } as const;

/**
 * The comment's content for a terminal. Signs carry the meaning, colours only help. Control characters of
 * others' text are shown, not sent, and no line is a command to a GitHub runner.
 */
export const renderTerminal = (result: RunResult, { color, width, links }: TerminalOptions): string => {
  const view = buildView(result, links);
  const paper: Paper = { view, width: Math.min(Math.max(width || 80, 40), 120), paint: painter(color) };
  const parts = [
    opening(paper),
    ...view.worst.map((broken) => worstCase(paper, broken)),
    moreBroken(paper),
    matrix(paper),
    meaning(paper),
    promptDiff(paper),
    tampering(paper),
    lists(paper),
    footer(paper),
  ];
  const text = parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return withoutCommands(`${text}\n`);
};

const opening = ({ view, width, paint }: Paper): string[] => {
  const colour = signColour(view.sign);
  const [first = '', ...rest] = paragraph(sentenceText(view.headline, 60), width - indent.length, '');
  const next = view.nextStep === null ? '' : sentenceText(view.nextStep, 60);
  const blocking = view.reasons.filter((reason) => reason.blocking);
  return [
    `${paint(colour, view.sign)} ${paint('bold', first)}`,
    ...rest.map((line) => `${indent}${paint('bold', line)}`),
    ...(view.lead === null ? [] : paragraph(sentenceText(view.lead, 120), width, indent)),
    ...(next === '' ? [] : paragraph(`Next: ${next}.`, width, indent)),
    ...view.notes.flatMap((note) => paragraph(sentenceText(note, 60), width, indent)),
    ...(blocking.length < 2
      ? []
      : blocking.flatMap(({ sign, message }) => bullet({ view, width, paint }, sign, sentenceText(message)))),
  ];
};

/** `  ✗ text`, wrapped under the text. */
const bullet = ({ width, paint }: Paper, sign: string, text: string): string[] => {
  const [first = '', ...rest] = paragraph(text, width - 4, '');
  return [`${indent}${paint(signColour(sign), sign)} ${first}`, ...rest.map((line) => `${indent}  ${line}`)];
};

const dotted = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

const lineColours = { '-': 'red', '+': 'green', ' ': null } as const satisfies Record<string, Colour | null>;

const worstCase = (paper: Paper, broken: BrokenCase): string[] => {
  const { width, paint } = paper;
  const heading = dotted([
    oneLine(broken.name, 120),
    sentenceText(broken.models, 60),
    broken.prompt === null ? '' : `prompt ${oneLine(broken.prompt, 60)}`,
    broken.example === null ? '' : `shown: ${oneLine(broken.example, 60)}`,
    broken.tally ?? '',
    broken.critical ? 'critical' : '',
    broken.owner === null ? '' : `owner ${oneLine(broken.owner, 60)}`,
  ]);
  const [first = '', ...rest] = paragraph(heading, width - indent.length, '');
  const lines = answerLines(broken, { width: width - indent.length, length: 600, maxLines: 12 });
  const why = dotted([
    ...broken.why.slice(0, 5).map((sentence) => sentenceText(sentence, 120)),
    `${oneLine(broken.file)}:${broken.line}`,
  ]);
  return [
    `${paint('red', '✗')} ${paint('bold', first)}`,
    ...rest.map((line) => `${indent}${paint('bold', line)}`),
    ...lines.map(({ kind, text }) => `${indent}${paint(lineColours[kind], text)}`),
    ...paragraph(why, width - indent.length, indent.repeat(2)),
  ];
};

const more = (left: number, shown: number): string[] =>
  left <= 0 ? [] : [`${indent}${left} ${shown === 0 ? '' : 'more '}in the report`];

const moreBroken = (paper: Paper): string[] => {
  const { moreBroken: rest } = paper.view;
  if (rest.length === 0) return [];
  const shown = rest.slice(0, mostLines.broken);
  return [
    paper.paint('bold', counted(rest.length, 'more broken case')),
    ...shown.flatMap(({ name, models, file, line }) =>
      bullet(paper, '✗', dotted([oneLine(name, 120), sentenceText(models, 60), `${oneLine(file)}:${line}`])),
    ),
    ...more(rest.length - shown.length, shown.length),
  ];
};

const matrix = ({ view, width, paint }: Paper): string[] => {
  const lines = matrixLines(view, width, paint);
  const sentences = view.statistics
    .slice(0, 6)
    .flatMap((sentence) => paragraph(sentenceText(sentence, 60), width, indent));
  return sentences.length === 0 ? lines : [...lines, '', ...sentences];
};

const meaning = (paper: Paper): string[] => {
  const { breaking, review, groups } = paper.view.meaning;
  if (breaking + review === 0) return [];
  const shown = groups.slice(0, mostLines.meaning);
  return [
    `${paper.paint('bold', 'Meaning changed')}: ${meaningSummary(paper.view.meaning)}`,
    ...shown.flatMap(({ sign, name, models, cases, what }) => {
      const where = `${sentenceText(models, 60)}${cases > 1 ? `, ${counted(cases, 'case')}` : ''}`;
      return bullet(paper, sign, dotted([oneLine(name, 120), where, sentenceText(what, 120)]));
    }),
    ...more(groups.length - shown.length, shown.length),
  ];
};

const promptDiff = ({ view, width, paint }: Paper): string[] => {
  const { promptChanges } = view;
  if (promptChanges.length === 0) return [];
  const lines = promptChanges.flatMap(({ path, kind, sections }) => [
    `${indent}${oneLine(path)}${kind === 'changed' ? '' : ` (${kind})`}`,
    ...(kind === 'removed' ? [] : sections).flatMap(({ lines: own }) =>
      readableDiff(own).flatMap((line) =>
        paragraph(visibleLine(line.text), width - 6, '').map(
          (text) => `${indent}${indent}${paint(lineColours[line.kind], `${line.kind} ${text}`.trimEnd())}`,
        ),
      ),
    ),
  ]);
  const shown = lines.slice(0, mostLines.diff);
  return [
    `${paint('bold', 'Prompt diff')}: ${promptSummary(promptChanges)}`,
    ...shown,
    ...(lines.length > shown.length
      ? [`${indent}${counted(lines.length - shown.length, 'more line')} in the report`]
      : []),
  ];
};

const visibleLine = (text: string): string => oneLine(text, 2000);

const tampering = (paper: Paper): string[] => {
  const rows = paper.view.tampering;
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostLines.list);
  return [
    paper.paint('bold', 'This pull request changed its own tests'),
    ...shown.flatMap(({ sign, message, file, line }) =>
      bullet(paper, sign, dotted([oneLine(message), `${oneLine(file)}${line === null ? '' : `:${line}`}`])),
    ),
    ...more(rows.length - shown.length, shown.length),
  ];
};

const lists = (paper: Paper): string[] => {
  const { lists: all, warnings, reasons } = paper.view;
  const named: readonly (readonly [string, string, readonly CaseLine[]])[] = [
    ['✗', 'failing before and now', all.alreadyFailing],
    ['?', 'undecided', all.undecided],
    ['~', 'flaky', all.flaky],
    ['·', 'failing, not gating', all.notGating],
    ['✓', 'fixed', all.fixed],
    ['✓', 'to be freed of expectFail', all.expectFailFixed],
  ];
  const remarks = reasons.filter(({ blocking }) => !blocking);
  return [
    ...remarks.flatMap(({ sign, message }) => bullet(paper, sign, sentenceText(message))),
    ...named.flatMap(([sign, title, lines]) => caseList(paper, sign, title, lines)),
    ...(warnings.length === 0 ? [] : [paper.paint('bold', counted(warnings.length, 'warning'))]),
    ...warnings.slice(0, mostLines.list).flatMap(({ message, file, line }) => {
      const place = file === null ? '' : `${oneLine(file)}${line === null ? '' : `:${line}`}: `;
      return bullet(paper, '·', `${place}${oneLine(message, 400)}`);
    }),
    ...more(warnings.length - mostLines.list, mostLines.list),
  ];
};

const caseList = (paper: Paper, sign: string, title: string, lines: readonly CaseLine[]): string[] => {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, mostLines.list);
  return [
    paper.paint('bold', `${lines.length} ${title}`),
    ...shown.flatMap(({ name, models, what, file, line }) =>
      bullet(
        paper,
        sign,
        dotted([
          oneLine(name, 120),
          sentenceText(models, 60),
          sentenceText(what, 120),
          `${oneLine(file)}:${line}`,
        ]),
      ),
    ),
    ...more(lines.length - shown.length, shown.length),
  ];
};

const footer = ({ view, width, paint }: Paper): string[] =>
  paragraph(dotted(view.footer.map((part) => sentenceText(part, 60))), width, '').map((line) =>
    paint('dim', line),
  );
