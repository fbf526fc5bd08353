import type { Answer, Segment } from './analyse.ts';
import clauseData from './clauses.json' with { type: 'json' };
import { type Comparison, type Draft, span } from './comparison.ts';
import { transactionVerbs } from './lexicon.ts';
import type { Token } from './tokens.ts';

/** Who does what to whom, for verbs where that matters: call, pay, owe, refund, … */
type Deed = {
  readonly verb: Token;
  readonly agent: string;
  readonly patient: string;
  readonly segment: Segment;
};

const people: ReadonlyMap<string, string> = new Map(
  Object.entries(clauseData.sides).flatMap(([side, words]) =>
    words.map((word) => [word, `@${side}`] as const),
  ),
);

const participant = (token: Token | undefined): string | null => {
  if (token === undefined || token.kind !== 'word' || token.quantity) return null;
  return people.get(token.lower) ?? (token.weight >= 1 ? token.stem : null);
};

const be = /^(?:is|are|was|were|be|been|being|get|gets|got)$/;
const skipped =
  /^(?:will|would|can|could|may|might|must|should|shall|not|then|also|always|never|still|just|please|kindly|has|have|had|to|do|does|did|automatically|immediately|only|now|first|again)$/;
const imperativeStart = /^(?:please|then|and|,|kindly|just|also|\.|:|-)$/;

const subjectOf = (tokens: readonly Token[], at: number): { who: string | null; passive: boolean } => {
  let passive = false;
  for (let back = at - 1; back >= 0 && back >= at - 7; back--) {
    const token = tokens[back];
    if (token === undefined || token.clause !== tokens[at]?.clause) break;
    if (be.test(token.lower)) {
      passive = true;
      continue;
    }
    if (imperativeStart.test(token.lower)) return { who: '@you', passive };
    if (skipped.test(token.lower)) continue;
    const who = participant(token);
    if (who !== null) return { who, passive };
    if (!/^(?:the|a|an|our|your|this|that)$/.test(token.lower)) return { who: null, passive };
  }
  const first = tokens[at];
  const opens =
    first !== undefined &&
    !tokens
      .slice(Math.max(0, at - 7), at)
      .some((token) => token.clause === first.clause && !skipped.test(token.lower) && token.kind === 'word');
  return { who: opens ? '@you' : null, passive };
};

const objectOf = (tokens: readonly Token[], at: number): string | null => {
  for (let ahead = at + 1; ahead < tokens.length && ahead <= at + 3; ahead++) {
    const token = tokens[ahead];
    if (token === undefined || token.clause !== tokens[at]?.clause) return null;
    if (/^(?:the|a|an|our|this|that|to|by|with)$/.test(token.lower)) continue;
    if (/^(?:your|my|their|its)$/.test(token.lower)) return null;
    return participant(token);
  }
  return null;
};

const maxTokens = 160;

const deedsOf = ({ segments }: Answer): Deed[] =>
  segments.flatMap((segment) => {
    if (segment.tokens.length > maxTokens) return [];
    return segment.tokens.flatMap((verb, at): Deed[] => {
      if (verb.kind !== 'word' || verb.courtesy || !transactionVerbs().has(verb.stem)) return [];
      const { who, passive } = subjectOf(segment.tokens, at);
      const whom = objectOf(segment.tokens, at);
      if (who === null || whom === null || who === whom) return [];
      return [{ verb, segment, agent: passive ? whom : who, patient: passive ? who : whom }];
    });
  });

const sameVerb = (a: Deed, b: Deed): boolean => a.verb.keys.some((key) => b.verb.keys.includes(key));
const sameDeed = (a: Deed, b: Deed): boolean =>
  sameVerb(a, b) && a.agent === b.agent && a.patient === b.patient;

const prepositions =
  /^(?:on|in|at|from|for|with|by|to|of|after|before|during|until|within|under|over|via|per|as|if|when|once)$/;

/** The bag of a sentence's words: pronouns by whom they mean, the rest by stem; articles left out. */
const bagOf = ({ tokens }: Segment): string[] =>
  tokens
    .filter(({ kind, courtesy, lower }) => kind === 'word' && !courtesy && !/^(?:the|a|an)$/.test(lower))
    .map(({ lower, stem }) => people.get(lower) ?? stem);

/** Who the sentence is about: its first participant, if no preposition stands before it. */
const leader = ({ tokens }: Segment): string | null => {
  for (const token of tokens) {
    if (token.kind !== 'word' || token.courtesy) continue;
    if (prepositions.test(token.lower)) return null;
    const who = participant(token);
    if (who !== null) return who;
  }
  return null;
};

const oneClause = ({ tokens }: Segment): boolean =>
  tokens.every(({ clause }) => clause === tokens[0]?.clause || clause <= 1);

/** The same words, but they begin with another participant: the supplier gets … from you → you get … from the supplier. */
const exchanged = ({ a, b }: Comparison['pairs'][number]): boolean => {
  if (a.print === b.print || a.tokens.length > 40 || !oneClause(a) || !oneClause(b)) return false;
  const [left, right] = [bagOf(a), bagOf(b)];
  if (left.length !== right.length || left.toSorted().join(' ') !== right.toSorted().join(' ')) return false;
  const [first, other] = [leader(a), leader(b)];
  return (
    first !== null &&
    other !== null &&
    first !== other &&
    a.tokens.every(({ text }) => text !== ',' && text !== 'and')
  );
};

/** We call you → you call us: the same verb between the same two, the other way round. */
export const roleReasons = (comparison: Comparison): Draft[] => {
  const left = deedsOf(comparison.a);
  const right = deedsOf(comparison.b);
  const drafts: Draft[] = [];
  for (const before of left) {
    if (right.some((deed) => sameDeed(before, deed))) continue;
    const now = right.find(
      (deed) =>
        sameVerb(before, deed) &&
        deed.agent === before.patient &&
        deed.patient === before.agent &&
        !left.some((one) => sameDeed(one, deed)),
    );
    if (now !== undefined)
      drafts.push({
        kind: 'role',
        severity: 'breaking',
        a: span(before.segment.text),
        b: span(now.segment.text),
        detail: before.verb.text,
      });
  }
  if (drafts.length === 0)
    for (const pair of comparison.pairs.filter(exchanged))
      drafts.push({ kind: 'role', severity: 'review', a: span(pair.a.text), b: span(pair.b.text) });
  return drafts.slice(0, 5);
};
