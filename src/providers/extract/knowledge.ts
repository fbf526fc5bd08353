import { definedTerms, kindOf, type SentenceKind } from './classify.ts';
import { type Directive, directivesOf, isReplyLine } from './directives.ts';
import { type Sentence, segment } from './segment.ts';
import { lineOf, lineOfStems, readStems, type Stems, stemsOf } from './words.ts';

/** A sentence of the prompt with its words, which are read once. */
export type ReadSentence = Sentence & { readonly stems: Stems };

/** A sentence that may be quoted in an answer. */
export type Fact = ReadSentence & {
  readonly kind: Exclude<SentenceKind, 'instruction'>;
  /** All its stems as one text with a blank at both ends, to look for terms in. */
  readonly line: string;
  /** Terms that it defines, in the form of `line`. */
  readonly terms: readonly string[];
};

/** A system prompt as the responder understands it. */
export type Knowledge = {
  readonly sentences: readonly ReadSentence[];
  readonly facts: readonly Fact[];
  readonly directives: readonly Directive[];
  /** Stem → indexes of the facts that contain it; the same for the facts' headings. */
  readonly inText: ReadonlyMap<string, readonly number[]>;
  readonly inSection: ReadonlyMap<string, readonly number[]>;
  readonly averageLength: number;
  /** Stems of the assistant's and the company's names: they say nothing about what is asked. */
  readonly names: ReadonlySet<string>;
};

const readDirectives = (sentences: readonly Sentence[]): Directive[] => {
  const directives: Directive[] = [];
  for (const { text } of sentences) {
    const line = isReplyLine(text);
    const last = directives.at(-1);
    if (
      line !== null &&
      last !== undefined &&
      (last.kind === 'forbid' || last.kind === 'unknown') &&
      last.reply === null
    ) {
      directives[directives.length - 1] = { ...last, reply: line };
    } else directives.push(...directivesOf(text));
  }
  return directives;
};

const post = (postings: Map<string, number[]>, stems: readonly string[], fact: number): void => {
  for (const stem of new Set(stems)) {
    const found = postings.get(stem);
    if (found === undefined) postings.set(stem, [fact]);
    else found.push(fact);
  }
};

/** `You are Mira, the assistant of Larkfield`: the capitalised words. */
const namesIn = (instructions: readonly Sentence[]): Set<string> =>
  new Set(
    instructions
      .filter(({ text }) => /^(?:you are|you're|your name is|act as)\b/i.test(text))
      .flatMap(({ text }) =>
        [...text.slice(4).matchAll(/(?<=\s)\p{Lu}[\p{L}\d]+/gu)].flatMap(([name]) => stemsOf(name)),
      ),
  );

/** Reads a prompt once; answering many questions from it is then cheap. Linear in the prompt's length. */
export const readKnowledge = (prompt: string): Knowledge => {
  const sentences = segment(prompt).map((sentence) => ({ ...sentence, stems: readStems(sentence.text) }));
  const inText = new Map<string, number[]>();
  const inSection = new Map<string, number[]>();
  const instructions: Sentence[] = [];
  const facts: Fact[] = [];
  const sections = new Map<string, readonly string[]>();
  for (const sentence of sentences) {
    const kind = kindOf(sentence);
    if (kind === 'instruction') {
      instructions.push(sentence);
      continue;
    }
    if (!sections.has(sentence.section)) sections.set(sentence.section, stemsOf(sentence.section));
    post(inText, sentence.stems.content, facts.length);
    post(inSection, sections.get(sentence.section) ?? [], facts.length);
    const terms = kind === 'definition' ? definedTerms(sentence).map(lineOf) : [];
    facts.push({ ...sentence, kind, terms, line: lineOfStems(sentence.stems.all) });
  }
  const words = facts.reduce((sum, { stems }) => sum + stems.content.length, 0);
  const averageLength = Math.max(1, words / Math.max(1, facts.length));
  const directives = readDirectives(instructions);
  return { sentences, facts, directives, inText, inSection, averageLength, names: namesIn(instructions) };
};
