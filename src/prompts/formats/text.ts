import type { TemplateMessage } from '../../model/prompt.ts';
import type { PromptDraft } from '../make-prompt.ts';

/** One user message; white space around it is not part of the prompt. Null where nothing is left. */
export const textDraft = (file: string, text: string, line: number): PromptDraft | null => {
  const content = text.trim();
  if (content === '') return null;
  const lead = text.slice(0, text.length - text.trimStart().length);
  const breaks = lead.split('\n').length - 1;
  const column = lead.length - lead.lastIndexOf('\n');
  const place = { file, line: line + breaks, column };
  const messages: TemplateMessage[] = [{ role: 'user', content, place }];
  return { place, syntax: 'jinja', messages };
};

/** A whole file as one prompt. */
export const wholeText = (file: string, text: string): PromptDraft[] => {
  const draft = textDraft(file, text, 1);
  return draft === null ? [] : [draft];
};

/** promptfoo's text files: a line that holds only `---` stands between two prompts. */
export const separatedText = (file: string, text: string): PromptDraft[] => {
  const drafts: PromptDraft[] = [];
  let first = 1;
  let current: string[] = [];
  const flush = (): void => {
    const draft = textDraft(file, current.join('\n'), first);
    if (draft !== null) drafts.push(draft);
    current = [];
  };
  text.split('\n').forEach((line, index) => {
    if (line.trim() !== '---') {
      current.push(line);
      return;
    }
    flush();
    first = index + 2;
  });
  flush();
  return drafts;
};
