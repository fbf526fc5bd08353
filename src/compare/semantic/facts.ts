import { type Answer, coverage, holdsQuantity, type Segment } from './analyse.ts';
import { type Comparison, type Draft, type Pair, span, type View, views } from './comparison.ts';
import { conditionMarkers } from './lexicon.ts';
import type { Quantity } from './quantities.ts';
import type { Token } from './tokens.ts';

/** A number that both give ties two sentences together, however differently they are worded. */
const numbersElsewhere = (numbers: readonly Quantity[], other: Answer): boolean =>
  numbers.some(
    (quantity) =>
      !quantity.soft && (quantity.dimension !== null || quantity.value > 1) && holdsQuantity(other, quantity),
  );

/** "Need a break?" asks what the next sentence answers; it states nothing. */
const isOpeningQuestion = ({ text, tokens }: Segment): boolean => text.endsWith('?') && tokens.length <= 8;

const saysSomething = (segment: Segment): boolean =>
  !segment.courtesy && segment.weight >= 1.4 && segment.kind !== 'heading' && !isOpeningQuestion(segment);

/** Weight of the words of a segment that the other answer does not say anywhere. */
const unsaid = (segment: Segment, other: Answer): number =>
  saysSomething(segment) ? segment.weight * (1 - coverage(segment.content, other.keys)) : 0;

/** Segments of one side that the other side does not hold: nothing near them, few of their words said anywhere. */
const unheld = (
  own: Answer,
  other: Answer,
  partners: readonly (readonly number[])[],
  matched: ReadonlyMap<number, Pair>,
): Segment[] =>
  own.segments.filter((segment) => {
    if (!saysSomething(segment) || numbersElsewhere(segment.quantities, other)) return false;
    const shares = (partners[segment.index] ?? []).map((place) =>
      coverage(segment.content, other.segments[place]?.keys ?? new Set()),
    );
    const best = Math.max(0, ...shares);
    const whole = coverage(segment.content, other.keys);
    return matched.has(segment.index) ? best <= 0.2 && whole <= 0.25 : best <= 0.45 && whole <= 0.6;
  });

/**
 * In answers that were reworded throughout, a sentence that finds no counterpart is most often said in words we do
 * not know, and then the other side has such a sentence too. Only what one side says more than the other counts.
 */
const surplus = (segments: readonly Segment[], own: Answer, other: Answer): Segment[] => {
  const total = (answer: Answer, against: Answer): number =>
    answer.segments.reduce((sum, segment) => sum + unsaid(segment, against), 0);
  let budget = total(own, other) - total(other, own);
  return segments
    .toSorted((a, b) => unsaid(b, other) - unsaid(a, other) || a.index - b.index)
    .filter((segment) => {
      const weight = unsaid(segment, other);
      if (budget < 0.6 * weight) return false;
      budget -= weight;
      return true;
    });
};

/** Whether most sentences were kept or only edited, so that every difference was put there. */
const mostlyKept = (pairs: readonly Pair[], a: Answer, b: Answer): boolean => {
  const kept = pairs.filter((pair) => pair.a.print === pair.b.print || pair.edit?.near === true).length;
  return (
    kept * 2 >=
    Math.max(1, Math.min(a.segments.filter(saysSomething).length, b.segments.filter(saysSomething).length))
  );
};

/** `…; see example.com` goes with the sentence that it is a part of. */
const withRemnants = (
  alone: readonly Segment[],
  answer: Answer,
  matched: ReadonlyMap<number, Pair>,
): Set<number> => {
  const groups = new Set(alone.map(({ group }) => group));
  const remnants = answer.segments.filter(
    (segment) => groups.has(segment.group) && !saysSomething(segment) && !matched.has(segment.index),
  );
  return new Set([...alone, ...remnants].map(({ index }) => index));
};

/** Segments without a counterpart on the other side, of both answers, and whether the answers were reworded throughout. */
export const standingAlone = ({
  a,
  b,
  alignment,
  pairs,
  pairOfA,
  pairOfB,
}: Omit<Comparison, 'goneFromA' | 'newInB' | 'reworded'>): Pick<
  Comparison,
  'goneFromA' | 'newInB' | 'reworded'
> => {
  const gone = unheld(a, b, alignment.partnersOfA, pairOfA);
  const added = unheld(b, a, alignment.partnersOfB, pairOfB);
  const reworded = !mostlyKept(pairs, a, b) && Math.max(a.segments.length, b.segments.length) >= 3;
  return {
    reworded,
    goneFromA: withRemnants(reworded ? surplus(gone, a, b) : gone, a, pairOfA),
    newInB: withRemnants(reworded ? surplus(added, b, a) : added, b, pairOfB),
  };
};

type Clause = { readonly words: readonly Token[]; readonly all: readonly Token[] };

const clausesOf = (segment: Segment): Clause[] =>
  [...Map.groupBy(segment.tokens, ({ clause }) => clause).values()].map((all) => ({
    all,
    words: all.filter(({ weight, kind }) => weight > 0 && kind !== 'link'),
  }));

const textOf = (segment: Segment, tokens: readonly Token[]): string => {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return segment.text;
  return segment.text.slice(first.start, last.end).replace(/^[\s,;:()]+|[\s,;:().!?]+$/g, '');
};

const sum = (words: readonly Token[]): number => words.reduce((total, { weight }) => total + weight, 0);

const quantitiesIn = (segment: Segment, tokens: readonly Token[]): Quantity[] =>
  segment.quantities.filter(({ from }) => tokens.includes(segment.tokens[from] as Token));

const restricting =
  /^(?:when|who|whoever|anyone|anybody|those|whose|people|should|without|where|until|once)$/;

const markersIn = ({ tokens }: Segment): number =>
  tokens.filter(
    ({ lower, courtesy }) => !courtesy && (conditionMarkers().has(lower) || restricting.test(lower)),
  ).length;

const partnersOf = (view: View, segment: Segment): Segment[] =>
  (view.partners[segment.index] ?? [])
    .map((place) => view.other.segments[place])
    .filter((partner) => partner !== undefined);

/** A partner with as many restrictions says the same ones in words of its own ("anyone who has not …"). */
const hasOwnCondition = (view: View, segment: Segment): boolean =>
  partnersOf(view, segment).some((partner) => markersIn(partner) >= markersIn(segment));

/** Words of its own on the partner's side make up for words of our own: the clause is reworded. */
const madeUp = (view: View, segment: Segment, weight: number): boolean =>
  partnersOf(view, segment).reduce((total, partner) => total + unsaid(partner, view.own), 0) >= weight * 0.5;

/** Clauses of an otherwise matched segment that the other answer does not hold. */
const looseClauses = (view: View, segment: Segment, near: boolean): Draft[] => {
  const clauses = clausesOf(segment);
  return clauses.flatMap(({ words, all }): Draft[] => {
    const marker = all.slice(0, 3).find(({ lower }) => conditionMarkers().has(lower));
    if (near && marker === undefined) return [];
    const share = coverage(words, view.other.keys);
    const weight = sum(words);
    if (numbersElsewhere(quantitiesIn(segment, all), view.other)) return [];
    const spans = view.spans(span(textOf(segment, all)), null);
    if (marker !== undefined)
      return weight >= 0.8 && share <= 0.34 && !hasOwnCondition(view, segment)
        ? [{ kind: 'condition', severity: 'review', ...spans }]
        : [];
    return clauses.length > 1 && weight >= 2 && share <= 0.2 && !madeUp(view, segment, weight)
      ? [{ kind: 'fact', severity: 'review', ...spans }]
      : [];
  });
};

/** Facts and conditions that only one side states. */
export const factReasons = (comparison: Comparison): Draft[] => {
  const nearIn = { a: new Set<number>(), b: new Set<number>() };
  for (const { a, b, edit } of comparison.pairs)
    if (edit?.near === true || a.print === b.print) {
      nearIn.a.add(a.index);
      nearIn.b.add(b.index);
    }
  return views(comparison).flatMap((view, side) =>
    view.own.segments.flatMap((segment): Draft[] => {
      if (view.alone.has(segment.index) && saysSomething(segment))
        return [{ kind: 'fact', severity: 'review', ...view.spans(span(segment.text), null) }];
      if (!saysSomething(segment)) return [];
      return looseClauses(view, segment, (side === 0 ? nearIn.a : nearIn.b).has(segment.index));
    }),
  );
};
