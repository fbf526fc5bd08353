import { type Answer, holdsQuantity, type Segment, valuesIn } from './analyse.ts';
import { type Comparison, type Draft, span } from './comparison.ts';
import type { Quantity } from './quantities.ts';
import { familyOf, sameQuantity } from './same-quantity.ts';

type Mention = {
  readonly quantity: Quantity;
  readonly segment: Segment;
  /** What the words around the number are about. */
  readonly context: ReadonlySet<string>;
};

const reach = 7;

const mentionsOf = (answer: Answer, skip: ReadonlySet<number>, among?: readonly number[]): Mention[] =>
  (among === undefined ? answer.segments : answer.segments.filter(({ index }) => among.includes(index)))
    .filter(({ index, quantities }) => quantities.length > 0 && !skip.has(index))
    .flatMap((segment) =>
      segment.quantities.map((quantity): Mention => {
        const context = new Set<string>();
        for (const token of segment.tokens.slice(Math.max(0, quantity.from - reach), quantity.to + reach))
          if (token.weight > 0) for (const key of token.keys) context.add(key);
        return { quantity, segment, context };
      }),
    );

const keyOf = ({ quantity }: Mention): string => `${quantity.dimension}:${quantity.value}:${quantity.year}`;

/** Values that the other answer does not hold anywhere, each once. */
const only = (own: readonly Mention[], other: Answer): Mention[] => {
  const seen = new Set<string>();
  return own.filter((mention) => {
    const key = keyOf(mention);
    if (seen.has(key)) return false;
    seen.add(key);
    return !holdsQuantity(other, mention.quantity);
  });
};

const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const key of a) if (b.has(key)) shared++;
  return shared / Math.min(a.size, b.size);
};

/** How likely the two are the same number before and after: same kind, same words around, same sentence. */
const likeness = (a: Mention, b: Mention, comparison: Comparison): number => {
  const [familyA, familyB] = [familyOf(a.quantity), familyOf(b.quantity)];
  if (familyA !== familyB && familyA !== null && familyB !== null)
    return substitutesUnit(a, b, comparison) ? 0.6 : 0;
  const together =
    comparison.alignment.partnersOfA[a.segment.index]?.includes(b.segment.index) === true ||
    comparison.alignment.partnersOfB[b.segment.index]?.includes(a.segment.index) === true;
  const context = overlap(a.context, b.context);
  if (familyA === null || familyB === null) return together && context >= 0.3 ? 0.3 + context / 2 : 0;
  const unit = a.quantity.dimension === b.quantity.dimension ? 0.15 : 0;
  return (together ? 0.35 : 0) + context * 0.6 + unit;
};

/** `5 ml` → `5 g`: the number stayed, its unit did not. */
const substitutesUnit = (a: Mention, b: Mention, { pairOfA }: Comparison): boolean => {
  const pair = pairOfA.get(a.segment.index);
  return a.quantity.written === b.quantity.written && pair?.b === b.segment && pair.edit?.near === true;
};

const changeSeverity = (a: Quantity, b: Quantity): 'breaking' | 'review' =>
  // `2 days` → `2 working days` is worth a look; it is no other number.
  (a.dimension === 'workday') !== (b.dimension === 'workday') && a.written === b.written
    ? 'review'
    : 'breaking';

const minLikeness = 0.38;

const pairUp = (
  left: readonly Mention[],
  right: readonly Mention[],
  comparison: Comparison,
): [Mention, Mention][] => {
  const scores = left
    .slice(0, 200)
    .flatMap((a) => right.slice(0, 200).map((b) => ({ a, b, score: likeness(a, b, comparison) })))
    .filter(({ a, b, score }) => score >= minLikeness && !(a.quantity.soft && b.quantity.soft))
    .sort((x, y) => y.score - x.score);
  const taken = new Set<Mention>();
  const pairs: [Mention, Mention][] = [];
  for (const { a, b } of scores) {
    if (taken.has(a) || taken.has(b)) continue;
    taken.add(a);
    taken.add(b);
    pairs.push([a, b]);
  }
  return pairs;
};

const nounReach = 3;

/** What a bare number counts: the content words right behind it. */
const countedBy = ({ quantity, segment }: Mention): Set<string> =>
  new Set(
    segment.tokens
      .slice(quantity.to, quantity.to + nounReach)
      .filter(({ weight, kind }) => weight > 0 && kind === 'word')
      .flatMap(({ keys }) => keys),
  );

/** The other side's number of the same things, where it is another: ten attempts, five tries. */
const recounted = (mention: Mention, comparison: Comparison): Mention | undefined => {
  const fromA = comparison.a.segments[mention.segment.index] === mention.segment;
  const other = fromA ? comparison.b : comparison.a;
  const partners = (fromA ? comparison.alignment.partnersOfA : comparison.alignment.partnersOfB)[
    mention.segment.index
  ];
  const counted = countedBy(mention);
  if (counted.size === 0) return undefined;
  return mentionsOf(other, new Set(), partners ?? []).find(
    (one) =>
      one.quantity.dimension === null &&
      !one.quantity.soft &&
      !holdsQuantity({ byValue: valuesIn([mention.segment]) }, one.quantity) &&
      [...countedBy(one)].some((key) => counted.has(key)),
  );
};

/** A small bare count comes and goes with the wording ("the two dates"), unless the sentence is otherwise kept. */
const isSmallCount = ({ quantity }: Mention): boolean =>
  quantity.dimension === 'ordinal' || (quantity.dimension === null && quantity.value <= 10);

const negligible = (mention: Mention, comparison: Comparison): boolean => {
  if (mention.quantity.soft) return true;
  if (!isSmallCount(mention)) return false;
  const { segment } = mention;
  const pair = comparison.a.segments[segment.index] === segment ? comparison.pairOfA : comparison.pairOfB;
  return pair.get(segment.index)?.edit?.near !== true;
};

/** Counts of the same things that differ, though each number stands somewhere on the other side. */
const recountReasons = (mentions: readonly Mention[], comparison: Comparison, side: 'a' | 'b'): Draft[] =>
  mentions
    .filter((mention) => !mention.quantity.soft && isSmallCount(mention))
    .flatMap((mention): Draft[] => {
      const other = recounted(mention, comparison);
      if (other === undefined) return [];
      const [a, b] = side === 'a' ? [mention, other] : [other, mention];
      return [{ kind: 'number', severity: 'breaking', a: a.quantity.text, b: b.quantity.text }];
    });

/** Within one edited sentence or table row a number in the place of another is a change, wherever else it stands. */
const changedInPlace = (comparison: Comparison): Draft[] =>
  comparison.pairs.flatMap(({ a, b, edit }) => {
    const labelled = a.kind === 'row' || b.kind === 'row' || (a.label !== null && a.label === b.label);
    if (edit === null || !(edit.near || labelled)) return [];
    const lost = a.quantities.filter((one) => !b.quantities.some((two) => sameQuantity(one, two)));
    const won = b.quantities.filter((one) => !a.quantities.some((two) => sameQuantity(one, two)));
    const drafts: Draft[] = [];
    const used = new Set<Quantity>();
    for (const before of lost) {
      const after = won.find(
        (one) =>
          !used.has(one) &&
          !(one.soft && before.soft) &&
          (familyOf(one) === familyOf(before) ||
            familyOf(one) === null ||
            familyOf(before) === null ||
            one.written === before.written),
      );
      if (after === undefined) continue;
      used.add(after);
      drafts.push({ kind: 'number', severity: changeSeverity(before, after), a: before.text, b: after.text });
    }
    return drafts;
  });

/** Bounds turned round: at least two → at most two. */
const boundReasons = (comparison: Comparison): Draft[] =>
  comparison.pairs.flatMap(({ a, b, edit }) =>
    (edit?.near === true ? a.quantities : []).flatMap((one): Draft[] => {
      const other = b.quantities.filter((two) => sameQuantity(one, two));
      const two = other[0];
      if (two === undefined || other.length > 1) return [];
      const low = (quantity: Quantity): boolean => quantity.bound === 'min' || quantity.bound === 'over';
      const high = (quantity: Quantity): boolean => quantity.bound === 'max' || quantity.bound === 'under';
      return (low(one) && high(two)) || (high(one) && low(two))
        ? [
            {
              kind: 'quantifier',
              severity: 'breaking',
              a: `${one.bound} ${one.text}`,
              b: `${two.bound} ${two.text}`,
            },
          ]
        : [];
    }),
  );

const boundWords = { min: 'at least', max: 'at most', over: 'more than', under: 'less than' } as const;
const wordBound = (text: string | null): string | null =>
  text?.replace(
    /^(min|max|over|under) /,
    (_all, bound: keyof typeof boundWords) => `${boundWords[bound]} `,
  ) ?? null;

/**
 * Numbers, amounts, dates, times and measures that differ. Values are compared over the whole answer, so that a
 * number may move from sentence to sentence; those left over are paired by kind and by the words around them.
 */
export const numberReasons = (comparison: Comparison): Draft[] => {
  const left = mentionsOf(comparison.a, comparison.goneFromA);
  const right = mentionsOf(comparison.b, comparison.newInB);
  const inPlace = changedInPlace(comparison);
  const said = (text: string, side: 'a' | 'b'): boolean => inPlace.some((draft) => draft[side] === text);
  const lost = only(left, comparison.b).filter(({ quantity }) => !said(quantity.text, 'a'));
  const won = only(right, comparison.a).filter(({ quantity }) => !said(quantity.text, 'b'));
  const pairs = pairUp(lost, won, comparison);
  const paired = new Set(pairs.flat());
  const leftOver = (mentions: readonly Mention[]): Mention[] =>
    mentions.filter((mention) => !paired.has(mention));
  const alone = (mentions: readonly Mention[]): Mention[] =>
    mentions.filter((mention) => !paired.has(mention) && !negligible(mention, comparison));
  return [
    ...inPlace,
    ...pairs.map(([before, after]): Draft => {
      const severity = changeSeverity(before.quantity, after.quantity);
      return { kind: 'number', severity, a: span(before.quantity.text), b: span(after.quantity.text) };
    }),
    ...alone(lost).map(
      ({ quantity }): Draft => ({ kind: 'number', severity: 'review', a: quantity.text, b: null }),
    ),
    ...alone(won).map(
      ({ quantity }): Draft => ({ kind: 'number', severity: 'review', a: null, b: quantity.text }),
    ),
    ...recountReasons(leftOver(lost), comparison, 'a'),
    ...recountReasons(leftOver(won), comparison, 'b'),
    ...boundReasons(comparison).map((draft) => ({ ...draft, a: wordBound(draft.a), b: wordBound(draft.b) })),
  ];
};
