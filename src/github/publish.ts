import { uploadArtifacts } from './artifact.ts';
import { type CheckAnnotation, type CheckConclusion, publishCheck } from './check.ts';
import type { GitHubClient } from './client.ts';
import { upsertComment } from './comment.ts';
import { describeFailure, oneLine } from './failure.ts';
import { harmlessLog } from './harmless-log.ts';
import type { ActionInputs } from './inputs.ts';
import { logAnnotations } from './log-annotations.ts';
import { withoutMarker } from './marker.ts';
import type { Trigger } from './trigger.ts';

/** What the reports made for GitHub. */
export type Rendered = {
  readonly comment: string;
  readonly summary: string;
  readonly annotations: readonly CheckAnnotation[];
  /** Of the check run: the verdict as a sentence. */
  readonly title: string;
  readonly conclusion: CheckConclusion;
};

/** Addresses that are known only after the upload; null: there is no such thing. */
export type PublishedLinks = {
  readonly runUrl: string | null;
  readonly reportUrl: string | null;
  readonly resultsUrl: string | null;
};

export type PublishInput = {
  readonly trigger: Trigger;
  readonly inputs: Pick<ActionInputs, 'id' | 'comment' | 'annotations' | 'artifact' | 'shard'>;
  /** null: no token. */
  readonly client: GitHubClient | null;
  /** A function where the text links to the uploaded report. */
  readonly rendered: Rendered | ((links: PublishedLinks) => Rendered);
  readonly outputs: Readonly<Record<string, string>>;
  /** Absolute paths of what goes into the artifact, and the folder that they lie in. */
  readonly files: readonly string[];
  readonly folder: string;
  readonly reportPath: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
};

export type PublishResult = {
  /** What could not be written, a line each; they stand in the job summary, too. */
  readonly notes: readonly string[];
  readonly commentUrl: string | null;
  readonly links: PublishedLinks;
};

/** The address of this workflow run; null: the runner did not say which it is. */
export const runUrlOf = ({ serverUrl, repository, runId }: Trigger): string | null =>
  serverUrl === '' || runId === 0
    ? null
    : `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`;

/** The commit that the run judges; null: this event has none to report on. */
export const headShaOf = (trigger: Trigger): string | null => {
  switch (trigger.kind) {
    case 'pullRequest':
    case 'mergeGroup':
    case 'workflowRun':
      return trigger.headSha;
    case 'push':
      return trigger.after;
    default:
      return null;
  }
};

/**
 * Leaves the run's traces on GitHub: artifact, comment, check run, job summary, outputs. Each of them may fail
 * without touching the others or the verdict; what failed stands as one line in the summary. A shard leaves
 * only its artifact, summary and outputs: the job that merges the shards speaks for all. Never throws.
 */
export const publishRun = async (input: PublishInput): Promise<PublishResult> => {
  const notes: string[] = [];
  const links = await publishArtifacts(input, notes);
  const rendered = typeof input.rendered === 'function' ? input.rendered(links) : input.rendered;
  const whole = input.inputs.shard === null;
  const commentUrl = whole ? await publishComment(input, rendered, notes) : null;
  const annotated = whole && (await publishCheckRun(input, rendered, links, notes));
  const core = await import('@actions/core');
  if (!annotated && input.inputs.annotations === 'on') logAnnotations(core, rendered.annotations);
  await publishSummary(rendered, notes);
  for (const note of notes) core.info(harmlessLog(`Assay: ${note}`));
  const outputs = { ...input.outputs, 'comment-url': commentUrl ?? '' };
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  return { notes, commentUrl, links };
};

const publishArtifacts = async (input: PublishInput, notes: string[]): Promise<PublishedLinks> => {
  const runUrl = runUrlOf(input.trigger);
  const { id, shard, artifact } = input.inputs;
  if (artifact === 'off' || input.files.length === 0) return { runUrl, reportUrl: null, resultsUrl: null };
  const { notes: more, ...urls } = await uploadArtifacts({
    name: shard === null ? `${id}-results` : `${id}-results-${shard.index}-of-${shard.of}`,
    id,
    files: input.files,
    folder: input.folder,
    reportPath: shard === null ? input.reportPath : null,
    runUrl,
    env: input.env,
  });
  notes.push(...more);
  return { runUrl, ...urls };
};

const isFork = (trigger: Trigger): boolean => trigger.kind === 'pullRequest' && trigger.fromFork;

const publishComment = async (
  { trigger, inputs, client }: PublishInput,
  rendered: Rendered,
  notes: string[],
): Promise<string | null> => {
  if (trigger.kind !== 'pullRequest' || inputs.comment === 'off') return null;
  if (client === null) {
    notes.push('The comment was not written: there is no token. The verdict is unaffected.');
    return null;
  }
  try {
    const { url, action } = await upsertComment(client, {
      number: trigger.number,
      id: inputs.id,
      body: rendered.comment,
      headSha: trigger.headSha,
      runNumber: trigger.runNumber,
    });
    if (action === 'skipped-newer')
      notes.push('The comment was left alone: a newer commit or run has taken this one’s place.');
    return url;
  } catch (error) {
    notes.push(describeFailure('comment', error, isFork(trigger)));
    return null;
  }
};

/** Whether the check run, and with it the annotations, is there. */
const publishCheckRun = async (
  { trigger, inputs, client }: PublishInput,
  rendered: Rendered,
  links: PublishedLinks,
  notes: readonly string[] & { push(note: string): number },
): Promise<boolean> => {
  const headSha = headShaOf(trigger);
  if (headSha === null || client === null) return false;
  try {
    await publishCheck(client, {
      name: `${inputs.id} report`,
      headSha,
      conclusion: rendered.conclusion,
      title: rendered.title,
      summary: withNotes(withoutMarker(rendered.comment), notes),
      annotations: inputs.annotations === 'on' ? rendered.annotations : [],
      detailsUrl: links.runUrl,
      externalId: `assay:${inputs.id}`,
    });
    return true;
  } catch (error) {
    notes.push(describeFailure('check', error, isFork(trigger)));
    return false;
  }
};

/** GitHub refuses a step's summary above this. */
const maxSummaryBytes = 1_048_576;

const publishSummary = async (rendered: Rendered, notes: string[]): Promise<void> => {
  const core = await import('@actions/core');
  const text = withNotes(rendered.summary, notes);
  const fits = Buffer.byteLength(text) <= maxSummaryBytes;
  try {
    // The comment has its own, far lower cap, and is whole Markdown: cutting the summary could open a fence.
    const content = fits ? text : withNotes(withoutMarker(rendered.comment), notes);
    await core.summary.addRaw(content, true).write();
  } catch (error) {
    notes.push(`The job summary was not written: ${oneLine(error)}. The verdict is unaffected.`);
  }
};

/** The notes as quoted lines under the text. */
const withNotes = (text: string, notes: readonly string[]): string =>
  notes.length === 0 ? text : `${text.trimEnd()}\n\n${notes.map((note) => `> ${note}`).join('\n>\n')}\n`;
