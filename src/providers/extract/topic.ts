import { stemOf, stemsOf, type Term, termsOf } from './words.ts';

/**
 * What an instruction is about: `investment or tax advice` has two alternatives, and one of them must be named
 * with all its words.
 */
export type Topic = readonly (readonly Term[])[];

/** Words that carry a topic but are none: `tax advice`, `questions about tax`. */
const carriers = new Set(
  'request advice advise question matter topic detail information info issue anything any customer user someone somebody person ask mention say report write describe sound seem want tell talk discuss specific of about related company subject content kind sort type form'
    .split(' ')
    .map(stemOf),
);
const otherPerson = 'otherperson';
const maxAlternatives = 20;

/** Reads a noun phrase with `,`, `or` and `and` as a topic. Empty when it names nothing. */
export const topicOf = (text: string): Topic => {
  const alternatives = text
    .slice(0, 400)
    .split(/,|;|\bor\b|\band\b|\bnor\b/i)
    .slice(0, maxAlternatives)
    .map((phrase) => termsOf(phrase).filter(({ stem }) => !carriers.has(stem)))
    .filter((terms) => terms.length > 0);
  const others = alternatives.flat().find(({ stem }) => stem === otherPerson);
  if (others === undefined) return alternatives;
  // `another customer's account or balance`: the qualifier belongs to every alternative.
  return alternatives.map((terms) => (terms.includes(others) ? terms : [others, ...terms]));
};

const named = (term: Term, words: ReadonlySet<string>): boolean =>
  term.variants.some(({ stem }) => words.has(stem));

/** Whether a question names the topic. Long alternatives may lack a third of their words. */
export const touches = (topic: Topic, question: string): boolean => {
  const words = new Set(stemsOf(question));
  return topic.some((terms) => {
    const found = terms.filter((term) => named(term, words)).length;
    const otherMissing = terms.some(({ stem }) => stem === otherPerson) && !words.has(otherPerson);
    return !otherMissing && found >= Math.ceil(terms.length <= 2 ? terms.length : terms.length * 0.66);
  });
};
