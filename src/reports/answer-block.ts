import { excerpts } from './excerpts.ts';
import { wrap } from './text-columns.ts';
import { cut, normalLines, visible } from './visible-text.ts';

export type AnswerBlock = {
  readonly asked: string;
  /** null: there is no such side. */
  readonly before: string | null;
  readonly now: string | null;
};

export type BlockLine = { readonly kind: ' ' | '-' | '+'; readonly text: string };

const labelWidth = 'before '.length;

/**
 * `asked / before / now` as the lines of a diff, each at most `width` columns with its sign and label:
 *
 *       asked  I want my money back
 *     - before You can get a refund.
 *     + now    I cannot help with that.
 *
 * Hidden characters are visible; each text is cut to `length` code points and `maxLines` lines.
 */
export const answerLines = (
  { asked, before, now }: AnswerBlock,
  { width, length, maxLines }: { readonly width: number; readonly length: number; readonly maxLines: number },
): BlockLine[] => {
  const labelled = (kind: BlockLine['kind'], label: string, text: string): BlockLine[] => {
    const lines = wrap(visible(normalLines(text)).replace(/^(\s*\n)+|\s+$/g, ''), width - 2 - labelWidth);
    const shown = lines.length <= maxLines ? lines : [...lines.slice(0, maxLines - 1), '…'];
    return shown.map((line, index) => ({
      kind,
      text: `${kind} ${(index === 0 ? label : '').padEnd(labelWidth)}${line}`.trimEnd(),
    }));
  };
  const [was, is] = excerpts(before, now, length);
  const shown = (text: string | null): string => {
    if (text === null) return '(no answer)';
    if (text === '') return '(empty answer)';
    return text.trim() === '' ? '(white space only)' : text;
  };
  return [
    ...labelled(' ', 'asked', asked.trim() === '' ? '(nothing)' : cut(asked, Math.ceil(length / 2))),
    ...(before === null ? [] : labelled('-', 'before', shown(was))),
    ...labelled('+', 'now', shown(is)),
  ];
};
