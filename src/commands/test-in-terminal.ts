import { relative } from 'node:path';
import { exitCodes } from '../model/run.ts';
import { renderAnnotations } from '../reports/annotations.ts';
import { renderJson } from '../reports/json.ts';
import { renderTerminal } from '../reports/terminal.ts';
import { renderWorkflowCommands } from '../reports/workflow-commands.ts';
import { runTest } from './test.ts';
import type { TestOptions } from './test-options.ts';
import type { World } from './world.ts';
import { writeReports } from './write-reports.ts';

export type TerminalTest = {
  readonly options: TestOptions;
  /** Folder of the reports, relative to where the command was started. */
  readonly out: string;
  readonly format: 'pretty' | 'json' | 'github';
};

/** `assay test`: runs, writes the reports, prints one of them on stdout. Resolves to the exit code. */
export const testInTerminal = async (
  { options, out, format }: TerminalTest,
  world: World,
): Promise<number> => {
  const { result, repository, cancelled } = await runTest(options, world);
  const links = {
    repositoryUrl: await repository.webUrl(),
    sha: result.head.sha,
    runUrl: null,
    reportUrl: null,
  };
  const files = await writeReports(result, out, world.cwd, { id: 'assay', runNumber: null, links });
  const printers = {
    pretty: () => renderTerminal(result, { color: world.color, width: world.width, links }),
    json: () => renderJson(result),
    github: () => renderWorkflowCommands(renderAnnotations(result)),
  };
  world.stdout(printers[format]());
  if (format !== 'json') {
    const shown = (path: string | undefined): string =>
      path === undefined ? '' : relative(world.cwd, path) || path;
    world.stderr(`report   ${shown(files['html'])}\nresults  ${shown(files['results'])}\n`);
  }
  return cancelled ? 130 : exitCodes[result.verdict.outcome];
};
