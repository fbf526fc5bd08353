import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { oneLine } from './failure.ts';

export type ArtifactRequest = {
  /** Of the artifact with the results; the report is beside it as `<id>-report.html`. */
  readonly name: string;
  readonly id: string;
  /** Absolute paths below `folder`. */
  readonly files: readonly string[];
  readonly folder: string;
  /** The HTML report, uploaded unzipped so that a browser opens it; null: none. */
  readonly reportPath: string | null;
  /** `<server>/<owner>/<repo>/actions/runs/<id>`: the artifacts' addresses begin with it. */
  readonly runUrl: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The whole upload is given up after this long. */
  readonly timeoutMs?: number;
};

export type ArtifactResult = {
  readonly resultsUrl: string | null;
  readonly reportUrl: string | null;
  /** What was skipped or failed, a line each. */
  readonly notes: readonly string[];
};

const nothing = { resultsUrl: null, reportUrl: null };

/** Uploads the results as one artifact and the HTML report as another. Never throws: the verdict does not depend on it. */
export const uploadArtifacts = async (request: ArtifactRequest): Promise<ArtifactResult> => {
  const { env } = request;
  if (!env['ACTIONS_RUNTIME_TOKEN'] || !env['ACTIONS_RESULTS_URL'])
    return { ...nothing, notes: ['No artifact: this runner offers no artifact service.'] };
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    const giveUp = () => reject(new Error('the artifact service took too long'));
    timer = setTimeout(giveUp, request.timeoutMs ?? 60_000);
  });
  try {
    return await Promise.race([upload(request), deadline]);
  } catch (error) {
    return { ...nothing, notes: [`No artifact: ${oneLine(error)}. The verdict is unaffected.`] };
  } finally {
    clearTimeout(timer);
  }
};

type ArtifactClient = import('@actions/artifact').ArtifactClient;

const upload = async (request: ArtifactRequest): Promise<ArtifactResult> => {
  const { DefaultArtifactClient } = await import('@actions/artifact');
  const client = new DefaultArtifactClient();
  const urlOf = (id: number | undefined): string | null =>
    id === undefined || request.runUrl === null ? null : `${request.runUrl}/artifacts/${id}`;
  const report = request.reportPath === null ? null : await uploadReport(client, request, request.reportPath);
  const results = await replaceArtifact(client, request.name, request.files, request.folder, {});
  return { resultsUrl: urlOf(results), reportUrl: report === null ? null : urlOf(report), notes: [] };
};

/** An unzipped artifact is called like its file, so the report is copied to the name that it shall have. */
const uploadReport = async (
  client: ArtifactClient,
  { id, env }: ArtifactRequest,
  reportPath: string,
): Promise<number | undefined> => {
  const folder = await mkdtemp(join(env['RUNNER_TEMP'] || tmpdir(), 'assay-report-'));
  try {
    const file = join(folder, `${id}-report.html`);
    await copyFile(reportPath, file);
    return await replaceArtifact(client, `${id}-report.html`, [file], folder, { skipArchive: true });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** A re-run of a job finds the artifact of its earlier attempt: it is replaced. */
const replaceArtifact = async (
  client: ArtifactClient,
  name: string,
  files: readonly string[],
  folder: string,
  options: { skipArchive?: boolean },
): Promise<number | undefined> => {
  try {
    return (await client.uploadArtifact(name, [...files], folder, options)).id;
  } catch (error) {
    if (!/\b409\b|already exists|conflict/i.test(String((error as Error).message))) throw error;
    await client.deleteArtifact(name);
    return (await client.uploadArtifact(name, [...files], folder, options)).id;
  }
};
