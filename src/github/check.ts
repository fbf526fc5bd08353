import { type GitHubClient, statusOf } from './client.ts';

/** One remark on lines of a file, as the reports make it. */
export type CheckAnnotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning' | 'notice';
  readonly title: string;
  readonly message: string;
};

export type CheckConclusion = 'success' | 'failure' | 'action_required';

export type CheckRequest = {
  readonly name: string;
  readonly headSha: string;
  readonly conclusion: CheckConclusion;
  readonly title: string;
  /** Markdown. */
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  /** Where "Details" leads. */
  readonly detailsUrl: string | null;
  /** Ours by name and by this, so that another tool's check of the same name is never touched. */
  readonly externalId: string;
};

export type CheckResult = { readonly url: string | null; readonly action: 'created' | 'updated' };

/** Limits of GitHub's REST API. */
const annotationsPerRequest = 50;
const maxTextBytes = 65_535;
const maxMessageBytes = 64 * 1024;
const maxTitleCharacters = 255;

/**
 * Reports the run as a check run on the head commit. On a re-run of the same commit the existing check run is
 * updated, and only annotations that it lacks are added: GitHub appends, it never replaces. Annotations go in
 * parts of 50. Throws octokit's error where the token may not write.
 */
export const publishCheck = async (client: GitHubClient, request: CheckRequest): Promise<CheckResult> => {
  const existing = await findCheck(client, request);
  const known = existing?.annotations ? await annotationsOf(client, existing.id) : new Set<string>();
  const wanted = request.annotations.map(toAnnotation).filter((one) => !known.has(keyOf(one)));
  const parts = chunk(wanted, annotationsPerRequest);
  const first = parts.shift() ?? [];
  const check = await write(client, request, existing?.id ?? null, first);
  for (const part of parts) await patch(client, request, check.id, part);
  return { url: check.url, action: check.action };
};

type OutputAnnotation = {
  path: string;
  start_line: number;
  end_line: number;
  annotation_level: 'failure' | 'warning' | 'notice';
  title: string;
  message: string;
};

const findCheck = async (
  { octokit, owner, repo }: GitHubClient,
  { name, headSha, externalId }: CheckRequest,
): Promise<{ id: number; annotations: number } | null> => {
  const { rest } = await octokit();
  const query = { owner, repo, ref: headSha, check_name: name, filter: 'latest', per_page: 100 } as const;
  const { check_runs: runs } = (await rest.checks.listForRef(query)).data;
  const own = runs.filter((run) => run.name === name && run.external_id === externalId);
  const latest = own.toSorted((a, b) => a.id - b.id).at(-1);
  return latest === undefined ? null : { id: latest.id, annotations: latest.output.annotations_count };
};

const annotationsOf = async (
  { octokit, owner, repo }: GitHubClient,
  checkId: number,
): Promise<Set<string>> => {
  const { paginate, rest } = await octokit();
  const all = await paginate(rest.checks.listAnnotations, {
    owner,
    repo,
    check_run_id: checkId,
    per_page: 100,
  });
  return new Set(all.map(keyOf));
};

const keyOf = (one: {
  path: string;
  start_line: number;
  end_line: number;
  title: string | null;
  message: string | null;
}): string => JSON.stringify([one.path, one.start_line, one.end_line, one.title, one.message]);

type Written = { readonly id: number; readonly url: string | null; readonly action: 'created' | 'updated' };

const write = async (
  client: GitHubClient,
  request: CheckRequest,
  id: number | null,
  annotations: OutputAnnotation[],
): Promise<Written> => {
  if (id !== null) {
    try {
      return await patch(client, request, id, annotations);
    } catch (error) {
      // The check run of another GitHub App: only its own may write it.
      const status = statusOf(error);
      if (status !== 403 && status !== 404) throw error;
    }
  }
  const { rest } = await client.octokit();
  const { data } = await rest.checks.create({
    ...fields(client, request, annotations),
    head_sha: request.headSha,
  });
  return { id: data.id, url: data.html_url, action: 'created' };
};

const patch = async (
  client: GitHubClient,
  request: CheckRequest,
  id: number,
  annotations: OutputAnnotation[],
): Promise<Written> => {
  const { rest } = await client.octokit();
  const { data } = await rest.checks.update({ ...fields(client, request, annotations), check_run_id: id });
  return { id, url: data.html_url, action: 'updated' };
};

const fields = ({ owner, repo }: GitHubClient, request: CheckRequest, annotations: OutputAnnotation[]) => ({
  owner,
  repo,
  name: request.name,
  external_id: request.externalId,
  status: 'completed' as const,
  conclusion: request.conclusion,
  ...(request.detailsUrl === null ? {} : { details_url: request.detailsUrl }),
  output: {
    title: cutCharacters(request.title, maxTitleCharacters),
    summary: cutBytes(request.summary, maxTextBytes),
    annotations,
  },
});

const toAnnotation = (annotation: CheckAnnotation): OutputAnnotation => ({
  path: annotation.path,
  start_line: Math.max(1, annotation.startLine),
  end_line: Math.max(1, annotation.startLine, annotation.endLine),
  annotation_level: annotation.level,
  title: cutCharacters(annotation.title, maxTitleCharacters),
  message: cutBytes(annotation.message, maxMessageBytes),
});

const cutCharacters = (text: string, limit: number): string => {
  const characters = [...text];
  return characters.length <= limit ? text : `${characters.slice(0, limit - 1).join('')}…`;
};

/** At most `limit` bytes of UTF-8, cut between characters. */
export const cutBytes = (text: string, limit: number): string => {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  // A cut inside a character leaves replacement characters at the end.
  return `${bytes
    .subarray(0, limit - 6)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')}…`;
};

const chunk = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
