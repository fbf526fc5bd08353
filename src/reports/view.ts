import { type Outcome, type RunResult, signs } from '../model/run.ts';
import { caseLists } from './case-lists.ts';
import { footerOf } from './footer.ts';
import { headlineOf } from './headline.ts';
import type { ReportLinks } from './links.ts';
import { type MatrixView, matrixOf } from './matrix-view.ts';
import { type MeaningView, meaningOf } from './meaning-view.ts';
import { notesOf } from './notes.ts';
import { furtherReasonsOf, reasonsOf, remarksOf } from './reasons.ts';
import { type PromptChange, promptChangesOf } from './prompt-changes.ts';
import { plainText, type Sentence } from './sentence.ts';
import { statisticsOf } from './statistics-view.ts';
import { type BrokenCase, brokenCasesOf } from './worst-cases.ts';

export type { ReportLinks } from './links.ts';
export { plainText, type Quoted, type Sentence } from './sentence.ts';

/** One reason of the verdict. `sign` is that of the outcome it asks for; `·` where it does not block. */
export type ReasonView = {
  readonly sign: string;
  readonly message: Sentence;
  readonly blocking: boolean;
  /** Ids of the cells that it is about; may be empty. */
  readonly cells: readonly string[];
};

/** A case in one of the lists: what it is, where it stands, and a sentence on what became of it. */
export type CaseLine = {
  /** `suite › description of the case`. Written by users. */
  readonly name: string;
  /** How many more cases this line speaks for; the first is named. */
  readonly others: number;
  /** `haiku`, `all 3 models`. */
  readonly models: Sentence;
  /** `2 of 3 trials passed`, `haiku: 429 Too many requests`. */
  readonly what: Sentence;
  readonly file: string;
  readonly line: number;
  /** The first cell of the case, for a deep link. */
  readonly cell: string;
};

export type CaseLists = {
  readonly flaky: readonly CaseLine[];
  readonly undecided: readonly CaseLine[];
  readonly fixed: readonly CaseLine[];
  /** Failed before, fail still. */
  readonly alreadyFailing: readonly CaseLine[];
  /** Failing, but in quarantine, expected to fail, or of severity `warn`. */
  readonly notGating: readonly CaseLine[];
  /** Marked `expectFail` and passing: the mark can go. */
  readonly expectFailFixed: readonly CaseLine[];
};

/** One thing that the pull request did to its own tests. */
export type TamperingRow = {
  /** `!` where it loosens, `·` where it does not. */
  readonly sign: string;
  readonly weakening: boolean;
  readonly message: string;
  readonly file: string;
  readonly line: number | null;
};

export type WarningRow = {
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
};

/**
 * What every report shows, in the order in which a reader needs it. Renderers decide on markup and on how much
 * they show; none of them derives a fact of its own. Words of others are `Sentence` parts under `quoted`, or
 * fields whose comment says so, and are untrusted.
 */
export type ReportView = {
  readonly outcome: Outcome;
  /** ✓ ✗ ? ! */
  readonly sign: string;
  /** `✗ 2 cases broke on haiku. Merging is blocked.`: sign and headline as plain text, at most 250 characters. */
  readonly title: string;
  readonly headline: Sentence;
  /** Why, in one sentence; null where the headline says it all. */
  readonly lead: Sentence | null;
  /** The one next action, in lower case and without a full stop; null: there is nothing to do. */
  readonly nextStep: Sentence | null;
  /** Blocking reasons that the headline does not say already. */
  readonly furtherReasons: readonly ReasonView[];
  /** Reasons that do not block and that no list of this view shows. */
  readonly remarks: readonly ReasonView[];
  /** All of the verdict's, the deciding ones first. */
  readonly reasons: readonly ReasonView[];
  /** What a reader has to know before trusting the numbers: first run, no language model, nothing changed. */
  readonly notes: readonly Sentence[];
  /** At most three, the worst first: critical, then those that broke on the most models. */
  readonly worst: readonly BrokenCase[];
  /** The other broken cases, in the same order. */
  readonly moreBroken: readonly BrokenCase[];
  readonly matrix: MatrixView;
  /** One sentence a column whose pass rate moved, the surest first. */
  readonly statistics: readonly Sentence[];
  readonly meaning: MeaningView;
  readonly promptChanges: readonly PromptChange[];
  readonly tampering: readonly TamperingRow[];
  readonly lists: CaseLists;
  readonly warnings: readonly WarningRow[];
  /** `160 cases × 3 models, both sides`, `412 calls, 548 from cache`, …: joined by ` · `. */
  readonly footer: readonly Sentence[];
  readonly links: ReportLinks;
};

const maxTitle = 250;

/** The one view model of all reports. Pure; the same result gives the same view. */
export const buildView = (result: RunResult, links: ReportLinks): ReportView => {
  const { outcome } = result.verdict;
  const sign = signs[outcome];
  const broken = brokenCasesOf(result);
  const lists = caseLists(result);
  const { headline, lead, nextStep } = headlineOf(result);
  const title = Array.from(`${sign} ${plainText(headline)}`);
  return {
    outcome,
    sign,
    title: title.length <= maxTitle ? title.join('') : `${title.slice(0, maxTitle - 1).join('')}…`,
    headline,
    lead,
    nextStep,
    furtherReasons: furtherReasonsOf(result),
    remarks: remarksOf(result),
    reasons: reasonsOf(result),
    notes: notesOf(result),
    worst: broken.slice(0, 3),
    moreBroken: broken.slice(3),
    matrix: matrixOf(result),
    statistics: statisticsOf(result),
    meaning: meaningOf(result),
    promptChanges: promptChangesOf(result),
    tampering: tamperingRows(result),
    lists,
    warnings: result.warnings.map(({ message, file, line }) => ({ message, file, line })),
    footer: footerOf(result),
    links,
  };
};

const tamperingRows = ({ tampering }: RunResult): TamperingRow[] =>
  tampering
    .map(({ weakening, message, file, line }) => ({
      sign: weakening ? '!' : '·',
      weakening,
      message,
      file,
      line,
    }))
    .toSorted((a, b) => Number(b.weakening) - Number(a.weakening));
