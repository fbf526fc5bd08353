import type { CellRecord, RunResult } from '../model/run.ts';
import { counted } from './amounts.ts';
import { modelsOf, modelsPhrase } from './case-names.ts';
import type { Headline } from './headline.ts';
import { blocked } from './headline-fail.ts';
import { causeOf, ofTheSuite } from './missing-answers.ts';
import { reasonSentence } from './reasons.ts';
import type { Sentence } from './sentence.ts';

/** Cells without an answer that share the commonest cause. */
const widestCause = (open: readonly CellRecord[]): readonly CellRecord[] =>
  [...Map.groupBy(open, (cell) => causeOf(cell).key).values()].toSorted((a, b) => b.length - a.length)[0] ??
  [];

/** Reasons that are not about single cells: the message is what there is to say. */
const byReason = (result: RunResult): Headline => {
  const first = result.verdict.reasons.find(({ blocking }) => blocking);
  const nextStep: Sentence = ['re-run the job'];
  if (first === undefined) return { headline: [`No verdict. ${blocked(result)}`], lead: null, nextStep };
  if (first.code === 'cancelled')
    return { headline: [`No verdict: the run was cancelled. ${blocked(result)}`], lead: null, nextStep };
  return {
    headline: ['No verdict: ', ...reasonSentence(result, first), `. ${blocked(result)}`],
    lead: null,
    nextStep,
  };
};

const fromCells = new Set(['coverage', 'provider-silent', 'judge-broken', 'no-credentials']);

/** The headline of a run without a verdict: what is missing and what to do, not numbers. */
export const undecidedHeadline = (result: RunResult): Headline => {
  const first = result.verdict.reasons.find(({ blocking }) => blocking);
  const open = result.cells.filter(({ change }) => change === 'undecided');
  const widest = widestCause(open);
  const [cell] = widest;
  if (cell === undefined || (first !== undefined && !fromCells.has(first.code))) return byReason(result);
  const { sentence: cause, nextStep } = causeOf(cell);
  const missing = `${open.length} of ${counted(result.cells.length, 'cell')} ${open.length === 1 ? 'has' : 'have'} no answer.`;
  const ours = cause.every((part) => typeof part === 'string');
  if (ours)
    return { headline: ['No verdict: ', ...cause, `. ${blocked(result)}`], lead: [missing], nextStep };
  const kind = widest[0]?.candidate?.trials.find(({ error }) => error !== null)?.error?.kind ?? '';
  if (ofTheSuite.has(kind))
    return {
      headline: [`No verdict: ${counted(widest.length, 'cell')} can’t be judged. ${blocked(result)}`],
      lead: [...cause, ` · ${missing}`],
      nextStep,
    };
  const silent = modelsPhrase(
    widest.map(({ provider }) => provider),
    modelsOf(result),
  );
  return {
    headline:
      first?.code === 'judge-broken'
        ? [`No verdict: the judge could not be used. ${blocked(result)}`]
        : ['No verdict: ', ...silent, ` did not answer. ${blocked(result)}`],
    lead: [...cause, ` · ${missing}`],
    nextStep,
  };
};
