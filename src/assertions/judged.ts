import type { Assertion } from '../model/suite.ts';

const judgedTypes: ReadonlySet<string> = new Set(['llm-rubric', 'llm-choices', 'llm-pairwise']);

/** Whether a check asks another model, which costs calls of its own. */
export const isJudged = ({ type }: Pick<Assertion, 'type'>): boolean => judgedTypes.has(type);
