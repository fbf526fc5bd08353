import type { RunResult } from '../model/run.ts';
import { counted } from './amounts.ts';

export type PromptDiffLine = {
  /** ` ` the same on both sides, `-` only on the base, `+` only on the head. */
  readonly kind: ' ' | '-' | '+';
  /** Written by users. */
  readonly text: string;
};

export type PromptSection = {
  /** `system`, `parameters`, …; may hold words of users. */
  readonly title: string;
  readonly line: number | null;
  readonly lines: readonly PromptDiffLine[];
};

/** What happened to one prompt. Path and label are of users. */
export type PromptChange = {
  readonly path: string;
  readonly label: string;
  readonly kind: 'changed' | 'added' | 'removed';
  /** Lines that differ: the larger of added and removed lines. */
  readonly changedLines: number;
  readonly sections: readonly PromptSection[];
};

type Part = RunResult['prompts'][number]['diff'][number]['parts'][number];

/** Changed prompts, and those that were added or removed, in the order of the run. */
export const promptChangesOf = ({ prompts, base }: RunResult): PromptChange[] =>
  prompts.flatMap(({ path, label, baselineVersion, candidateVersion, diff }): PromptChange[] => {
    if (base === null) return [];
    const kind = candidateVersion === null ? 'removed' : baselineVersion === null ? 'added' : 'changed';
    if (kind === 'changed' && diff.length === 0) return [];
    const sections = diff.map(({ title, line, parts }) => ({ title, line, lines: diffLines(parts) }));
    const all = sections.flatMap(({ lines }) => lines);
    const number = (wanted: '+' | '-'): number => all.filter((line) => line.kind === wanted).length;
    return [{ path, label, kind, changedLines: Math.max(number('+'), number('-')), sections }];
  });

/** A word diff as lines: a line with a changed word stands there twice, as it was and as it is. */
export const diffLines = (parts: readonly Part[]): PromptDiffLine[] => {
  const lines: PromptDiffLine[] = [];
  let before = '';
  let now = '';
  const flush = (): void => {
    lines.push(...lineDiff(before, now));
    before = '';
    now = '';
  };
  for (const { kind, text } of parts) {
    if (kind === 'removed') before += text;
    if (kind === 'added') now += text;
    if (kind !== 'same') continue;
    const [first = '', ...rest] = text.split('\n');
    before += first;
    now += first;
    for (const line of rest) {
      flush();
      before = line;
      now = line;
    }
  }
  flush();
  return lines;
};

/** Two texts between common line ends: what they share at both ends is context. */
const lineDiff = (before: string, now: string): PromptDiffLine[] => {
  if (before === now) return [{ kind: ' ', text: now }];
  const removed = before === '' ? [] : before.split('\n');
  const added = now === '' ? [] : now.split('\n');
  let head = 0;
  while (head < removed.length && head < added.length && removed[head] === added[head]) head++;
  let tail = 0;
  const most = Math.min(removed.length, added.length) - head;
  while (tail < most && removed.at(-1 - tail) === added.at(-1 - tail)) tail++;
  const as = (kind: PromptDiffLine['kind'], texts: readonly string[]): PromptDiffLine[] =>
    texts.map((text) => ({ kind, text }));
  return [
    ...as(' ', added.slice(0, head)),
    ...as('-', removed.slice(head, removed.length - tail)),
    ...as('+', added.slice(head, added.length - tail)),
    ...as(' ', added.slice(added.length - tail)),
  ];
};

/** `2 prompts, 3 lines`: what changed, and what was added or removed. */
export const promptSummary = (changes: readonly PromptChange[]): string => {
  const number = (kind: PromptChange['kind']): number =>
    changes.filter((change) => change.kind === kind).length;
  const lines = changes.reduce(
    (sum, change) => sum + (change.kind === 'changed' ? change.changedLines : 0),
    0,
  );
  return [
    number('changed') > 0 && `${counted(number('changed'), 'prompt')}, ${counted(lines, 'line')}`,
    number('added') > 0 && `${number('added')} added`,
    number('removed') > 0 && `${number('removed')} removed`,
  ]
    .filter((part) => part !== false)
    .join(' · ');
};
