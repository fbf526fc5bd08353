import { escapeHtml } from './markup.ts';

/** An answer as the page shows it; `left` counts the characters that only results.json has. */
export type Shown = { readonly text: string; readonly left: number };
export type Allowance = (output: string) => Shown;

const perAnswer = 20_000;
const perAnswerWhenSpent = 400;
/** Characters of all answers together: keeps the page of any run below about 15 MB. */
const perPage = 7_000_000;

/** Never cuts a surrogate pair in two. */
const cut = (text: string, length: number): string => {
  const code = text.charCodeAt(length - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? length - 1 : length);
};

/**
 * How much of each answer goes into the page. Asked in the order of importance, so that the worst cells have
 * their answers in full and only the last ones of a very large run are shortened.
 */
export const outputAllowance = (total: number = perPage): Allowance => {
  let spent = 0;
  return (output) => {
    const limit = spent < total ? perAnswer : perAnswerWhenSpent;
    const text = output.length > limit ? cut(output, limit) : output;
    spent += escapeHtml(text).length;
    return { text, left: output.length - text.length };
  };
};
