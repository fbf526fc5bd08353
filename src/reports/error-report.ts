import { type Finding, findingText } from '../model/errors.ts';
import { signs } from '../model/run.ts';
import { counted } from './amounts.ts';
import { type ReportLinks, safeUrl } from './links.ts';
import { fileLink } from './markdown-links.ts';
import { inlineCode } from './untrusted-markdown.ts';

export const noLinks: ReportLinks = { repositoryUrl: null, sha: null, runUrl: null, reportUrl: null };

/** Codes of findings that speak of a run that broke, not of a user's files. */
const breakdowns = new Set(['bug', 'broken-run']);

const brokeOff = (errors: readonly Finding[]): boolean =>
  errors.length === 0 || errors.some(({ code }) => breakdowns.has(code));

const headline = (errors: readonly Finding[]): string =>
  brokeOff(errors)
    ? `${signs.undecided} The run broke off. Merging is blocked.`
    : `${signs.fail} Nothing was tested: ${errors.length === 1 ? 'a problem has' : `${counted(errors.length, 'problem')} have`} to be solved first. Merging is blocked.`;

/**
 * What stands in a comment or summary when there is no result: bad configuration, or a run that broke. It says
 * so loudly, since it takes the place of an older comment that may have been green. No finding at all, or one
 * of the code `bug` or `broken-run`, means the latter.
 */
export const errorBody = (findings: readonly Finding[], links: ReportLinks, most: number): string => {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const listed = [...errors, ...findings.filter(({ severity }) => severity === 'warning')];
  const shown = listed.slice(0, most);
  const run = safeUrl(links.runUrl);
  const where = run === null ? 'the log of the job' : `[the log of the run](${run})`;
  const lines = shown.map((finding) => {
    const { place } = finding;
    const at = place === null ? '' : `${fileLink(links, place.file, place.line, 120)} · `;
    return `- ${finding.severity === 'error' ? '✗' : '·'} ${at}${inlineCode(findingText(finding), 600)}`;
  });
  const left = listed.length - shown.length;
  return [
    `### ${headline(errors)}`,
    brokeOff(errors)
      ? `Nothing is known about this commit. See ${where}, then re-run the job.`
      : `No model was called. Correct ${errors.length === 1 ? 'it' : 'them'} and push again; ${where} has the details.`,
    '',
    ...lines,
    ...(left > 0 ? [`- ${counted(left, 'more finding')} in ${where}`] : []),
    '',
  ].join('\n');
};
