import type { Segment } from './analyse.ts';
import { determiners } from './lexicon.ts';
import type { Quantity } from './quantities.ts';
import { sameQuantity } from './same-quantity.ts';
import type { Token } from './tokens.ts';

/** A word or a whole quantity of a sentence, as one place in the comparison. */
export type Atom = { readonly token: Token; readonly quantity: Quantity | null };
/** Words that stand in the place of other words; one side may be empty. */
export type Hunk = { readonly a: readonly Atom[]; readonly b: readonly Atom[] };

export type Edit = {
  readonly hunks: readonly Hunk[];
  /** Share of the words that stayed in place, 0 to 1. */
  readonly kept: number;
  /** The sentence was edited rather than reworded: what differs was put there. */
  readonly near: boolean;
  /** One side is the other with something added. */
  readonly contained: boolean;
};

const maxAtoms = 160;

const fillers =
  /^(?:is|are|was|were|be|been|will|would|do|does|did|has|have|had|of|to|and|in|on|at|for|by|the|that|it|there|then|also|as)$/;

const atomsOf = (segment: Segment): Atom[] => {
  const atoms: Atom[] = [];
  let until = -1;
  segment.tokens.forEach((token, at) => {
    if (at < until) return;
    const quantity = segment.quantities.find(({ from }) => from === at) ?? null;
    if (quantity !== null) {
      until = quantity.to;
      atoms.push({ token, quantity });
    } else if (token.kind !== 'mark' && !token.courtesy && !token.quantity && !determiners().has(token.lower))
      atoms.push({ token, quantity: null });
  });
  return atoms;
};

const sameAtom = (a: Atom, b: Atom): boolean => {
  if (a.quantity !== null || b.quantity !== null)
    return a.quantity !== null && b.quantity !== null && sameQuantity(a.quantity, b.quantity);
  return a.token.stem === b.token.stem || a.token.keys.some((key) => b.token.keys.includes(key));
};

const weightOf = ({ token, quantity }: Atom): number =>
  quantity !== null || token.weight >= 1 ? 1 : fillers.test(token.lower) ? 0.3 : 0.6;

/** Longest common subsequence by weight, then the gaps between its members. */
const hunksOf = (a: readonly Atom[], b: readonly Atom[]): { hunks: Hunk[]; common: number } => {
  const width = b.length + 1;
  const table = new Float64Array((a.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  const equal = new Uint8Array(a.length * b.length);
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const left = a[i];
      const right = b[j];
      const same = left !== undefined && right !== undefined && sameAtom(left, right);
      if (same) equal[i * b.length + j] = 1;
      const taken = same ? at(i + 1, j + 1) + Math.min(weightOf(left), weightOf(right)) : 0;
      table[i * width + j] = Math.max(taken, at(i + 1, j), at(i, j + 1));
    }
  const hunks: Hunk[] = [];
  let open: { a: Atom[]; b: Atom[] } = { a: [], b: [] };
  const close = (): void => {
    if (open.a.length + open.b.length > 0) hunks.push(open);
    open = { a: [], b: [] };
  };
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    const same = left !== undefined && right !== undefined && equal[i * b.length + j] === 1;
    if (
      same &&
      at(i, j) > Math.max(at(i + 1, j), at(i, j + 1)) - 1e-9 &&
      at(i, j) - at(i + 1, j + 1) > 1e-9
    ) {
      close();
      i++;
      j++;
    } else if (right === undefined || (left !== undefined && at(i + 1, j) >= at(i, j + 1))) {
      if (left !== undefined) open.a.push(left);
      i++;
    } else {
      open.b.push(right);
      j++;
    }
  }
  close();
  return { hunks, common: at(0, 0) };
};

/** Lays two sentences side by side, word by word; null where they are too long for that. */
export const editOf = (a: Segment, b: Segment): Edit | null => {
  const left = atomsOf(a);
  const right = atomsOf(b);
  if (left.length > maxAtoms || right.length > maxAtoms || left.length === 0 || right.length === 0)
    return null;
  const { hunks, common } = hunksOf(left, right);
  const total = (atoms: readonly Atom[]): number => atoms.reduce((sum, atom) => sum + weightOf(atom), 0);
  const [sumA, sumB] = [total(left), total(right)];
  const kept = (2 * common) / (sumA + sumB);
  const contained = common / Math.min(sumA, sumB) >= 0.9 && Math.min(sumA, sumB) >= 1.5;
  // In a sentence of three words one changed word is a third of it.
  const oneWord = common >= 1 && sumA - common <= 1.3 && sumB - common <= 1.3;
  return { hunks, kept, near: kept >= 0.62 || contained || oneWord, contained };
};
