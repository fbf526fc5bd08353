import type { Fact, Knowledge } from './knowledge.ts';
import type { Ranked } from './relevance.ts';

/** Asides in brackets: they explain, so a concise answer does without. Those with a number are facts. */
const bracketedAside =
  / \((?:that is|i\.e\.|e\.g\.|meaning|which means|for example|in other words|also called)[^()]{1,200}\)/gi;

export const withoutAsides = (text: string): string => text.replace(bracketedAside, '');

/** The sentence behind a chosen one if it only explains it. */
const asideOf = (knowledge: Knowledge, index: number): Fact | null => {
  const next = knowledge.facts[index + 1];
  return next?.kind === 'aside' && next.section === knowledge.facts[index]?.section ? next : null;
};

/** Which definitions go behind which fact. The fact that answers best has its terms explained first. */
const definitionsOf = (
  knowledge: Knowledge,
  chosen: readonly Ranked[],
  maxDefinitions: number,
): ReadonlyMap<Fact, readonly Fact[]> => {
  const untold = new Set(knowledge.facts.filter(({ kind }) => kind === 'definition'));
  for (const { fact } of chosen) untold.delete(fact);
  const found = new Map<Fact, Fact[]>();
  let left = maxDefinitions;
  for (const { fact } of chosen.toSorted((a, b) => b.score - a.score)) {
    const own = [...untold]
      .filter(({ terms }) => terms.some((term) => fact.line.includes(term)))
      .slice(0, left);
    for (const definition of own) untold.delete(definition);
    left -= own.length;
    found.set(fact, own);
  }
  return found;
};

/**
 * The chosen facts with their explanations: the aside that follows a fact, and behind the first fact that uses
 * a term the sentence that defines it. Each sentence is told once.
 */
export const explained = (
  knowledge: Knowledge,
  chosen: readonly Ranked[],
  maxDefinitions: number,
): string[] => {
  const definitions = definitionsOf(knowledge, chosen, maxDefinitions);
  return chosen.flatMap(({ fact, index }) =>
    [fact, asideOf(knowledge, index), ...(definitions.get(fact) ?? [])].flatMap((told) => told?.text ?? []),
  );
};
