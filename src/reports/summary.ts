import type { Finding } from '../model/errors.ts';
import type { RunResult } from '../model/run.ts';
import { summaryLevels } from './detail.ts';
import { errorBody, noLinks } from './error-report.ts';
import { fitting } from './fitting.ts';
import type { ReportLinks } from './links.ts';
import { markdownBody } from './markdown-body.ts';
import { buildView } from './view.ts';

/** GitHub refuses a step's summary above 1 MiB; some room is left for notes of the publisher. */
const bytes = 1_000_000;

/** The job summary: the comment's content, with far more of it. */
export const renderSummary = (result: RunResult, { links }: { readonly links: ReportLinks }): string => {
  const view = buildView(result, links);
  return fitting(summaryLevels, { characters: bytes, bytes }, (detail) => markdownBody(view, detail));
};

/** The job summary of a run without a result. */
export const renderErrorSummary = (findings: readonly Finding[], links: ReportLinks = noLinks): string =>
  errorBody(findings, links, 200);
