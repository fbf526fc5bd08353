import type { Comparison, Draft, Pair } from './comparison.ts';
import type { Atom, Edit } from './edit.ts';
import type { Token } from './tokens.ts';

/** One edited sentence while its differing words are being explained. */
export type Work = {
  readonly pair: Pair;
  readonly edit: Edit;
  readonly explained: Set<Token>;
  readonly drafts: Draft[];
};

export type Answers = Pick<Comparison, 'a' | 'b' | 'reworded'>;

/** The words of a gap; quantities are compared by value elsewhere. */
export const words = (atoms: readonly Atom[]): Token[] =>
  atoms.filter(({ quantity }) => quantity === null).map(({ token }) => token);
/** All differing words of a side. */
export const allA = ({ hunks }: Edit): Token[] => hunks.flatMap(({ a }) => words(a));
export const allB = ({ hunks }: Edit): Token[] => hunks.flatMap(({ b }) => words(b));
