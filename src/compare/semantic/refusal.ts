import type { Answer } from './analyse.ts';
import type { Comparison, Draft } from './comparison.ts';
import { span } from './comparison.ts';
import data from './refusals.json' with { type: 'json' };

let compiled: readonly RegExp[] | undefined;

/** The speaker's inability + within a few words a verb of helping, or a fixed phrase. `we` cannot refuse by policy. */
const patterns = (): readonly RegExp[] => {
  if (compiled !== undefined) return compiled;
  const verbs = data.verbs.join('|');
  const inability = data.inability.join('|');
  compiled = [
    ...data.fixed.map((pattern) => new RegExp(pattern)),
    new RegExp(
      `(?:^|[^\\p{L}'])(?:${inability})(?: to| with| be able to)?(?: [\\p{L}']+){0,2}? (?:${verbs})(?![\\p{L}])`,
      'u',
    ),
    new RegExp(
      `^(?:sorry,? |unfortunately,? )?(?:unable|not able|cannot|can't)(?: to)? (?:${verbs})(?![\\p{L}])`,
      'u',
    ),
  ];
  return compiled;
};

const policyObjects = new RegExp(`\\b(?:${data.policyObjects.join('|')})s?\\b`);

/** Whether one sentence is the assistant declining to answer, rather than stating what a company does not do. */
export const isRefusal = (sentence: string): boolean => {
  const text = sentence.toLowerCase().replace(/\s+/g, ' ').slice(0, 600);
  if (
    !/n't|not|unable|declin|rather|as an ai|as a|outside|beyond|against|refus|have no|lack|nothing|prohibit|prevent|i'm an|i am an|restrict|prefer|pass|only an ai|no comment/.test(
      text,
    )
  )
    return false;
  if (!patterns().some((pattern) => pattern.test(text))) return false;
  return !(/(?:^|[^\p{L}])we[^\p{L}]/u.test(text) && policyObjects.test(text));
};

const refusingSentence = ({ segments }: Answer): string | null =>
  segments.find(({ text }) => isRefusal(text))?.text ?? null;

/** One side declines to answer, the other does not. */
export const refusalReasons = ({ a, b }: Comparison): Draft[] => {
  const before = refusingSentence(a);
  const now = refusingSentence(b);
  if ((before === null) === (now === null)) return [];
  return [
    {
      kind: 'refusal',
      severity: 'breaking',
      a: before === null ? null : span(before),
      b: now === null ? null : span(now),
    },
  ];
};
