import type { RunResult } from '../model/run.ts';
import { noLinks } from './error-report.ts';
import { excerpts } from './excerpts.ts';
import { plainText } from './sentence.ts';
import { buildView, type CaseLine, type ReportView } from './view.ts';
import { cut, normalLines, visible } from './visible-text.ts';

/** A remark on lines of a file, as GitHub's check runs take it. */
export type Annotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly level: 'failure' | 'warning' | 'notice';
  /** At most 255 characters, one line. */
  readonly title: string;
  /** Plain text, at most 64 KB. */
  readonly message: string;
};

/** Four requests' worth: nobody reads more in a diff, and the report has all of them. */
const most = 200;
/** GitHub takes 64 KB; 16,000 code points never exceed it. */
const maxMessage = 16_000;

/** Remarks on the lines of broken cases, of what loosens the tests, of changed prompts and of warnings, worst first. */
export const renderAnnotations = (result: RunResult): Annotation[] => {
  const view = buildView(result, noLinks);
  const { lists } = view;
  return [
    ...brokenRemarks(view),
    ...tamperingRemarks(view),
    ...lists.undecided.map((line) => caseRemark(line, 'warning', 'Undecided')),
    ...lists.flaky.map((line) => caseRemark(line, 'warning', 'Flaky')),
    ...lists.alreadyFailing.map((line) => caseRemark(line, 'notice', 'Failing before and now')),
    ...warningRemarks(view),
    ...promptRemarks(view),
  ].slice(0, most);
};

type Remark = Omit<Annotation, 'startLine' | 'endLine'> & { readonly line: number | null };

const annotation = ({ line, title, message, ...rest }: Remark): Annotation => ({
  ...rest,
  startLine: Math.max(1, line ?? 1),
  endLine: Math.max(1, line ?? 1),
  title: cutUnits(visible(normalLines(title)).replaceAll('\n', ' '), 255),
  message: cut(visible(normalLines(message)), maxMessage),
});

/** GitHub counts characters in an unknown way, so the strictest, UTF-16 units, is kept. */
const cutUnits = (text: string, units: number): string =>
  text.length <= units
    ? text
    : `${text
        .slice(0, units - 1)
        .toWellFormed()
        .replace(/\ufffd$/, '')}…`;

const brokenRemarks = (view: ReportView): Annotation[] =>
  [...view.worst, ...view.moreBroken].slice(0, most).map((broken) => {
    const [before, now] = excerpts(broken.before, broken.now, 1000);
    const answers = [
      `asked: ${cut(broken.asked, 500)}`,
      ...(before === null ? [] : [`before: ${before}`]),
      `now: ${now ?? '(no answer)'}`,
      ...broken.why.slice(0, 10).map((sentence) => cut(plainText(sentence), 500)),
    ];
    return annotation({
      path: broken.file,
      line: broken.line,
      level: 'failure',
      title: `Broke on ${plainText(broken.models)}: ${broken.name}`,
      message: answers.join('\n'),
    });
  });

const tamperingRemarks = ({ tampering }: ReportView): Annotation[] =>
  tampering
    .filter(({ weakening }) => weakening)
    .slice(0, most)
    .map(({ file, line, message }) =>
      annotation({
        path: file,
        line,
        level: 'warning',
        title: 'This loosens the tests',
        message,
      }),
    );

const caseRemark = (
  { name, models, what, file, line }: CaseLine,
  level: Annotation['level'],
  title: string,
): Annotation =>
  annotation({
    path: file,
    line,
    level,
    title: `${title} on ${plainText(models)}: ${name}`,
    message: plainText(what),
  });

const warningRemarks = ({ warnings }: ReportView): Annotation[] =>
  warnings
    .slice(0, most)
    .flatMap(({ file, line, message }) =>
      file === null ? [] : [annotation({ path: file, line, level: 'warning', title: 'Warning', message })],
    );

const promptRemarks = ({ promptChanges, worst, moreBroken }: ReportView): Annotation[] => {
  const broken = worst.length + moreBroken.length;
  return promptChanges
    .filter(({ kind }) => kind !== 'removed')
    .flatMap(({ path, label, sections }) =>
      sections
        .filter(({ line }) => line !== null)
        .map(({ line, title }) =>
          annotation({
            path,
            line,
            level: 'notice',
            title: `Changed: ${title} of ${label}`,
            message:
              broken === 0
                ? 'This change was tested; nothing broke.'
                : `This change was tested; ${broken} of the cases broke.`,
          }),
        ),
    );
};
