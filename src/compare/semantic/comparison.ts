import type { SemanticSeverity } from '../../model/run.ts';
import type { Alignment } from './align.ts';
import type { Answer, Segment } from './analyse.ts';
import type { Edit } from './edit.ts';

/** A reason before it is put into words; `a` and `b` are spans of the two answers, whichever comes first. */
export type Draft = {
  readonly kind: string;
  readonly severity: Exclude<SemanticSeverity, 'none'>;
  readonly a: string | null;
  readonly b: string | null;
  /** What the message says besides the spans: the word that was negated, the JSON path, … */
  readonly detail?: string;
};

export type Pair = {
  readonly a: Segment;
  readonly b: Segment;
  readonly score: number;
  readonly edit: Edit | null;
};

/** Two analysed answers and how their units belong together: what every kind of reason is found from. */
export type Comparison = {
  readonly a: Answer;
  readonly b: Answer;
  readonly alignment: Alignment;
  readonly pairs: readonly Pair[];
  /** The pair of a segment, by its index on its side. */
  readonly pairOfA: ReadonlyMap<number, Pair>;
  readonly pairOfB: ReadonlyMap<number, Pair>;
  /** Most sentences were put otherwise, so that a single other word in one of them says little. */
  readonly reworded: boolean;
  /** Segments with nothing like them on the other side; they are reported whole and not looked at again. */
  readonly goneFromA: ReadonlySet<number>;
  readonly newInB: ReadonlySet<number>;
};

/** One side as seen from itself, so that each rule is written once for both directions. */
export type View = {
  readonly own: Answer;
  readonly other: Answer;
  readonly partners: readonly (readonly number[])[];
  readonly alone: ReadonlySet<number>;
  /** Turns a span of the own side (and one of the other) into the draft's `a` and `b`. */
  readonly spans: (
    own: string | null,
    other: string | null,
  ) => { readonly a: string | null; readonly b: string | null };
};

export const views = ({
  a,
  b,
  alignment,
  goneFromA,
  newInB,
}: Pick<Comparison, 'a' | 'b' | 'alignment' | 'goneFromA' | 'newInB'>): readonly [View, View] => [
  {
    own: a,
    other: b,
    partners: alignment.partnersOfA,
    alone: goneFromA,
    spans: (own, other) => ({ a: own, b: other }),
  },
  {
    own: b,
    other: a,
    partners: alignment.partnersOfB,
    alone: newInB,
    spans: (own, other) => ({ a: other, b: own }),
  },
];

const maxSpan = 200;

/** A span as it is shown: one line, at most so long. */
export const span = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= maxSpan ? line : `${line.slice(0, maxSpan - 1)}…`;
};
