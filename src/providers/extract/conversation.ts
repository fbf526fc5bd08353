import type { Message } from '../../model/prompt.ts';

/** A request as the responder sees it. */
export type Conversation = {
  /** Everything that is told to the assistant. */
  readonly prompt: string;
  /** What is asked now. */
  readonly question: string;
  /** What was asked before, oldest first. */
  readonly context: string;
};

/** A longer question is cut: nothing behind it would change which facts are chosen. */
const maxQuestionLength = 20_000;
const names = '(?:customer|user|client|human|question|message|input|query|q)';
const label = new RegExp(
  `^(?:please )?(?:answer (?:this|the|the following) )?(?:(?:customer|user|client)(?:'s)? )?${names}\\s*:\\s*`,
  'i',
);
const inlineLabel = new RegExp(`\\s${names}:\\s`, 'gi');

type Split = { readonly prompt: string; readonly question: string };
const splitAt = (text: string, at: number, length = 0): Split => ({
  prompt: text.slice(0, at),
  question: text.slice(at + length).trim(),
});

/**
 * A text prompt is one user message; its question stands behind a label, or is the last paragraph, the last line or
 * the last sentence.
 */
const splitText = (whole: string): Split => {
  // An empty `Answer:` at the end only asks to begin.
  const text = whole.trimEnd().replace(/\n(?:answer|assistant|reply|response|a)\s*:$/i, '');
  let start = text.length;
  while (start > 0) {
    start = text.lastIndexOf('\n', start - 1) + 1;
    const match = label.exec(text.slice(start, start + 200));
    if (match !== null) return splitAt(text, start, match[0].length);
    start--;
  }
  const inline = [...text.matchAll(inlineLabel)].at(-1);
  if (inline !== undefined) return splitAt(text, inline.index, inline[0].length);
  const paragraph = text.lastIndexOf('\n\n');
  if (paragraph >= 0) return splitAt(text, paragraph);
  const line = text.lastIndexOf('\n');
  if (line >= 0) return splitAt(text, line);
  return splitAt(text, Math.max(0, text.slice(0, -1).search(/[.!?]\s[^.!?]{1,2000}$/) + 1));
};

/**
 * The last user message is the question, earlier ones are context. Without a system message the prompt is the
 * user message's own text before its question.
 */
export const readConversation = (messages: readonly Message[]): Conversation => {
  const told = messages.filter(({ role }) => role === 'system' || role === 'developer');
  const asked = messages.filter(({ role }) => role === 'user').map(({ content }) => content);
  const last = asked.at(-1) ?? '';
  const { prompt, question } =
    told.length > 0
      ? { prompt: told.map(({ content }) => content).join('\n\n'), question: last }
      : splitText(last);
  const context = told.length > 0 ? asked.slice(0, -1).slice(-5).join('\n') : '';
  return {
    prompt,
    question: question.slice(0, maxQuestionLength),
    context: context.slice(-maxQuestionLength),
  };
};
