import { answerLines } from './answer-block.ts';
import { counted } from './amounts.ts';
import { bullet, dotted, indent, lineColours, more, type Paper } from './terminal-lines.ts';
import { oneLine, paragraph, sentenceText } from './terminal-text.ts';
import type { BrokenCase } from './worst-cases.ts';

const mostBroken = 12;

/** One of the worst cases as asked / before / now / why. */
export const worstCase = (paper: Paper, broken: BrokenCase): string[] => {
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

/** The other broken cases, a line each. */
export const moreBroken = (paper: Paper): string[] => {
  const { moreBroken: rest } = paper.view;
  if (rest.length === 0) return [];
  const shown = rest.slice(0, mostBroken);
  return [
    paper.paint('bold', counted(rest.length, 'more broken case')),
    ...shown.flatMap(({ name, models, file, line }) =>
      bullet(paper, '✗', dotted([oneLine(name, 120), sentenceText(models, 60), `${oneLine(file)}:${line}`])),
    ),
    ...more(rest.length - shown.length, shown.length),
  ];
};
