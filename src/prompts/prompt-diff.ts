import { type Change, diffArrays, diffLines, diffWordsWithSpace } from 'diff';
import type { Prompt, PromptDiff, TemplateMessage } from '../model/prompt.ts';
import { canonicalJson } from '../plan/canonical.ts';
import { placeInText } from './place-in-text.ts';

type Part = PromptDiff['parts'][number];
type Pair = { readonly before: TemplateMessage | null; readonly after: TemplateMessage | null };

/** Beyond so many changed words a diff by words says nothing, and takes long. */
const maxWordEdits = 2_000;
const maxLineEdits = 5_000;

const kindOf = ({ added, removed }: Change): Part['kind'] => (added ? 'added' : removed ? 'removed' : 'same');

const changesOf = (before: string, after: string): Part[] => {
  const changes =
    diffWordsWithSpace(before, after, { maxEditLength: maxWordEdits }) ??
    diffLines(before, after, { maxEditLength: maxLineEdits });
  if (changes !== undefined) return changes.map((change) => ({ kind: kindOf(change), text: change.value }));
  return [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ];
};

const marks: Readonly<Record<string, string>> = { ' ': '·', '\t': '→', '\r': '␍' };

/**
 * White space that changed is made visible: `·` a space, `→` a tab, `⏎` a line end. Between words a single space is
 * not what changed; it stays.
 */
const visible = ({ kind, text }: Part): Part => {
  if (kind === 'same') return { kind, text };
  const mark = (space: string): string => space.replace(/[ \t\r]/g, (char) => marks[char] ?? char);
  const shown = (
    text.trim() === '' ? mark(text) : text.replace(/ {2,}|[ \t\r]+(?=\n)|[\t\r]/g, mark)
  ).replaceAll('\n', '⏎\n');
  return { kind, text: shown };
};

/** Offset in the candidate's text where the first change begins, behind white space that leads it. */
const firstChange = (parts: readonly Part[]): number => {
  let offset = 0;
  for (const { kind, text } of parts) {
    if (kind === 'same') offset += text.length;
    else
      return kind === 'added' && text.trim() !== '' ? offset + text.length - text.trimStart().length : offset;
  }
  return offset;
};

/** Equal messages stay together; between them, messages of one role are versions of each other, in order. */
const pairMessages = (before: readonly TemplateMessage[], after: readonly TemplateMessage[]): Pair[] => {
  const same = (a: TemplateMessage, b: TemplateMessage): boolean =>
    a.role === b.role && a.content === b.content;
  const pairs: Pair[] = [];
  let removed: TemplateMessage[] = [];
  let added: TemplateMessage[] = [];
  const flush = (): void => {
    const left = [...removed];
    for (const message of added) {
      const at = left.findIndex(({ role }) => role === message.role);
      pairs.push({ before: at < 0 ? null : (left.splice(at, 1)[0] ?? null), after: message });
    }
    pairs.push(...left.map((message) => ({ before: message, after: null })));
    removed = [];
    added = [];
  };
  let seenBefore = 0;
  let seenAfter = 0;
  for (const change of diffArrays([...before], [...after], { comparator: same })) {
    const { length } = change.value;
    if (change.removed) removed.push(...before.slice(seenBefore, seenBefore + length));
    else if (change.added) added.push(...after.slice(seenAfter, seenAfter + length));
    else flush();
    if (!change.added) seenBefore += length;
    if (!change.removed) seenAfter += length;
  }
  flush();
  return pairs;
};

const titleOf = (message: TemplateMessage, all: readonly TemplateMessage[]): string => {
  const number = all.filter(({ role }) => role === message.role).indexOf(message) + 1;
  return number > 1 ? `${message.role} ${number}` : message.role;
};

const messageDiffs = (baseline: Prompt | null, candidate: Prompt | null): PromptDiff[] => {
  const before = baseline?.messages ?? [];
  const after = candidate?.messages ?? [];
  return pairMessages(before, after).map((pair): PromptDiff => {
    const parts = changesOf(pair.before?.content ?? '', pair.after?.content ?? '').filter(
      ({ text }) => text !== '',
    );
    const line =
      pair.after === null
        ? (pair.before?.place.line ?? null)
        : placeInText(pair.after.place, pair.after.content, pair.before === null ? 0 : firstChange(parts))
            .line;
    const title =
      pair.after !== null
        ? titleOf(pair.after, after)
        : pair.before !== null
          ? titleOf(pair.before, before)
          : '';
    return { section: 'message', title, parts: parts.map(visible), line };
  });
};

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);

/** As JSON, a line a value; nothing for nothing. */
const lines = (value: unknown): string =>
  isEmpty(value)
    ? ''
    : typeof value === 'string'
      ? `${value}\n`
      : `${JSON.stringify(JSON.parse(canonicalJson(value)), null, 2)}\n`;

const sections = ['parameters', 'tools', 'responseFormat', 'model'] as const;

const settingDiffs = (baseline: Prompt | null, candidate: Prompt | null): PromptDiff[] =>
  sections.flatMap((section) => {
    const before = lines(baseline?.[section]);
    const after = lines(candidate?.[section]);
    if (before === after) return [];
    const changes = diffLines(before, after, { maxEditLength: maxLineEdits });
    const parts: Part[] = (
      changes?.map((change): Part => ({ kind: kindOf(change), text: change.value })) ?? [
        { kind: 'removed', text: before },
        { kind: 'added', text: after },
      ]
    ).filter(({ text }) => text !== '');
    return [{ section, title: section, parts, line: null }];
  });

/**
 * What changed between two versions of a prompt, message by message and word by word, then its settings line by line.
 * Null is a side that has no such prompt. Empty where both say the same.
 */
export const diffPrompts = (baseline: Prompt | null, candidate: Prompt | null): PromptDiff[] => [
  ...messageDiffs(baseline, candidate),
  ...settingDiffs(baseline, candidate),
];
