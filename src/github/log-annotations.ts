import type { CheckAnnotation } from './check.ts';

/** The runner keeps the first ten of each kind in a step, and cuts a message at 4,096 characters. */
const perLevel = 10;
const maxMessageCharacters = 4096;

type Properties = { title: string; file: string; startLine: number; endLine: number };
type Log = Record<'error' | 'warning' | 'notice', (message: string, properties: Properties) => void>;

const commands = { failure: 'error', warning: 'warning', notice: 'notice' } as const satisfies Record<
  CheckAnnotation['level'],
  keyof Log
>;

/**
 * Annotations by way of the log, for a token that may not write a check run. `log` is @actions/core, which
 * escapes what a message holds: whatever a model wrote, no line of it becomes a command to the runner.
 */
export const logAnnotations = (log: Log, annotations: readonly CheckAnnotation[]): void => {
  const used = { failure: 0, warning: 0, notice: 0 };
  for (const { path, startLine, endLine, level, title, message } of annotations) {
    if (used[level] >= perLevel) continue;
    used[level] += 1;
    const properties = { title, file: path, startLine, endLine };
    log[commands[level]](message.slice(0, maxMessageCharacters), properties);
  }
};
