import type { Annotation } from './annotations.ts';

const commands = { failure: 'error', warning: 'warning', notice: 'notice' } as const satisfies Record<
  Annotation['level'],
  string
>;

/** The runner cuts a longer message itself, in the middle of an escape. */
const maxMessage = 4000;

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/**
 * Annotations as the lines that a GitHub runner reads from a log (`::error file=…,line=…,title=…::message`).
 * Escaped, so that no text of others becomes a command of its own. Empty for no annotations.
 */
export const renderWorkflowCommands = (annotations: readonly Annotation[]): string =>
  annotations
    .map(({ path, startLine, endLine, level, title, message }) => {
      const place = `file=${escapeProperty(path)},line=${startLine},endLine=${endLine},title=${escapeProperty(title)}`;
      return `::${commands[level]} ${place}::${escapeData(message.slice(0, maxMessage).toWellFormed())}\n`;
    })
    .join('');
