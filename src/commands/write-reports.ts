import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { RunResult } from '../model/run.ts';
import { renderAnnotations } from '../reports/annotations.ts';
import { renderJson } from '../reports/json.ts';
import { type ReportContext, reports } from '../reports/reports.ts';
import { renderTerminal } from '../reports/terminal.ts';
import { renderWorkflowCommands } from '../reports/workflow-commands.ts';

type TerminalOptions = Parameters<typeof renderTerminal>[1];

/** What stdout gets, by `--format`. */
export const printers = {
  pretty: renderTerminal,
  json: (result: RunResult) => renderJson(result),
  github: (result: RunResult) => renderWorkflowCommands(renderAnnotations(result)),
} satisfies Record<string, (result: RunResult, options: TerminalOptions) => string>;

/**
 * Writes every report into `folder` and returns their absolute paths by report name. The default folder lies
 * in `.assay`, which ignores itself, so that nobody commits a report by accident.
 */
export const writeReports = async (
  result: RunResult,
  folder: string,
  cwd: string,
  context: ReportContext,
): Promise<Record<string, string>> => {
  const target = resolve(cwd, folder);
  await mkdir(target, { recursive: true });
  const parent = resolve(target, '..');
  if (basename(parent) === '.assay') await writeFile(join(parent, '.gitignore'), '*\n');
  const written = await Promise.all(
    Object.entries(reports).map(async ([name, report]) => {
      const path = join(target, report.file);
      await writeFile(path, report.render(result, context));
      return [name, path] as const;
    }),
  );
  return Object.fromEntries(written);
};
