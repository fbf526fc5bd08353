import { listOf } from './fields.ts';
import { type Topic, topicOf } from './topic.ts';

/** What an instruction of the prompt asks for. `when`: only for questions about it; null: always. */
export type Directive = { readonly when: Topic | null } & Demand;
export type Demand =
  | { readonly kind: 'brief'; readonly keepsExplanations: boolean }
  | { readonly kind: 'limit'; readonly unit: 'sentences' | 'words'; readonly most: number }
  | { readonly kind: 'tone'; readonly tone: Tone }
  | { readonly kind: 'format'; readonly format: 'json' | 'bullets' | 'numbers' }
  | { readonly kind: 'forbid'; readonly topic: Topic; readonly reply: string | null }
  | { readonly kind: 'reply'; readonly text: string }
  | { readonly kind: 'unknown'; readonly reply: string | null }
  | { readonly kind: 'start' | 'end' | 'quote'; readonly text: string }
  | { readonly kind: 'choose'; readonly options: readonly string[] }
  | { readonly kind: 'mention'; readonly topic: string }
  | { readonly kind: 'explain'; readonly wanted: boolean };
export type Tone = 'empathetic' | 'friendly' | 'formal';

const numberWords = 'one two three four five six seven eight nine ten'.split(' ');
const count = (text: string): number => numberWords.indexOf(text) + 1 || Number.parseInt(text, 10);

/** The first quotation of an instruction: `Say "…"`. An apostrophe is no quotation mark. */
export const quotation = (text: string): string | null => {
  const match =
    /["“]([^"“”]{1,400})["”]/.exec(text) ?? /(?:^|[\s:(])['‘]([^'‘]{2,400}?)['’](?=$|[\s.,;!?)])/.exec(text);
  return match?.[1]?.trim() ?? null;
};

const negation = /(?:\bnot|\bnever|n't|\bavoid|\bwithout|\binstead of|\brather than|\bno)\b[^.,;:]{0,25}$/;
/** The match, unless the words before it turn it round: `never be brief`. */
const asked = (pattern: RegExp, text: string): RegExpExecArray | null => {
  const match = pattern.exec(text);
  return match !== null && negation.test(text.slice(Math.max(0, match.index - 40), match.index))
    ? null
    : match;
};

const shortness =
  /\b(?:concise|concisely|brief|briefly|succinct|succinctly|terse|to the point|short (?:answers?|repl(?:y|ies)|responses?|sentences?))\b|\b(?:answers?|repl(?:y|ies)|responses?|it|them) (?:very |as )?short\b|^(?:be|keep) short\b/;
const explaining =
  /\b(?:explain|define|clarify|spell out)\b[^.]{0,60}\b(?:terms?|jargon|acronyms?|abbreviations?|concepts?|vocabulary|technical words?)\b/;
const limit =
  /\b(\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten) (?:short |full |simple |plain )?(sentence|word)s?\b/;
const ban =
  /\b(?:never|not|don't|mustn't|can't|cannot|shouldn't|refuse to|decline to|avoid)(?: ever)? (?:discuss(?:ing)?|talk(?:ing)? about|answer(?:ing)? (?:any )?questions? (?:about|on)|answer(?:ing)? about|mention(?:ing)?|reveal(?:ing)?|give|giving|disclos(?:e|ing)|share|sharing|comment(?:ing)? on|speak(?:ing)? about|provid(?:e|ing)|help(?:ing)? with|repeat(?:ing)?|show(?:ing)?|print(?:ing)?|recommend(?:ing)?) ([^.;:"“]{3,300})/;
const rejection = /\b(?:refuse|decline|reject) (?:all |any |every )?(?!to\b)([^.;:"“]{3,300})/;
const choice =
  /\b(?:(?:classify|categori[sz]e|label|sort)\b.{0,120}?\b(?:as|into)|(?:answer|reply|respond)(?: only)? with(?: only)?(?= (?:exactly )?one of| one word))(?: (?:exactly )?one of| one word)?:? ([^.]{3,300})/;
const ignorance =
  /\b(?:(?:do not|don't|not) know|unsure|not sure|in doubt|uncertain|(?:cannot|can't|don't|do not|could not) (?:find|have) (?:the|an|that|this)|not (?:covered|in the (?:facts|text|documents?|context))|no answer|don't have the information)\b/;
const answerWith = /(?:^|[,;.] )(?:then |instead,? |just |please |only )*(?:say|reply|answer|respond)\b/;

const tones: readonly (readonly [Tone, RegExp])[] = [
  ['empathetic', /\b(?:empath\w+|compassion\w*|sympath\w+|show understanding|be understanding|caring)\b/],
  ['friendly', /\b(?:friendly|warm|cheerful|welcoming)\b/],
  ['formal', /\b(?:formal|formally)\b/],
];

const quoted = (
  kind: 'start' | 'end' | 'quote',
  pattern: RegExp,
  text: string,
  quote: string | null,
): Demand[] => (quote !== null && asked(pattern, text) !== null ? [{ kind, text: quote }] : []);

const styleOf = (text: string): Demand[] => {
  const demands: Demand[] = [];
  const explain = explaining.exec(text);
  const wanted = explain !== null && asked(explaining, text) !== null;
  if (asked(shortness, text) !== null) demands.push({ kind: 'brief', keepsExplanations: wanted });
  if (explain !== null) demands.push({ kind: 'explain', wanted });
  const most = limit.exec(text);
  if (most?.[1] !== undefined && !/at least|minimum|or more/.test(text)) {
    demands.push({ kind: 'limit', unit: most[2] === 'word' ? 'words' : 'sentences', most: count(most[1]) });
  }
  for (const [tone, pattern] of tones)
    if (asked(pattern, text) !== null) demands.push({ kind: 'tone', tone });
  if (asked(/\bjson\b/, text) !== null) demands.push({ kind: 'format', format: 'json' });
  if (asked(/\bbullet/, text) !== null) demands.push({ kind: 'format', format: 'bullets' });
  if (asked(/\bnumbered list\b/, text) !== null) demands.push({ kind: 'format', format: 'numbers' });
  return demands;
};

/** `that the receipt is needed` as a sentence, with the capitals of the original. */
const asSentence = (statement: string, original: string): string => {
  const at = original.toLowerCase().indexOf(statement);
  const text = at < 0 ? statement : original.slice(at, at + statement.length);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const contentOf = (sentence: string, text: string, quote: string | null, conditional: boolean): Demand[] => {
  const banned = ban.exec(text) ?? rejection.exec(text);
  if (banned?.[1] !== undefined) {
    const about = banned[1].replace(
      /,? (?:(?:but|and) )?(?:by saying|say|reply|answer|respond|instead|even if|unless)\b.*$/,
      '',
    );
    return [{ kind: 'forbid', topic: topicOf(about), reply: quote }];
  }
  const options = listOf(choice.exec(text)?.[1] ?? '').map((option) =>
    option.replace(/^(?:one of|either) /, ''),
  );
  if (options.length > 1) return [{ kind: 'choose', options }];
  const placed = [
    ...quoted('start', /\b(?:start|begin|open)\b[^"“]{0,60}\bwith\b/, text, quote),
    ...quoted('end', /\b(?:end|finish|close|conclude)\b[^"“]{0,60}\bwith\b/, text, quote),
  ];
  if (placed.length > 0) return placed;
  if (conditional && quote !== null && answerWith.test(text)) return [{ kind: 'reply', text: quote }];
  const mention = asked(
    /\b(?:mention|remind (?:them|the customer|the user|customers|users) (?:of|about))\b([^"“.]{3,120})/,
    text,
  );
  const statement = asked(/\b(?:mention|add|remind them) that ([^"“.]{3,300})/, text)?.[1];
  if (statement !== undefined) return [{ kind: 'quote', text: asSentence(statement, sentence) }];
  if (quote !== null) return quoted('quote', /\b(?:mention|include|add|remind|say)\b/, text, quote);
  return mention?.[1] === undefined ? [] : [{ kind: 'mention', topic: mention[1] }];
};

const condition =
  /^(?:if|when|whenever|for) (?:the |a |an |any )?(?:customers?|users?|someone|somebody|anyone|people|they|messages?|questions?|asked)\b([^,]{1,200}), ?/;

/** Reads one instruction sentence. Most ask for nothing that a responder without a language model can do. */
export const directivesOf = (sentence: string): Directive[] => {
  const plain = sentence.toLowerCase().replaceAll('’', "'");
  const quote = quotation(sentence);
  if (ignorance.test(plain)) return [{ kind: 'unknown', reply: quote, when: null }];
  const conditional = condition.exec(plain);
  const topic =
    conditional?.[1] === undefined
      ? null
      : topicOf(conditional[1].replace(/^(?:'s| is| are| has| have)\b/, ''));
  const when = topic !== null && topic.length > 0 ? topic : null;
  // What stands in quotation marks is to be said, not to be obeyed.
  const order = plain.slice(conditional?.[0].length ?? 0).replace(/["“][^"“”]{0,400}["”]/g, '""');
  return [...styleOf(order), ...contentOf(sentence, order, quote, when !== null)].map((demand) => ({
    ...demand,
    when,
  }));
};

/** `Say "…"` behind a ban or a don't-know rule is that rule's line. */
export const isReplyLine = (sentence: string): string | null =>
  /^(?:instead,? |then |just |in that case,? )*(?:say|reply|answer|respond)(?: only| just)?(?: with)?:? ?["“]/i.test(
    sentence,
  )
    ? quotation(sentence)
    : null;
