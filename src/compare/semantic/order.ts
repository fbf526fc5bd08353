import { coverage, type Segment } from './analyse.ts';
import { type Comparison, type Draft, span } from './comparison.ts';
import type { Token } from './tokens.ts';

/** Numbered steps whose order differs. Bullets and sentences may stand in any order. */
const stepReasons = ({ pairs }: Comparison): Draft[] => {
  const steps = pairs
    .filter(({ a, b, score }) => a.ordered && b.ordered && score >= 0.5)
    .toSorted((x, y) => x.a.index - y.a.index);
  for (let at = 1; at < steps.length; at++) {
    const [before, step] = [steps[at - 1], steps[at]];
    if (before !== undefined && step !== undefined && step.b.index < before.b.index)
      return [
        {
          kind: 'order',
          severity: 'review',
          a: span(`${before.a.text} … ${step.a.text}`),
          b: span(`${step.b.text} … ${before.b.text}`),
        },
      ];
  }
  return [];
};

type Sequence = { readonly earlier: readonly Token[]; readonly later: readonly Token[] };

const ordering = /^(?:then|first|before|after|afterwards|later|next|finally)$/;

const contentIn = (tokens: readonly Token[]): Token[] =>
  tokens.filter(({ weight, lower }) => weight >= 0.4 && !ordering.test(lower));

/** What a sentence says comes first and what after: `X, then Y`, `X before Y`, `after X, Y`, `X after Y`. */
const sequenceOf = ({ tokens }: Segment): Sequence | null => {
  const first = tokens.findIndex(({ lower }) => lower === 'first');
  if (tokens[first + 1]?.text === ',' && contentIn(tokens.slice(0, first)).length > 0)
    return { earlier: contentIn(tokens.slice(0, first)), later: contentIn(tokens.slice(first + 1)) };
  const at = tokens.findIndex(
    ({ lower, courtesy }) => !courtesy && /^(?:then|before|after|afterwards)$/.test(lower),
  );
  const marker = tokens[at]?.lower;
  if (marker === undefined) return null;
  const comma = tokens.findIndex(({ text }, index) => index > at && text === ',');
  const leading = contentIn(tokens.slice(0, at)).length === 0;
  if (leading && marker === 'then') return null;
  const [left, right] = leading
    ? [tokens.slice(at + 1, comma < 0 ? tokens.length : comma), comma < 0 ? [] : tokens.slice(comma)]
    : [tokens.slice(0, at), tokens.slice(at + 1)];
  const [before, after] = [contentIn(left), contentIn(right)];
  if (before.length === 0 || after.length === 0) return null;
  const forward = leading ? marker !== 'before' : marker !== 'after';
  return forward ? { earlier: before, later: after } : { earlier: after, later: before };
};

const keysOf = (tokens: readonly Token[]): Set<string> => new Set(tokens.flatMap(({ keys }) => keys));

/** The same two events in the other order, within sentences that go together. */
const exchangeReasons = ({ pairs }: Comparison): Draft[] =>
  pairs.flatMap(({ a, b }): Draft[] => {
    if (a.print === b.print) return [];
    const [left, right] = [sequenceOf(a), sequenceOf(b)];
    if (left === null || right === null) return [];
    const share = (one: readonly Token[], other: readonly Token[]): number => coverage(one, keysOf(other));
    const crossed = Math.min(share(left.earlier, right.later), share(left.later, right.earlier));
    const straight = Math.max(share(left.earlier, right.earlier), share(left.later, right.later));
    return crossed >= 0.5 && crossed > straight
      ? [{ kind: 'order', severity: 'review', a: span(a.text), b: span(b.text) }]
      : [];
  });

/** Steps, and events tied by first, then, before, after, that come in another order. */
export const orderReasons = (comparison: Comparison): Draft[] => [
  ...stepReasons(comparison),
  ...exchangeReasons(comparison),
];
