import { type Block, type Page, pages } from './markdown.ts';

/** One command that a page tells its reader to type. */
export type CommandLine = { readonly at: string; readonly words: readonly string[] };

/** Words of a shell line; quotes are taken off, a comment ends it. Nothing is expanded. */
export const wordsOf = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(#.*$)|([^\s"'#][^\s"']*)/g)]
    .filter((match) => match[3] === undefined)
    .map((match) => match[1] ?? match[2] ?? match[4] ?? '');

const commandsIn = (line: string, at: string): CommandLine[] =>
  line
    .split(/ && /)
    .map((command) => ({ at, words: wordsOf(command.trim()) }))
    .filter(({ words }) => words.length > 0);

const inBlock = ({ language, text, file, line }: Block): CommandLine[] =>
  /^(sh|bash|shell|console)$/.test(language)
    ? text.split('\n').flatMap((command, index) => commandsIn(command, `${file}:${line + index}`))
    : [];

/** Blocks made by indentation have no language: those of a known program are commands. */
const indented = ({ file, text }: Page): CommandLine[] =>
  text
    .split('\n')
    .flatMap((line, index) =>
      /^ {4}(npm|npx|assay|git) /.test(line) ? commandsIn(line, `${file}:${index + 1}`) : [],
    );

/** Every command on every page. */
export const commandLines: readonly CommandLine[] = pages.flatMap((page) => [
  ...page.blocks.flatMap(inBlock),
  ...indented(page),
]);

/** The arguments of `assay …` and `npx assay …`; null: another program. */
export const assayArguments = ({ words }: CommandLine): readonly string[] | null => {
  const own = words[0] === 'npx' ? words.slice(1) : words;
  return own[0] === 'assay' ? own.slice(1) : null;
};
