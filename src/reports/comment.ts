import type { Finding } from '../model/errors.ts';
import type { RunResult } from '../model/run.ts';
import { commentLevels } from './detail.ts';
import { errorBody } from './error-report.ts';
import { fitting, type Room } from './fitting.ts';
import type { ReportLinks } from './links.ts';
import { markdownBody } from './markdown-body.ts';
import { renderMarker } from './marker.ts';
import { buildView } from './view.ts';

export { type Marker, parseMarker } from './marker.ts';

export type CommentOptions = {
  /** Keys the comment, so that two workflows never overwrite each other's. */
  readonly id: string;
  /** null: not in a workflow. */
  readonly runNumber: number | null;
  readonly links: ReportLinks;
};

/** What GitHub takes, with room to spare: its error text says 65,536 characters, the oldest limit is in bytes. */
export const commentRoom: Room = { characters: 60_000, bytes: 65_535 };

/**
 * The pull-request comment (comment.md): the marker on the first line, a verdict that stands alone, the worst
 * cases, the matrix, the rest folded. Too much is answered with less detail from the least severe end; what is
 * left out is counted, with the place where it is.
 */
export const renderComment = (result: RunResult, { id, runNumber, links }: CommentOptions): string => {
  const view = buildView(result, links);
  const marker = renderMarker(id, links.sha ?? result.head.sha, runNumber);
  return fitting(commentLevels, commentRoom, (detail) => `${marker}\n${markdownBody(view, detail)}`);
};

/** The comment of a run without a result: bad configuration (its findings), or a run that broke (none). */
export const renderErrorComment = (
  findings: readonly Finding[],
  { id, runNumber, links }: CommentOptions,
): string => `${renderMarker(id, links.sha, runNumber)}\n${errorBody(findings, links, 15)}`;
