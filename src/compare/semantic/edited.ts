import type { Comparison, Draft } from './comparison.ts';
import type { Work } from './edit-work.ts';
import { explainConditions } from './edited-conditions.ts';
import { explainWords } from './exchanged-words.ts';
import { explainModality } from './modal-words.ts';
import { explainPolarity } from './polarity.ts';
import { explainSubjects } from './subjects.ts';

/**
 * Reasons within one sentence that was edited rather than reworded. The words that differ are explained one kind
 * after the other: negations, opposites, how sure and how many, conditions; what is left is a word in the place of
 * another, or something added.
 */
export const editedReasons = (comparison: Comparison): Draft[] =>
  comparison.pairs.flatMap((pair) => {
    if (pair.edit?.near !== true || pair.a.print === pair.b.print) return [];
    const work: Work = { pair, edit: pair.edit, explained: new Set(), drafts: [] };
    explainPolarity(work);
    explainConditions(work, comparison);
    explainModality(work);
    explainSubjects(work);
    explainWords(work, comparison);
    return work.drafts;
  });
