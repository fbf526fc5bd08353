import { UserError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';
import type { Message, Prompt, TemplateMessage, TemplateSyntax } from '../model/prompt.ts';
import { placeInText } from './place-in-text.ts';
import { literalVariables, renderLiteral } from './template/literal.ts';
import { type ParsedTemplate, parseTemplate } from './template/parse-template.ts';
import { TemplateProblem } from './template/problem.ts';
import { runTemplate } from './template/run-template.ts';

const maxRemembered = 500;
/** Parsed templates by their text: a suite renders the same few hundred texts thousands of times. */
const remembered = new Map<string, ParsedTemplate>();

const parsed = (text: string): ParsedTemplate => {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const template = parseTemplate(text);
  if (remembered.size >= maxRemembered) remembered.delete(remembered.keys().next().value ?? '');
  remembered.set(text, template);
  return template;
};

/** What is wrong with a template's syntax, and where in it; null where nothing is. */
export const templateProblem = (
  text: string,
  syntax: TemplateSyntax,
): { message: string; offset: number } | null => {
  if (syntax === 'literal') return null;
  try {
    parsed(text);
    return null;
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    return { message: error.message, offset: error.offset ?? 0 };
  }
};

const run = (
  text: string,
  vars: Readonly<Record<string, unknown>>,
  syntax: TemplateSyntax,
  start: Place | null,
): { text: string; missing: string[] } => {
  if (syntax === 'literal') return renderLiteral(text, vars);
  if (!text.includes('{')) return { text, missing: [] };
  try {
    return runTemplate(parsed(text), vars);
  } catch (error) {
    if (!(error instanceof TemplateProblem)) throw error;
    throw new UserError(
      {
        severity: 'error',
        code: 'template',
        place: start === null ? null : placeInText(start, text, error.offset ?? 0),
        message: error.message,
        nextStep: 'Correct the template, or put literal braces between {% raw %} and {% endraw %}',
      },
      { cause: error },
    );
  }
};

/** Where a template first mentions a name, inside its tags. */
const mention = (text: string, name: string, syntax: TemplateSyntax): number => {
  if (syntax === 'literal') return literalVariables(text).get(name) ?? 0;
  const [root = name] = name.split('.');
  for (const { source, offset } of parsed(text).tags) {
    const dotted = source.indexOf(name);
    const at = dotted >= 0 ? dotted : source.search(new RegExp(`(?<![\\w.])${root}(?!\\w)`));
    if (at >= 0) return offset + at;
  }
  return 0;
};

type Rendered = ReturnType<typeof render>;

const render = (
  prompt: Prompt,
  vars: Readonly<Record<string, unknown>>,
): { messages: Message[]; missing: { name: string; place: Place }[] } => {
  const missing = new Map<string, Place>();
  const messages = prompt.messages.map((message): Message => {
    const rendered = run(message.content, vars, prompt.syntax, message.place);
    for (const name of rendered.missing) {
      if (missing.has(name)) continue;
      missing.set(
        name,
        placeInText(message.place, message.content, mention(message.content, name, prompt.syntax)),
      );
    }
    return { role: message.role, content: rendered.text };
  });
  return { messages, missing: [...missing].map(([name, place]) => ({ name, place })) };
};

/** One text, for instance an assertion's value, with the case's variables in it. Throws a UserError without a place. */
export const renderText = (
  text: string,
  vars: Readonly<Record<string, unknown>>,
  syntax: TemplateSyntax,
): string => run(text, vars, syntax, null).text;

/** Names that a text reads; none for a text that does not parse. */
export const textVariables = (text: string, syntax: TemplateSyntax): ReadonlySet<string> => {
  if (syntax === 'literal') return new Set(literalVariables(text).keys());
  return text.includes('{') && templateProblem(text, syntax) === null ? parsed(text).variables : new Set();
};

/** Names that any message of the prompt reads, sorted. */
export const templateVariables = (prompt: Pick<Prompt, 'messages' | 'syntax'>): string[] =>
  [
    ...new Set(
      prompt.messages.flatMap(({ content }: TemplateMessage) => [...textVariables(content, prompt.syntax)]),
    ),
  ].toSorted();

/** Names of variables that no message of the prompt mentions, in the case's order. */
export const unusedVariables = (prompt: Prompt, vars: Readonly<Record<string, unknown>>): string[] => {
  const read = new Set(templateVariables(prompt));
  return Object.keys(vars).filter((name) => !read.has(name));
};

/** A case is checked, asked and shown with the same messages; short ones are kept for as long as its variables live. */
const renderedBefore = new WeakMap<object, Map<Prompt, Rendered>>();
const maxKept = 8_000;

/**
 * The prompt's messages with the case's variables in them, and what it asked for in vain. Throws a located UserError
 * for a template that cannot be rendered; never runs anything but the template.
 */
export const renderPrompt = (prompt: Prompt, vars: Readonly<Record<string, unknown>>): Rendered => {
  const ofVars = renderedBefore.get(vars) ?? new Map<Prompt, Rendered>();
  const known = ofVars.get(prompt);
  if (known !== undefined) return known;
  const rendered = render(prompt, vars);
  if (rendered.messages.reduce((sum, { content }) => sum + content.length, 0) > maxKept) return rendered;
  ofVars.set(prompt, rendered);
  renderedBefore.set(vars, ofVars);
  return rendered;
};
