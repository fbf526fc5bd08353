import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { RunResult } from '../model/run.ts';
import { prepareFolder } from './report-folder.ts';
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
  const target = await prepareFolder(folder, cwd);
  const parent = resolve(target, '..');
  if (basename(parent) === '.assay') await writeFile(join(parent, '.gitignore'), '*\n');
  const written: [string, string][] = [];
  // One after the other: together the reports of a large run are many times its results.
  for (const [name, report] of Object.entries(reports)) {
    const path = join(target, report.file);
    await writeFile(path, report.render(result, context));
    written.push([name, path]);
  }
  return Object.fromEntries(written);
};
