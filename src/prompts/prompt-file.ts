import type { Place } from '../model/place.ts';
import { readDocument } from './document.ts';
import { looksLikeChat, readChat } from './formats/chat.ts';
import { githubDraft, parseGithubPrompt } from './formats/github.ts';
import { quoteBareTags } from './formats/json-template.ts';
import { separatedText, wholeText } from './formats/text.ts';
import type { PromptDraft } from './make-prompt.ts';
import type { Reading } from './reading.ts';
import { endingOf, readText } from './source-files.ts';

type Reader = (reading: Reading, file: string, text: string) => Promise<PromptDraft[]>;

const chatReader =
  (prepare: (file: string, text: string) => string): Reader =>
  async (reading, file, text) => {
    const document = await reading.attempt(() => readDocument(file, prepare(file, text)));
    if (document === null) return [];
    const { value } = document;
    if (typeof value === 'object' && value !== null && 'messages' in value) {
      const prompt = parseGithubPrompt(reading, document);
      const draft = prompt === null ? null : await githubDraft(reading, document, prompt);
      return draft === null ? [] : [draft];
    }
    const chat = await readChat(reading, document, [], value);
    if (chat.kind === 'wrong') reading.add(chat.findings);
    if (chat.kind === 'unsupported') reading.unsupported(chat.name, document.placeOf(chat.path), 'prompt');
    if (chat.kind !== 'messages') return [];
    return [
      { place: document.placeOf([]), syntax: 'jinja', messages: chat.messages, includes: chat.includes },
    ];
  };

const jsonReader = chatReader(quoteBareTags);
const yamlReader = chatReader((_file, text) => text);

/** Prompt file endings and how each is read. */
export const promptFormats = {
  txt: async (_reading, file, text) => separatedText(file, text),
  md: async (_reading, file, text) => wholeText(file, text),
  j2: async (_reading, file, text) => wholeText(file, text),
  json: jsonReader,
  yaml: yamlReader,
  yml: yamlReader,
} as const satisfies Record<string, Reader>;

/** Kinds of prompts that promptfoo or others run or fetch, and that are not read here. */
const unsupported: Readonly<Record<string, string>> = {
  js: 'prompt functions in JavaScript',
  mjs: 'prompt functions in JavaScript',
  cjs: 'prompt functions in JavaScript',
  ts: 'prompt functions in TypeScript',
  mts: 'prompt functions in TypeScript',
  cts: 'prompt functions in TypeScript',
  py: 'prompt functions in Python',
  rb: 'prompt functions in Ruby',
  go: 'prompt functions in Go',
  sh: 'prompts made by a program',
  csv: 'prompts in CSV',
  jsonl: 'prompts in JSONL',
  prompty: '.prompty files',
  prompt: '.prompt files',
};

/** Endings that make a string in `prompts` the name of a file. */
export const promptEndings: readonly string[] = [...Object.keys(promptFormats), ...Object.keys(unsupported)];

/** Why a file cannot be read as a prompt, as the name of what is not supported; null where it can. */
export const unsupportedPrompt = (file: string): string | null => {
  const ending = endingOf(file.replace(/(\.\w+):[\w.]+$/, '$1'));
  if (Object.hasOwn(promptFormats, ending)) return null;
  return Object.hasOwn(unsupported, ending)
    ? (unsupported[ending] ?? null)
    : `prompts in .${ending || '(no ending)'} files`;
};

/** The prompts in one file: several in a text file with `---` lines. Reports what is wrong, also an empty file. */
export const readPromptFile = async (
  reading: Reading,
  file: string,
  place: Place,
): Promise<readonly PromptDraft[]> => {
  const text = await readText(reading, file, place);
  if (text === null) return [];
  const reader: Reader =
    (promptFormats as Readonly<Record<string, Reader>>)[endingOf(file)] ?? promptFormats.md;
  if (text.trim() === '') {
    reading.error('empty-prompt', { file, line: 1, column: 1 }, 'the prompt is empty', {
      nextStep: 'Write the prompt, or remove the file',
    });
    return [];
  }
  return reader(reading, file, text);
};

/** Whether a text written inside a suite holds a chat rather than one user message. */
export const isInlineChat = (text: string): boolean => {
  const start = text.trimStart();
  if (/^-\s+(role|content):/.test(start)) return true;
  if (!/^\[\s*\{/.test(start) || !start.includes('"role"')) return false;
  try {
    return looksLikeChat(JSON.parse(start));
  } catch {
    return /"content"\s*:/.test(start);
  }
};
