import { courtesyMask } from './courtesy.ts';
import { type Lexeme, lex } from './lex.ts';
import {
  clauseOpeners,
  decorativeWords,
  lightWords,
  negationCues,
  negativeForms,
  negativeVerbs,
  softNegations,
  stopWords,
  synonymGroups,
} from './lexicon.ts';
import { foldPhrases } from './phrases.ts';
import { type Quantity, readQuantities } from './quantities.ts';
import { stemOf } from './stem.ts';

/** A word, number, link or mark with all that the later steps ask of it. */
export type Token = {
  readonly kind: Lexeme['kind'];
  readonly text: string;
  readonly lower: string;
  readonly stem: string;
  /** Under each of these it is found again: stem, root, synonym groups. */
  readonly keys: readonly string[];
  /** 0: says nothing by itself; 1: full content. */
  readonly weight: number;
  /** `hard` negates what follows; `verb` carries a negation in it; `soft` may stand for one. */
  readonly negation: 'hard' | 'verb' | 'soft' | null;
  readonly decorative: boolean;
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
  /** Stands where every word has a capital. */
  readonly initial: boolean;
  readonly clause: number;
  /** Part of a quantity, which is compared by value. */
  readonly quantity: boolean;
  /** Part of a courtesy, which is not compared. */
  readonly courtesy: boolean;
};

type WordInfo = Pick<Token, 'stem' | 'keys' | 'weight' | 'negation' | 'decorative'>;

const infoCache = new Map<string, WordInfo>();
const maxCached = 50_000;

const negationOf = (lower: string, stem: string): Token['negation'] =>
  negationCues().has(lower)
    ? 'hard'
    : negativeVerbs().has(stem)
      ? 'verb'
      : softNegations().has(stem)
        ? 'soft'
        : null;

const makeInfo = (lower: string): WordInfo => {
  const { stem, root } = stemOf(lower);
  const groups = synonymGroups().get(stem) ?? [];
  const keys = [...new Set([stem, `~${root}`, ...groups.map((group) => `#${group}`)])];
  const stop = stopWords().has(lower);
  const light = lightWords().has(stem);
  const weight = stop ? 0 : light || lower.length === 1 ? 0.4 : 1;
  return { stem, keys, weight, negation: negationOf(lower, stem), decorative: decorativeWords().has(stem) };
};

const infoOf = (lower: string): WordInfo => {
  const known = infoCache.get(lower);
  if (known !== undefined) return known;
  const info = makeInfo(lower);
  if (infoCache.size >= maxCached) infoCache.clear();
  infoCache.set(lower, info);
  return info;
};

const noInfo = (lower: string): WordInfo => ({
  stem: lower,
  keys: [lower],
  weight: 0,
  negation: null,
  decorative: false,
});

/** `unavailable` reads as not + available, so that it equals "not available". */
const withoutPrefixes = (lexemes: readonly Lexeme[]): Lexeme[] =>
  lexemes.flatMap((lexeme): Lexeme[] => {
    if (lexeme.kind !== 'word') return [lexeme];
    if (lexeme.lower === 'non') return [{ ...lexeme, lower: 'not' }];
    const base = negativeForms().get(stemOf(lexeme.lower).stem);
    return base === undefined
      ? [lexeme]
      : [
          { ...lexeme, lower: 'not' },
          { ...lexeme, lower: base },
        ];
  });

const clauseMark = /^[,;:()!?"]$/;
const opensClause = (lexemes: readonly Lexeme[], at: number): boolean => {
  const word = lexemes[at]?.lower ?? '';
  if (!clauseOpeners().has(word)) return false;
  if (/^(and|or|so|as|that|with|to|even|only|then|without|until|before|after|since|where)$/.test(word))
    return (
      word === 'and' &&
      /^(you|we|it|they|i|there|then|please|he|she|do|that|this)$/.test(lexemes[at + 1]?.lower ?? '')
    );
  return true;
};

/** A first word in capitals because it is first: of the sentence, of a quotation, behind a colon. */
const isInitial = (lexemes: readonly Lexeme[], at: number): boolean =>
  at === 0 || /^[.!?:"'(|#]$/.test(lexemes[at - 1]?.text ?? '');

export type Tokens = { readonly tokens: readonly Token[]; readonly quantities: readonly Quantity[] };

/** One sentence → its tokens, phrases folded into words and negative words taken apart, and its quantities. */
export const tokensOf = (text: string): Tokens => {
  const raw = lex(text);
  const courtesy = courtesyMask(raw);
  const lexemes = withoutPrefixes(foldPhrases(raw));
  const quantities = readQuantities(lexemes, text);
  const inQuantity = new Set<number>();
  for (const { from, to } of quantities) for (let at = from; at < to; at++) inQuantity.add(at);
  const explained = new Set(quantities.map(({ boundCue }) => boundCue));
  let clause = 0;
  const tokens = lexemes.map((lexeme, at): Token => {
    if (clauseMark.test(lexeme.text) || opensClause(lexemes, at)) clause++;
    const word = lexeme.kind === 'word' || lexeme.kind === 'code';
    const info = word ? infoOf(lexeme.lower) : noInfo(lexeme.lower);
    const quantity = inQuantity.has(at);
    const polite = courtesy(lexeme.start);
    return {
      ...info,
      kind: lexeme.kind,
      text: lexeme.text,
      lower: lexeme.lower,
      weight: quantity || polite ? 0 : lexeme.kind === 'code' ? 1 : info.weight,
      negation: polite || quantity || explained.has(at) ? null : info.negation,
      start: lexeme.start,
      end: lexeme.end,
      capital: /^\p{Lu}/u.test(lexeme.text),
      initial: isInitial(lexemes, at),
      clause,
      quantity,
      courtesy: polite,
    };
  });
  return { tokens, quantities: quantities.filter(({ from }) => tokens[from]?.courtesy !== true) };
};
