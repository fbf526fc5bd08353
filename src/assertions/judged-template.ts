import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Message } from '../model/prompt.ts';
import { AssertionError } from './assertion-error.ts';

const chatSchema = z
  .array(z.object({ role: z.enum(['system', 'developer', 'user', 'assistant']), content: z.string() }))
  .min(1);

/** A judge prompt of the user: a text is one user message, a JSON list of {role, content} a conversation. */
export const readTemplate = (text: string): readonly Message[] => {
  if (!/^\s*\[/.test(text)) return [{ role: 'user', content: text }];
  try {
    return chatSchema.parse(JSON.parse(text));
  } catch {
    return [{ role: 'user', content: text }];
  }
};

const placeholder = (name: string): RegExp =>
  new RegExp(`\\{\\{-?\\s*${name}\\s*(?:\\|[^{}]*)?-?\\}\\}`, 'g');

/** Whether a template shows one of these at all. */
export const mentions = (template: string, names: readonly string[]): boolean =>
  names.some((name) => placeholder(name).test(template));

/**
 * Renders a judge prompt of the user with the case's variables. Texts of models go in afterwards, in the place
 * of marks that no one can foresee: they never meet the template engine, so braces in them do nothing.
 * Throws an AssertionError for a template that does not render.
 */
export const fillTemplate = (
  template: string,
  texts: Readonly<Record<string, string>>,
  renderText: (text: string) => string,
): string => {
  const marks = new Map<string, string>();
  let marked = template;
  for (const [name, text] of Object.entries(texts)) {
    const mark = `mark${createHash('sha256')
      .update(JSON.stringify([name, template, text]))
      .digest('hex')}`;
    marks.set(mark, text);
    marked = marked.replace(placeholder(name), mark);
  }
  return rendered(marked, renderText).replace(/mark[0-9a-f]{64}/g, (mark) => marks.get(mark) ?? mark);
};

const rendered = (template: string, renderText: (text: string) => string): string => {
  try {
    return renderText(template);
  } catch (error) {
    const message = `the judge's prompt does not render: ${(error as Error).message}`;
    throw new AssertionError('bad-value', message, { cause: error });
  }
};
