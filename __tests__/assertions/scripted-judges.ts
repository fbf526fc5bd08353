import known from '../../src/assertions/known-answers.json' with { type: 'json' };
import type { CompletionRequest, Provider } from '../../src/model/provider.ts';
import { completionOf } from './builders.ts';

/** Uniform in [0, 1), the same for the same seed (mulberry32). */
export const randomOf = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The text that a judge was asked to grade. */
export const judgedText = ({ messages }: Pick<CompletionRequest, 'messages'>): string =>
  /<(answer-\w+)>\n([\s\S]*)\n<\/\1>/.exec(messages[1]?.content ?? '')?.[2] ?? '';

const meets = new Set(known.cases.map((one) => one.meets));

/** The truth: known answers are known, and of all others the refund form is what counts. */
export const isGood = (answer: string): boolean => meets.has(answer) || answer.includes('refund form');

export const replyOf = (pass: boolean, score = pass ? 1 : 0): string =>
  JSON.stringify({ reason: pass ? 'It does.' : 'It does not.', score, pass });

/** A judge that decides by a function of the judged text, and counts what it was asked. */
export const judgeThat = (
  decides: (answer: string, request: CompletionRequest) => boolean,
): Provider & { readonly asked: CompletionRequest[] } => {
  const asked: CompletionRequest[] = [];
  return {
    id: 'judge:scripted',
    label: 'scripted',
    languageModel: true,
    fingerprint: {},
    price: null,
    asked,
    complete: async (request) => {
      asked.push(request);
      return completionOf(replyOf(decides(judgedText(request), request)));
    },
  };
};

export const honestJudge = () => judgeThat(isGood);
export const flippingJudge = (seed: number, share: number) => {
  const random = randomOf(seed);
  return judgeThat((answer) => isGood(answer) !== random() < share);
};
