import type { PromptDiffLine } from './prompt-changes.ts';

/** Letters kept on both sides of what changed in a long line. */
const context = 40;

const commonStart = (a: readonly string[], b: readonly string[]): number => {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
};

const shorten = (line: readonly string[], start: number, end: number): string => {
  const from = start > context + 10 ? start - context : 0;
  const to = end > context + 10 ? line.length - end + context : line.length;
  return `${from > 0 ? '… ' : ''}${line.slice(from, to).join('')}${to < line.length ? ' …' : ''}`;
};

/** A long line that changed in a few words is shown around those words. */
const aroundChange = (before: PromptDiffLine, now: PromptDiffLine): [PromptDiffLine, PromptDiffLine] => {
  if (before.text.length + now.text.length > 20_000) return [before, now];
  const [a, b] = [Array.from(before.text), Array.from(now.text)];
  const start = commonStart(a, b);
  const most = Math.min(a.length, b.length) - start;
  const end = Math.min(most, commonStart(a.toReversed(), b.toReversed()));
  return [
    { ...before, text: shorten(a, start, end) },
    { ...now, text: shorten(b, start, end) },
  ];
};

const sameWords = (a: string, b: string): boolean => a.replace(/\s+/g, '') === b.replace(/\s+/g, '');

/** Spaces that are the change, or that end a changed line, are made visible. */
const showSpaces = (line: PromptDiffLine, all: boolean): PromptDiffLine => ({
  ...line,
  text: line.text.replace(all ? /[ \t]/g : /[ \t]+$/g, (spaces) =>
    spaces.replaceAll(' ', '·').replaceAll('\t', '⇥'),
  ),
});

/** Changed lines of a prompt with one line of context on both sides; `…` stands for what lies between. */
export const readableDiff = (lines: readonly PromptDiffLine[]): PromptDiffLine[] => {
  const near = (at: number): boolean =>
    [at - 1, at, at + 1].some((index) => lines[index] !== undefined && lines[index].kind !== ' ');
  const shown: PromptDiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (!near(index)) {
      if (shown.at(-1)?.text !== '…') shown.push({ kind: ' ', text: '…' });
      continue;
    }
    const previous = shown.at(-1);
    const isPair =
      line.kind === '+' &&
      previous?.kind === '-' &&
      lines[index + 1]?.kind !== '+' &&
      shown.at(-2)?.kind !== '-';
    if (isPair && previous !== undefined) {
      const spacesOnly = sameWords(previous.text, line.text);
      const pair = aroundChange(previous, line).map((half) => showSpaces(half, spacesOnly));
      shown.splice(-1, 1, ...pair);
    } else shown.push(line.kind === ' ' ? line : showSpaces(line, line.text.trim() === ''));
  }
  return shown;
};
