import type { Finding } from '../../model/errors.ts';
import { expectedOneOf } from '../../model/nearest.ts';
import type { Role, TemplateMessage } from '../../model/prompt.ts';
import type { DocumentPath, LocatedDocument } from '../document.ts';
import type { Reading } from '../reading.ts';
import { readText, resolvePath } from '../source-files.ts';

const roles = ['system', 'developer', 'user', 'assistant', 'tool'] as const satisfies readonly Role[];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value has the shape of a chat: a list whose first item has a role. */
export const looksLikeChat = (value: unknown): boolean =>
  Array.isArray(value) && isRecord(value[0]) && 'role' in value[0];

/** Text parts become one text; null for anything else, such as an image. */
const partsAsText = (content: readonly unknown[]): string | null => {
  const texts = content.map((part) =>
    isRecord(part) && part['type'] === 'text' && typeof part['text'] === 'string' ? part['text'] : null,
  );
  return texts.includes(null) || texts.length === 0 ? null : texts.join('\n');
};

const problem = (
  document: LocatedDocument,
  path: DocumentPath,
  message: string,
  rest: Pick<Finding, 'expected' | 'nextStep'>,
): Finding => ({ severity: 'error', code: 'wrong-message', place: document.placeOf(path), message, ...rest });

/** What the messages at a path are; `unsupported` names a part of a message that cannot be sent. */
export type Chat =
  | { readonly kind: 'messages'; readonly messages: TemplateMessage[]; readonly includes: string[] }
  | { readonly kind: 'unsupported'; readonly name: string; readonly path: DocumentPath }
  | { readonly kind: 'wrong'; readonly findings: Finding[] };

type One =
  | { readonly message: TemplateMessage; readonly include?: string }
  | { readonly unsupported: string }
  | { readonly finding: Finding | null };

const readMessage = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<One> => {
  if (!isRecord(value))
    return { finding: problem(document, path, 'a message is no object', { expected: '{role, content}' }) };
  const { role, content, ...rest } = value;
  if (typeof role !== 'string' || !(roles as readonly string[]).includes(role)) {
    return {
      finding: problem(
        document,
        [...path, 'role'],
        `the role of a message is ${JSON.stringify(role) ?? 'missing'}`,
        {
          expected: expectedOneOf(String(role), roles),
        },
      ),
    };
  }
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) return { unsupported: `message.${extra}` };
  const parts = Array.isArray(content) ? partsAsText(content) : null;
  if (Array.isArray(content) && parts === null) return { unsupported: 'message content other than text' };
  const text = parts ?? content;
  if (typeof text !== 'string') {
    return {
      finding: problem(
        document,
        [...path, 'content'],
        `the content of a message is ${JSON.stringify(content) ?? 'missing'}`,
        {
          expected: 'a text',
          nextStep: 'Write it in quotes',
        },
      ),
    };
  }
  const place = document.textPlaceOf([...path, 'content']);
  if (!text.startsWith('file://'))
    return { message: { role: role as Role, content: text.replace(/\n+$/, ''), place } };
  const file = resolvePath(reading, text, place);
  const included = file === null ? null : await readText(reading, file, place);
  if (file === null || included === null) return { finding: null };
  const message: TemplateMessage = {
    role: role as Role,
    content: included.trim(),
    place: { file, line: 1, column: 1 },
  };
  return { message, include: file };
};

/** The list of `{role, content}` at `path`. Trailing line ends of a message are not part of it. */
export const readChat = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<Chat> => {
  if (!Array.isArray(value) || value.length === 0) {
    const what = Array.isArray(value) ? 'the list of messages is empty' : 'this is no list of messages';
    return {
      kind: 'wrong',
      findings: [problem(document, path, what, { expected: 'a list of {role, content}' })],
    };
  }
  const messages: TemplateMessage[] = [];
  const includes: string[] = [];
  const findings: Finding[] = [];
  let failed = false;
  for (const [index, item] of value.entries()) {
    const one = await readMessage(reading, document, [...path, index], item);
    if ('unsupported' in one) return { kind: 'unsupported', name: one.unsupported, path: [...path, index] };
    if ('finding' in one) {
      failed = true;
      if (one.finding !== null) findings.push(one.finding);
    } else {
      messages.push(one.message);
      if (one.include !== undefined) includes.push(one.include);
    }
  }
  return failed ? { kind: 'wrong', findings } : { kind: 'messages', messages, includes };
};
