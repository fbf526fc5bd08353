import { counted } from './amounts.ts';
import { meaningSummary } from './meaning-view.ts';
import { promptSummary } from './prompt-changes.ts';
import { readableDiff } from './prompt-diff-lines.ts';
import { bullet, dotted, indent, lineColours, more, type Paper } from './terminal-lines.ts';
import { oneLine, paragraph, sentenceText } from './terminal-text.ts';

const mostLines = { meaning: 20, diff: 40, tampering: 10 } as const;

/** What changed in meaning, one bullet for the same change over many cells. */
export const meaning = (paper: Paper): string[] => {
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

/** What the change did to the prompts. */
export const promptDiff = ({ view, width, paint }: Paper): string[] => {
  const { promptChanges } = view;
  if (promptChanges.length === 0) return [];
  const lines = promptChanges.flatMap(({ path, kind, sections }) => [
    `${indent}${oneLine(path)}${kind === 'changed' ? '' : ` (${kind})`}`,
    ...(kind === 'removed' ? [] : sections).flatMap(({ lines: own }) =>
      readableDiff(own).flatMap((line) =>
        paragraph(oneLine(line.text, 2000), width - 6, '').map(
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

/** What the change did to its own tests. */
export const tampering = (paper: Paper): string[] => {
  const rows = paper.view.tampering;
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostLines.tampering);
  return [
    paper.paint('bold', 'This pull request changed its own tests'),
    ...shown.flatMap(({ sign, message, file, line }) =>
      bullet(paper, sign, dotted([oneLine(message), `${oneLine(file)}${line === null ? '' : `:${line}`}`])),
    ),
    ...more(rows.length - shown.length, shown.length),
  ];
};
