import type { ReadSentence } from './knowledge.ts';
import { readStems, type Term, termsOf } from './words.ts';

/** Sentences that are read for the description of an option: every option looks at each of them. */
const maxSentences = 2_000;
/** Chosen where nothing in the message speaks for any option. */
const neutral = /^(?:other|others|unknown|none|normal|medium|neutral|general|false|no)$/i;

type Described = {
  readonly option: string;
  readonly name: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
};

/** `card: a card that is lost` describes `card` and nothing else. */
const labelIn = (text: string): string | null =>
  /^["“]?([\p{L}\d _-]{1,40}?)["”]?\s*[:–=]/u.exec(text)?.[1]?.toLowerCase() ?? null;

/** The words of the sentences that speak of each option. One that lists every option describes none of them. */
const describe = (options: readonly string[], sentences: readonly ReadSentence[]): Described[] => {
  const names = new Set(options.map((option) => option.toLowerCase()));
  const telling = sentences
    .filter(({ text }) => !/\b(?:one of|either)\b/i.test(text))
    .map(({ text, stems }) => {
      const label = labelIn(text);
      return { stems, label: label !== null && names.has(label) ? label : null };
    });
  return options.map((option) => {
    const name = readStems(option).all;
    const about = telling.filter(({ stems, label }) =>
      label === null ? name.every((stem) => stems.all.includes(stem)) : label === option.toLowerCase(),
    );
    return { option, name: new Set(name), words: new Set(about.flatMap(({ stems }) => stems.content)) };
  });
};

/** Naming an option counts twice; a word that describes many options counts little. */
const scoresOf = ({ variants }: Term, described: readonly Described[]): number[] => {
  const weights = described.map(({ name, words }) =>
    variants.reduce(
      (best, { stem, weight }) => Math.max(best, weight * (name.has(stem) ? 2 : words.has(stem) ? 1 : 0)),
      0,
    ),
  );
  const sharers = weights.filter((weight) => weight > 0).length;
  return weights.map((weight) => weight * Math.log(1 + described.length / (1 + sharers)));
};

/** The option whose name and description in the prompt share most with the message. */
export const choose = (
  options: readonly string[],
  sentences: readonly ReadSentence[],
  question: string,
): string => {
  const described = describe(options, sentences.slice(0, maxSentences));
  const totals = described.map(() => 0);
  for (const term of termsOf(question)) {
    for (const [index, score] of scoresOf(term, described).entries())
      totals[index] = (totals[index] ?? 0) + score;
  }
  const most = Math.max(0, ...totals);
  if (most < 1e-9) return options.find((option) => neutral.test(option)) ?? options[0] ?? '';
  return options[totals.findIndex((total) => total >= most - 1e-9)] ?? '';
};
