import type { RunResult } from '../model/run.ts';
import type { ReportLinks } from './links.ts';
import { moreBroken, worstCase } from './terminal-cases.ts';
import { meaning, promptDiff, tampering } from './terminal-changes.ts';
import { atDots, bullet, indent, type Paper } from './terminal-lines.ts';
import { lists } from './terminal-lists.ts';
import { matrixLines } from './terminal-matrix.ts';
import { painter, paragraph, sentenceText, signColour, withoutCommands } from './terminal-text.ts';
import { buildView } from './view.ts';

export type TerminalOptions = {
  readonly color: boolean;
  /** Columns of the terminal; 0 where it does not say. */
  readonly width: number;
  readonly links: ReportLinks;
};

const mostReasons = 6;
const mostStatistics = 6;

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
  return [
    `${paint(colour, view.sign)} ${paint('bold', first)}`,
    ...rest.map((line) => `${indent}${paint('bold', line)}`),
    ...(view.lead === null ? [] : paragraph(sentenceText(view.lead, 120), width, indent)),
    ...(next === '' ? [] : paragraph(`Next: ${next}.`, width, indent)),
    ...view.notes.flatMap((note) => paragraph(sentenceText(note, 60), width, indent)),
    ...view.furtherReasons
      .slice(0, mostReasons)
      .flatMap(({ sign, message }) => bullet({ view, width, paint }, sign, sentenceText(message))),
  ];
};

const matrix = ({ view, width, paint }: Paper): string[] => {
  const lines = matrixLines(view, width, paint);
  const sentences = view.statistics
    .slice(0, mostStatistics)
    .flatMap((sentence) => paragraph(sentenceText(sentence, 60), width, indent));
  return sentences.length === 0 ? lines : [...lines, '', ...sentences];
};

const footer = ({ view, width, paint }: Paper): string[] =>
  atDots(
    view.footer.map((part) => sentenceText(part, 60)),
    width,
  ).map((line) => paint('dim', line));
