import type { Semantic } from '../model/run.ts';
import { compareAnswers } from './semantic/compare-answers.ts';

/**
 * Compares answers and remembers what it found: the same pair of texts stands in many cells of a matrix.
 * The alignment stays inside; reports need the reasons.
 */
export const createComparer = (): ((baseline: string, candidate: string) => Semantic) => {
  const known = new Map<string, Map<string, Semantic>>();
  return (baseline, candidate) => {
    if (baseline === candidate) return { severity: 'none', reasons: [], similarity: 1 };
    const row = known.get(baseline) ?? new Map<string, Semantic>();
    known.set(baseline, row);
    const found = row.get(candidate);
    if (found !== undefined) return found;
    const { severity, reasons, similarity } = compareAnswers(baseline, candidate);
    const semantic = { severity, reasons, similarity };
    row.set(candidate, semantic);
    return semantic;
  };
};
