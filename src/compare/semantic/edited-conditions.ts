import { coverage } from './analyse.ts';
import { type Pair, span } from './comparison.ts';
import { type Answers, allA, allB, type Work } from './edit-work.ts';
import { conditionMarkers } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** A condition that one side alone has: from its marker to the end of its clause. */
export const explainConditions = ({ pair, edit, explained, drafts }: Work, answers: Answers): void => {
  const side = (own: Pair['a'], other: Pair['b'], differing: readonly Token[], which: 'a' | 'b'): void => {
    for (const marker of differing) {
      if (!conditionMarkers().has(marker.lower)) continue;
      const at = own.tokens.indexOf(marker);
      const clause = own.tokens.slice(at).filter((token) => token.clause === marker.clause);
      const content = clause.filter(({ weight }) => weight > 0);
      const elsewhere = (which === 'a' ? answers.b : answers.a).keys;
      if (content.length === 0 || coverage(content, other.keys) > 0.5 || coverage(content, elsewhere) > 0.4)
        continue;
      for (const token of clause) explained.add(token);
      const text = span(
        own.text.slice(marker.start, clause.at(-1)?.end ?? marker.end).replace(/[\s.,;:!?]+$/, ''),
      );
      drafts.push({
        kind: 'condition',
        severity: 'review',
        a: which === 'a' ? text : null,
        b: which === 'b' ? text : null,
      });
    }
  };
  side(pair.a, pair.b, allA(edit), 'a');
  side(pair.b, pair.a, allB(edit), 'b');
};
