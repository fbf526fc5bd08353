import { coverage, type Segment } from './analyse.ts';
import { type Comparison, type Draft, span, type View, views } from './comparison.ts';
import { contrasting, modality, opposition } from './lexicon.ts';
import type { Token } from './tokens.ts';

/**
 * Reasons between sentences that share little of their wording. A statement is found again by the word that the
 * cue is about (`phone` in "we won't phone you"), in the sentences of the other side that go with this one.
 */
const shares = (token: Token, keys: ReadonlySet<string>): boolean => token.keys.some((key) => keys.has(key));

const isNegated = (segment: Segment, at: number): boolean => {
  const from = Math.max(0, at - 9);
  return segment.tokens.slice(from, at + 7).some(({ negation }) => negation !== null);
};

const contextOf = (segment: Segment, cue: Token): Token[] => {
  const clause = segment.content.filter((token) => token.clause === cue.clause);
  return clause.length >= 2 ? clause : [...segment.content];
};

const partnersIn = (view: View, segment: Segment): Segment[] =>
  (view.partners[segment.index] ?? [])
    .map((place) => view.other.segments[place])
    .filter((partner): partner is Segment => partner !== undefined && partner.tokens.length <= 160);

/** The words right behind a cue, in its clause: what it is about. */
const headsOf = (segment: Segment, at: number): Token[] =>
  segment.tokens
    .slice(at + 1, at + 6)
    .filter(
      ({ clause, weight, courtesy }) => clause === segment.tokens[at]?.clause && weight > 0 && !courtesy,
    )
    .slice(0, 1);

const cueCount = ({ tokens }: Segment): number =>
  tokens.filter(({ negation }) => negation === 'hard' || negation === 'verb').length;

/** Not phoned → phoned: the head stands on the other side, in a like context, and nothing near it negates it. */
const turnedAt = (view: View, segment: Segment, at: number): Segment | null => {
  const cue = segment.tokens[at];
  const [head] = headsOf(segment, at);
  if (cue === undefined || head === undefined || head.weight < 0.4) return null;
  const context = contextOf(segment, cue);
  const holding = partnersIn(view, segment).filter((partner) => shares(head, partner.keys));
  const cues = cueCount(segment);
  if (holding.length === 0 || holding.some((partner) => cueCount(partner) >= cues)) return null;
  for (const partner of holding) {
    const places = partner.tokens.flatMap((token, place) =>
      !token.quantity && token.keys.some((key) => head.keys.includes(key)) ? [place] : [],
    );
    if (places.some((place) => isNegated(partner, place))) return null;
  }
  return holding.find((partner) => context.length >= 2 && coverage(context, partner.keys) >= 0.65) ?? null;
};

const negationReasons = (view: View, skip: (segment: Segment) => boolean): Draft[] =>
  view.own.segments.flatMap((segment) => {
    if (segment.courtesy || view.alone.has(segment.index) || skip(segment)) return [];
    for (let at = 0; at < segment.tokens.length; at++) {
      const token = segment.tokens[at];
      if (token?.negation !== 'hard' || /^(none|nothing|nobody|nowhere|nor|neither)$/.test(token.lower))
        continue;
      const other = turnedAt(view, segment, at);
      if (other !== null) {
        const spans = view.spans(span(segment.text), span(other.text));
        const side = spans.a === span(segment.text) ? 'a' : 'b';
        return [
          {
            kind: 'negation',
            severity: 'breaking',
            ...spans,
            detail: `${side}:${token.lower === 'not' ? 'not' : token.text}`,
          },
        ];
      }
    }
    return [];
  });

/** May be enforceable → is enforceable: the hedge in front of a word is gone where the word is. */
const hedgeReasons = (view: View, skip: (segment: Segment) => boolean): Draft[] =>
  view.own.segments.flatMap((segment) => {
    if (segment.courtesy || view.alone.has(segment.index) || skip(segment)) return [];
    const { hedges, ability, possibility } = modality();
    for (let at = 0; at < segment.tokens.length; at++) {
      const hedge = segment.tokens[at];
      if (hedge === undefined || hedge.courtesy || !hedges.has(hedge.stem)) continue;
      if (hedge.lower === 'may' && segment.tokens[at - 1]?.lower === 'you') continue;
      const [head] = headsOf(segment, at);
      if (head === undefined || head.weight < 0.4) continue;
      const holding = partnersIn(view, segment).filter((partner) => shares(head, partner.keys));
      const softened = holding.some(({ tokens }) =>
        tokens.some(
          ({ stem, lower }) =>
            hedges.has(stem) ||
            ability.has(stem) ||
            possibility.has(stem) ||
            /^(if|not|no|never|depend|risk|would|should)$/.test(lower),
        ),
      );
      const firm = holding.find((partner) => coverage(segment.content, partner.keys) >= 0.5);
      if (!softened && firm !== undefined)
        return [
          {
            kind: 'modality',
            severity: 'review',
            ...view.spans(span(`${hedge.text} ${head.text}`), span(firm.text)),
          },
        ];
    }
    return [];
  });

const negatedHere = ({ tokens }: Segment, word: Token): boolean => {
  const at = tokens.indexOf(word);
  return tokens
    .slice(Math.max(0, at - 5), at)
    .some(({ negation, clause }) => negation === 'hard' && clause === word.clause);
};

/** Opposites, and things of one kind in each other's place, between sentences that otherwise agree. */
const oppositeReasons = (comparison: Comparison): Draft[] =>
  comparison.pairs.flatMap(({ a, b, edit, score }) => {
    if (edit?.near === true || score < 0.35) return [];
    const lost = a.content.filter((token) => !shares(token, b.keys));
    const won = b.content.filter((token) => !shares(token, a.keys));
    if (lost.length > 30 || won.length > 30) return [];
    const drafts: Draft[] = [];
    for (const one of lost)
      for (const other of won) {
        const rest = a.content.filter((token) => token !== one);
        const agreed = Math.max(
          coverage(rest, b.keys),
          coverage(
            b.content.filter((token) => token !== other),
            a.keys,
          ),
        );
        if (agreed < 0.5) continue;
        if (
          opposition(one.stem, other.stem) === 'strong' &&
          negatedHere(a, one) === negatedHere(b, other) &&
          !comparison.b.keys.has(one.stem)
        )
          drafts.push({
            kind: 'antonym',
            severity: score >= 0.5 && agreed >= 0.6 ? 'breaking' : 'review',
            a: one.text,
            b: other.text,
          });
        else if (
          contrasting(one.stem, other.stem) &&
          agreed >= 0.6 &&
          (comparison.a.keys.has(other.stem) || !comparison.b.keys.has(one.stem))
        )
          drafts.push({ kind: 'substitution', severity: 'review', a: one.text, b: other.text });
      }
    return drafts.slice(0, 2);
  });

/** Negations, hedges and opposites between sentences that were reworded. */
export const rewordedReasons = (comparison: Comparison): Draft[] => {
  const near = { a: new Set<number>(), b: new Set<number>() };
  for (const { a, b, edit } of comparison.pairs)
    if (edit?.near === true) {
      near.a.add(a.index);
      near.b.add(b.index);
    }
  const found = views(comparison).flatMap((view, index) => {
    const edited = index === 0 ? near.a : near.b;
    const skip = (segment: Segment): boolean => edited.has(segment.index);
    return [...negationReasons(view, skip), ...hedgeReasons(view, skip)];
  });
  return [...found, ...oppositeReasons(comparison)];
};
