import { cost, latency, length, wordCount } from './amounts.ts';
import type { AssertionKind } from './assertion-kind.ts';
import { contains, containsAll, containsAny, icontains, icontainsAll, icontainsAny } from './contains.ts';
import { equals } from './equals.ts';
import { containsJson, isJson } from './json-kinds.ts';
import { llmChoices } from './llm-choices.ts';
import { llmPairwise } from './llm-pairwise.ts';
import { llmRubric } from './llm-rubric.ts';
import { isRefusal } from './refusal.ts';
import { regex } from './regex.ts';
import { similar } from './similar.ts';
import { endsWith, startsWith } from './starts-ends.ts';

/** Every kind of assertion. Each may stand with `not-` before it. */
export const kinds = {
  equals,
  contains,
  icontains,
  'contains-any': containsAny,
  'contains-all': containsAll,
  'icontains-any': icontainsAny,
  'icontains-all': icontainsAll,
  'starts-with': startsWith,
  'ends-with': endsWith,
  regex,
  'is-json': isJson,
  'contains-json': containsJson,
  length,
  'word-count': wordCount,
  latency,
  cost,
  'is-refusal': isRefusal,
  similar,
  'llm-rubric': llmRubric,
  'llm-choices': llmChoices,
  'llm-pairwise': llmPairwise,
} satisfies Record<string, AssertionKind>;

export const assertionTypes: readonly string[] = Object.keys(kinds);

/** promptfoo's other name for what `similar` does anyway. */
const aliases: Readonly<Record<string, keyof typeof kinds>> = { 'similar:cosine': 'similar' };

/** The kind of a type without its `not-`; null: no such kind here. */
export const kindOf = (type: string): AssertionKind | null => {
  const name = Object.hasOwn(aliases, type) ? aliases[type] : type;
  return name !== undefined && Object.hasOwn(kinds, name) ? kinds[name as keyof typeof kinds] : null;
};
