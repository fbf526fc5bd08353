import { counted } from './amounts.ts';
import type { Detail } from './detail.ts';
import { elsewhere, fileLink, folded } from './markdown-links.ts';
import { type PromptChange, type PromptSection, promptSummary } from './prompt-changes.ts';
import { readableDiff } from './prompt-diff-lines.ts';
import { wrap } from './text-columns.ts';
import { fence, inlineCode } from './untrusted-markdown.ts';
import type { ReportView } from './view.ts';
import { normalLines, visible } from './visible-text.ts';

const columns = 72;

/** What the pull request did to the prompts, folded. */
export const promptDiffs = (view: ReportView, detail: Detail): string => {
  const { promptChanges } = view;
  if (promptChanges.length === 0) return '';
  const summary = promptSummary(promptChanges);
  if (detail.promptLines === 0) return `**Prompt diff**: ${summary}, ${elsewhere(view.links)}\n`;
  let room = detail.promptLines;
  const parts: string[] = [];
  let left = 0;
  for (const change of promptChanges) {
    if (room <= 0) {
      left++;
      continue;
    }
    const { text, lines } = promptDiff(view, change, room, detail.words);
    parts.push(text);
    room -= lines;
  }
  if (left > 0) parts.push(`${counted(left, 'more prompt')} ${elsewhere(view.links)}`);
  return folded(`<b>Prompt diff</b>: ${summary}`, parts.join('\n\n'));
};

const promptDiff = (
  view: ReportView,
  { path, kind, sections }: PromptChange,
  room: number,
  words: number,
): { readonly text: string; readonly lines: number } => {
  const heading = `**${inlineCode(path, words)}**${kind === 'changed' ? '' : ` ${kind}`}`;
  if (kind === 'removed') return { text: heading, lines: 1 };
  const place = fileLink(view.links, path, sections[0]?.line ?? null, words);
  const blocks: string[] = [];
  let used = 2;
  for (const section of sections) {
    if (used >= room) break;
    const lines = sectionLines(section);
    const shown = lines.slice(0, room - used);
    used += shown.length + 1;
    blocks.push(`${inlineCode(section.title, words)}\n${fence(shown.join('\n'), 'diff')}`);
    if (shown.length < lines.length)
      blocks.push(`${counted(lines.length - shown.length, 'more line')} ${elsewhere(view.links)}`);
  }
  const more = sections.length - blocks.length;
  if (more > 0 && used >= room) blocks.push(`${counted(more, 'more part')} ${elsewhere(view.links)}`);
  return { text: [`${heading} · ${place}`, ...blocks].join('\n\n'), lines: used };
};

const sectionLines = ({ lines }: PromptSection): string[] =>
  readableDiff(lines).flatMap(({ kind, text }) =>
    wrap(visible(normalLines(text)), columns - 2).map((line) => `${kind} ${line}`.trimEnd()),
  );
