import { relative } from 'node:path';
import { exitCodes } from '../model/run.ts';
import { prepareFolder } from './report-folder.ts';
import { runTest } from './test.ts';
import type { TestOptions } from './test-options.ts';
import type { World } from './world.ts';

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
  await prepareFolder(out, world.cwd);
  const { result, repository, cancelled } = await runTest(options, world);
  const { printers, writeReports } = await import('./write-reports.ts');
  const links = {
    repositoryUrl: await repository.webUrl(),
    sha: result.head.sha,
    runUrl: null,
    reportUrl: null,
  };
  const files = await writeReports(result, out, world.cwd, { id: 'assay', runNumber: null, links });
  world.stdout(printers[format](result, { color: world.color, width: world.width, links }));
  if (format !== 'json') {
    const shown = (path: string | undefined): string =>
      path === undefined ? '' : relative(world.cwd, path) || path;
    world.stderr(`report   ${shown(files['html'])}\nresults  ${shown(files['results'])}\n`);
  }
  return cancelled ? 130 : exitCodes[result.verdict.outcome];
};
