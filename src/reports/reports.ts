import type { RunResult } from '../model/run.ts';
import { type CommentOptions, renderComment } from './comment.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderSummary } from './summary.ts';

/** What a report may need to know besides the result. */
export type ReportContext = CommentOptions;

export type Report = {
  /** The file's name in the folder of `--out`. */
  readonly file: string;
  readonly render: (result: RunResult, context: ReportContext) => string;
};

/** The reports that are written as files. A new one is a file in this room and a line here. */
export const reports = {
  results: { file: 'results.json', render: renderJson },
  html: { file: 'report.html', render: (result, { links }) => renderHtml(result, links) },
  junit: { file: 'junit.xml', render: renderJunit },
  comment: { file: 'comment.md', render: renderComment },
  summary: { file: 'summary.md', render: renderSummary },
} as const satisfies Record<string, Report>;
