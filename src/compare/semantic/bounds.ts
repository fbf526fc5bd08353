import type { Lexeme } from './lex.ts';
import { symbols } from './units.ts';

export type Bound = 'min' | 'max' | 'over' | 'under' | null;

export type ReadBound = {
  readonly bound: Bound;
  /** The lexeme that turned the bound round: the `not` of "not weigh more than 8 kg". */
  readonly boundCue: number | null;
};

const bounds: ReadonlyMap<string, Bound> = new Map([
  ['at-least', 'min'],
  ['minimum', 'min'],
  ['min', 'min'],
  ['at-most', 'max'],
  ['maximum', 'max'],
  ['max', 'max'],
  ['within', 'max'],
  ['more-than', 'over'],
  ['over', 'over'],
  ['above', 'over'],
  ['exceeding', 'over'],
  ['exceed', 'over'],
  ['exceeds', 'over'],
  ['beyond', 'over'],
  ['less-than', 'under'],
  ['under', 'under'],
  ['below', 'under'],
]);

const turned = { min: 'max', max: 'min', over: 'max', under: 'min' } as const;

/** The bound in front of a number, or behind it ("or more"); a negation before it turns it round. */
export const boundOf = (lexemes: readonly Lexeme[], from: number, to: number): ReadBound => {
  for (let back = from - 1; back >= from - 3; back--) {
    const word = lexemes[back];
    if (word === undefined || (word.kind !== 'word' && !symbols.has(word.text))) break;
    const bound = bounds.get(word.lower) ?? null;
    if (bound === null) continue;
    for (let cue = back - 1; cue >= back - 5; cue--) {
      const before = lexemes[cue];
      if (before?.kind !== 'word') break;
      if ((bound === 'over' || bound === 'under') && /^(?:not|no|never)$/.test(before.lower))
        return { bound: turned[bound], boundCue: cue };
    }
    return { bound, boundCue: null };
  }
  const after = lexemes[to]?.lower;
  return { bound: after === 'at-least' ? 'min' : after === 'at-most' ? 'max' : null, boundCue: null };
};
