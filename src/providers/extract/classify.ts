import imperatives from './imperatives.json' with { type: 'json' };
import type { Sentence } from './segment.ts';

/**
 * What a sentence of the prompt is for: an `instruction` is addressed to the assistant and never quoted, a
 * `definition` explains a term, an `aside` explains the sentence before it, all else is a `fact`.
 */
export type SentenceKind = 'instruction' | 'definition' | 'aside' | 'fact';

const alternatives = (words: readonly string[]): string => words.join('|');
const startsWith = (words: readonly string[]): RegExp => new RegExp(`^(?:${alternatives(words)})\\b`);
const verb = startsWith(imperatives.verbs);
const verbWithObject = startsWith(imperatives.verbsWithObject);
const object = new RegExp(`\\b(?:${alternatives(imperatives.objects)})\\b`);
const opener = startsWith(imperatives.openers);
const adverb =
  /^(?:please |also |but |and |then |instead,? |otherwise,? |always |generally,? |when possible,? )+/;
const ban =
  "^(?:you (?:must |should |may |can |will )?)?(?:never|do not|don't|must not|mustn't|cannot|can't|should not|shouldn't|may not)(?: ever)? ";
const speechBan = new RegExp(`${ban}(?:${alternatives(imperatives.speech)})\\b`);
const otherBan = new RegExp(`${ban}(?:${alternatives(imperatives.verbsWithObject)})\\b`);
const framing =
  /^(?:start|begin|end|close|finish|conclude|open)\b.{0,60}\bwith\b|^(?:add|include|append|return|output|tell|remind) ?.{0,60}["“]/;
const duty = new RegExp(
  `^you (?:must|should|always|only|will (?:always|only|never)|can only|may only)(?: always| only| never)? (?:${alternatives([...imperatives.verbs, ...imperatives.speech])})\\b`,
);
const ignorance =
  /^(?:if|when|whenever|where)(?: you)?(?:'re| are| do)?(?: not|n't)? ?(?:know|unsure|sure|uncertain|certain|in doubt|find|cannot|can't|don't|asked|the answer)\b/;
const aboutTheCustomer =
  /^(?:if|when|whenever|for|unless) (?:the |a |an |any )?(?:customers?|users?|someone|somebody|anyone|people|messages?|questions?|they)\b/;
/** `Keep your receipts` speaks to the customer; `keep your answers short` to the assistant. */
const customersThing =
  /\byour (?!answers?\b|repl|response|tone|name|job|role|task|messages?\b|sentences?\b|instructions\b|rules\b)/;

const isOrder = (clause: string): boolean => {
  const order = clause.replace(adverb, '');
  if (opener.test(order) || duty.test(order)) return true;
  if (customersThing.test(order) && !/["“]/.test(order)) return false;
  if (speechBan.test(order) || verb.test(order)) return true;
  if (framing.test(order)) return true;
  return (verbWithObject.test(order) || otherBan.test(order)) && object.test(order);
};

/** Whether a heading announces rules for the assistant: `How you answer`, `Rules`, `Tone and style`. */
const isRuleSection = (section: string): boolean => {
  const title = section.toLowerCase().replace(/^\d+[.)]\s*/, '');
  return imperatives.sections.some((name) => title === name || title.startsWith(`${name} `));
};

/** `"queue" is one of: …` describes the answer's form. */
const fieldRule =
  /^["“]?[\w-]{1,40}["”]? (?:is|must be|can be|should be|has to be) (?:one of|either|true or false)\b/;

export const isInstruction = ({ text, section }: Sentence): boolean => {
  const plain = text.toLowerCase().replaceAll('’', "'");
  if (isRuleSection(section) || isOrder(plain) || ignorance.test(plain) || fieldRule.test(plain)) return true;
  const comma = plain.indexOf(', ');
  return aboutTheCustomer.test(plain) && comma > 0 && isOrder(plain.slice(comma + 2));
};

const glossary = /\b(?:glossary|terms|definitions|vocabulary|in plain words)\b/i;
const meaning =
  /^(?:an? |the )?["“]?([\p{L}\d][\p{L}\d /-]{0,50}?)["”]?(?: \(([^)]{1,60})\))?,? (?:means|refers to|stands for|is short for|is when|is what|is the name for) /iu;
const generic = /^an? ([\p{L}\d][\p{L}\d -]{0,50}?)(?: \(([^)]{1,60})\))? is (?:an?|the|money|what|when) /iu;
const acronym = /^([\p{Lu}\d]{2,8})(?: \(([^)]{1,60})\))? is (?:an?|the) /u;
const glossaryEntry =
  /^(?:an? |the )?([\p{L}\d][\p{L}\d /-]{0,50}?)(?: \(([^)]{1,60})\))?(?: is | are |: | – | - )/iu;

/** The terms that a sentence defines, as written: `APR (annual percentage rate) is …` defines two. */
export const definedTerms = ({ text, section }: Sentence): string[] => {
  const head = text.slice(0, 160);
  const match =
    meaning.exec(head) ??
    generic.exec(head) ??
    acronym.exec(head) ??
    (glossary.test(section) ? glossaryEntry.exec(head) : null);
  if (match === null || /^(?:this|that|it|which|there|what)\b/i.test(match[1] ?? '')) return [];
  return [match[1], match[2]].filter((term): term is string => term !== undefined);
};

const aside =
  /^(?:this means|that means|this is because|that is because|that is why|this is why|in other words|in plain words|put simply|simply put|for example|for instance|the reason is|to put it|which means|think of)\b/i;

export const kindOf = (sentence: Sentence): SentenceKind => {
  if (isInstruction(sentence)) return 'instruction';
  if (aside.test(sentence.text)) return 'aside';
  return definedTerms(sentence).length > 0 ? 'definition' : 'fact';
};
