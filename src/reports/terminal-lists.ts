import { counted } from './amounts.ts';
import { casesIn, type NamedList, namedLists } from './case-lists.ts';
import { bullet, dotted, more, type Paper } from './terminal-lines.ts';
import { oneLine, sentenceText } from './terminal-text.ts';

const mostListed = 10;

/** Flaky, undecided, already failing and fixed cases, remarks of the gate, and warnings. */
export const lists = (paper: Paper): string[] => {
  const { warnings, remarks } = paper.view;
  return [
    ...namedLists(paper.view.lists).flatMap((list) => caseList(paper, list)),
    ...(warnings.length === 0 ? [] : [paper.paint('bold', counted(warnings.length, 'warning'))]),
    ...warnings.slice(0, mostListed).flatMap(({ message, file, line }) => {
      const place = file === null ? '' : `${oneLine(file)}${line === null ? '' : `:${line}`}: `;
      return bullet(paper, '·', `${place}${oneLine(message, 400)}`);
    }),
    ...more(warnings.length - mostListed, mostListed),
    ...remarks
      .slice(0, mostListed)
      .flatMap(({ sign, message }) => bullet(paper, sign, sentenceText(message))),
  ];
};

const caseList = (paper: Paper, { sign, title, lines }: NamedList): string[] => {
  const shown = lines.slice(0, mostListed);
  return [
    paper.paint('bold', `${casesIn(lines)} ${title}`),
    ...shown.flatMap(({ name, others, models, what, file, line }) =>
      bullet(
        paper,
        sign,
        dotted([
          `${oneLine(name, 120)}${others > 0 ? ` and ${counted(others, 'more case')}` : ''}`,
          sentenceText(models, 60),
          sentenceText(what, 120),
          `${oneLine(file)}:${line}`,
        ]),
      ),
    ),
    ...more(lines.length - shown.length, shown.length),
  ];
};
