import * as z from 'zod';
import type { Place } from '../model/place.ts';
import type { Prompt } from '../model/prompt.ts';
import type { DocumentPath, LocatedDocument } from './document.ts';
import { looksLikeChat, readChat } from './formats/chat.ts';
import { quoteBareTags } from './formats/json-template.ts';
import { textDraft } from './formats/text.ts';
import { readInlineDocument } from './inline-document.ts';
import { makePrompt, type PromptDraft } from './make-prompt.ts';
import { placeInText } from './place-in-text.ts';
import { isInlineChat, promptEndings, readPromptFile, unsupportedPrompt } from './prompt-file.ts';
import type { Reading } from './reading.ts';
import { templateProblem } from './render-prompt.ts';
import { findingsFromIssues } from './schema-findings.ts';
import { findFiles } from './source-files.ts';

/** A prompt written as an object in a suite. */
export const promptObjectSchema = z.strictObject({
  id: z.string().min(1).optional().describe('a file, or a name'),
  label: z.string().min(1).optional(),
  raw: z.string().min(1).optional().describe('the text itself, or file://'),
  messages: z.array(z.unknown()).optional().describe('a chat'),
  config: z.record(z.string(), z.unknown()).optional().describe('model parameters of this prompt'),
  function: z.unknown().optional(),
});

type Named = { readonly path: string; readonly id: string; readonly draft: PromptDraft };
type Source = { readonly label: string | null; readonly number: number };

const remote = /^(exec|python|langfuse|portkey|helicone|https?|huggingface|package|gs|s3):/;
const fileEnding = new RegExp(`\\.(${promptEndings.join('|')})(:[\\w.]+)?$`, 'i');

/** Whether a string in `prompts` names files; anything with a line break or a placeholder is the prompt itself. */
export const isFileReference = (text: string): boolean => {
  if (text.includes('\n') || text.includes('{{') || text.includes('{%')) return false;
  if (text.startsWith('file://')) return true;
  return (
    fileEnding.test(text) ||
    (/[*]/.test(text) && /^\S+\/\S*$|^\S*\*\.\w+$/.test(text)) ||
    /^\S+\/$/.test(text)
  );
};

const fromFiles = async (reading: Reading, reference: string, place: Place): Promise<Named[]> => {
  const unsupported = unsupportedPrompt(reference);
  if (unsupported !== null && !/[*/]$/.test(reference) && fileEnding.test(reference)) {
    reading.unsupported(unsupported, place, 'prompt');
    return [];
  }
  const named: Named[] = [];
  for (const path of (await findFiles(reading, reference, place)) ?? []) {
    const reason = unsupportedPrompt(path);
    if (reason !== null) {
      reading.unsupported(reason, place, 'prompt');
      continue;
    }
    const drafts = await readPromptFile(reading, path, place);
    named.push(
      ...drafts.map((draft, index) => ({ path, id: index === 0 ? path : `${path}#${index + 1}`, draft })),
    );
  }
  return named;
};

const fromChat = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
): Promise<PromptDraft | null> => {
  const chat = await readChat(reading, document, path, value);
  if (chat.kind === 'wrong') reading.add(chat.findings);
  if (chat.kind === 'unsupported') reading.unsupported(chat.name, document.placeOf(chat.path), 'prompt');
  if (chat.kind !== 'messages') return null;
  return { place: document.placeOf(path), syntax: 'jinja', messages: chat.messages, includes: chat.includes };
};

const fromText = async (reading: Reading, text: string, start: Place): Promise<PromptDraft | null> => {
  if (isInlineChat(text)) {
    const inner = await reading.attempt(() =>
      readInlineDocument(start, text.trimStart().startsWith('[') ? quoteBareTags(start.file, text) : text),
    );
    return inner === null ? null : fromChat(reading, inner, [], inner.value);
  }
  const draft = textDraft(start.file, text, start.line);
  if (draft === null) {
    reading.error('empty-prompt', start, 'the prompt is empty', {
      nextStep: 'Write the prompt, or remove it',
    });
    return null;
  }
  const place = { ...draft.place, column: draft.place.column + start.column - 1 };
  return { ...draft, place, messages: draft.messages.map((message) => ({ ...message, place })) };
};

const inline = (reading: Reading, draft: PromptDraft | null, { label, number }: Source): Named[] =>
  draft === null ? [] : [{ path: reading.path, id: `${reading.path}#${label ?? number}`, draft }];

const fromString = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  text: string,
  source: Source,
): Promise<Named[]> => {
  const place = document.textPlaceOf(path);
  const scheme = remote.exec(text)?.[1];
  if (scheme !== undefined && !text.includes('\n')) {
    reading.unsupported(`prompts from ${scheme}:`, place, 'prompt');
    return [];
  }
  if (isFileReference(text)) return fromFiles(reading, text, place);
  return inline(reading, await fromText(reading, text, place), source);
};

const withConfig = (
  draft: PromptDraft,
  config: Readonly<Record<string, unknown>> | undefined,
): PromptDraft => {
  if (config === undefined) return draft;
  const { tools, response_format: responseFormat, ...parameters } = config;
  return {
    ...draft,
    parameters: { ...draft.parameters, ...parameters },
    ...(Array.isArray(tools) ? { tools } : {}),
    ...(responseFormat === undefined ? {} : { responseFormat }),
  };
};

const fromObject = async (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: unknown,
  number: number,
): Promise<{ named: Named[]; label: string | null }> => {
  const parsed = promptObjectSchema.safeParse(value);
  if (!parsed.success) {
    const keys = Object.keys(promptObjectSchema.shape);
    reading.add(findingsFromIssues(parsed.error.issues, document, () => keys, path));
    return { named: [], label: null };
  }
  const { id, label = null, raw, messages, config } = parsed.data;
  const source: Source = {
    label: label ?? (raw === undefined && messages === undefined ? null : (id ?? null)),
    number,
  };
  let named: Named[] = [];
  if (parsed.data.function !== undefined)
    reading.unsupported('prompt functions', document.keyPlaceOf([...path, 'function']), 'prompt');
  else if (messages !== undefined)
    named = inline(reading, await fromChat(reading, document, [...path, 'messages'], messages), source);
  else if (raw !== undefined) named = await fromString(reading, document, [...path, 'raw'], raw, source);
  else if (id !== undefined) named = await fromString(reading, document, [...path, 'id'], id, source);
  else {
    reading.error('missing-key', document.placeOf(path), 'the prompt has neither raw, messages nor id', {
      expected: 'a text in raw, a chat in messages, or a file in id',
      nextStep: 'Add one of them',
    });
  }
  return { named: named.map((one) => ({ ...one, draft: withConfig(one.draft, config) })), label };
};

/** Templates are parsed here once, so that a mistake in one is known before any call. */
const checkTemplates = (reading: Reading, prompt: Prompt): boolean => {
  let correct = true;
  for (const { content, place } of prompt.messages) {
    const problem = templateProblem(content, prompt.syntax);
    if (problem === null) continue;
    correct = false;
    reading.error('template', placeInText(place, content, problem.offset), problem.message, {
      nextStep: 'Correct the template, or put literal braces between {% raw %} and {% endraw %}',
    });
  }
  return correct;
};

/** Equal ids get an ending; the very same prompt listed twice is listed once. */
const identify = (found: readonly { named: Named; label: string | null }[], reading: Reading): Prompt[] => {
  const prompts = new Map<string, Prompt>();
  for (const { named, label } of found) {
    const { path, draft } = named;
    const make = (id: string): Prompt => makePrompt(draft, { id, path, label });
    const same = prompts.get(named.id);
    if (same === undefined) {
      prompts.set(named.id, make(named.id));
      continue;
    }
    if (same.version === make(named.id).version && (label === null || label === same.label)) continue;
    let id = `${named.id}#${label ?? 2}`;
    for (let count = 2; prompts.has(id); count++) id = `${named.id}#${label ?? ''}${count}`;
    prompts.set(id, make(id));
  }
  return [...prompts.values()].filter((prompt) => checkTemplates(reading, prompt));
};

type Entry = { readonly path: DocumentPath; readonly value: unknown; readonly label: string | null };

const entriesOf = (value: unknown): Entry[] | null => {
  const path: DocumentPath = ['prompts'];
  if (typeof value === 'string' || looksLikeChat(value)) return [{ path, value, label: null }];
  if (Array.isArray(value))
    return value.map((item, index) => ({ path: [...path, index], value: item, label: null }));
  if (typeof value !== 'object' || value === null) return null;
  if ('raw' in value || 'messages' in value) return [{ path, value, label: null }];
  // promptfoo's older form: a map of file → label.
  return Object.entries(value).map(([file, label]) => ({
    path: [...path, file],
    value: file,
    label: typeof label === 'string' ? label : null,
  }));
};

const readEntry = async (
  reading: Reading,
  document: LocatedDocument,
  { path, value, label }: Entry,
  number: number,
): Promise<{ named: Named; label: string | null }[]> => {
  const labelled = (named: readonly Named[], own: string | null) =>
    named.map((one) => ({ named: one, label: own }));
  if (typeof value === 'string')
    return labelled(await fromString(reading, document, path, value, { label, number }), label);
  if (Array.isArray(value))
    return labelled(
      inline(reading, await fromChat(reading, document, path, value), { label, number }),
      label,
    );
  if (typeof value === 'object' && value !== null) {
    const { named, label: own } = await fromObject(reading, document, path, value, number);
    return labelled(named, own);
  }
  reading.error('wrong-value', document.placeOf(path), `a prompt is ${JSON.stringify(value)}`, {
    expected: 'a file, a glob, a text, or an object with raw or id',
  });
  return [];
};

/** The prompts that a suite names: files, globs, texts, chats. Reports everything that is wrong, and an empty list. */
export const readPrompts = async (
  reading: Reading,
  document: LocatedDocument,
  value: unknown,
): Promise<Prompt[]> => {
  const entries = entriesOf(value ?? []);
  const before = reading.errorCount();
  if (entries === null) {
    reading.error('wrong-value', document.placeOf(['prompts']), `prompts is ${JSON.stringify(value)}`, {
      expected: 'a list of files, globs or texts',
    });
    return [];
  }
  const found: { named: Named; label: string | null }[] = [];
  for (const [index, entry] of entries.entries())
    found.push(...(await readEntry(reading, document, entry, index + 1)));
  const prompts = identify(found, reading);
  if (prompts.length === 0 && reading.errorCount() === before) {
    const why = entries.length === 0 ? 'the suite names no prompt' : 'none of the prompts can be run';
    reading.error('no-prompts', document.placeOf(['prompts']), why, {
      expected: '`prompts`: files, globs or texts',
      nextStep: 'Name a prompt, for instance `prompts: [support.txt]`',
    });
  }
  return prompts;
};
