/** How much of each part of a Markdown report is shown. What is above a number is counted and pointed to. */
export type Detail = {
  /** Worst cases with their answers. */
  readonly worst: number;
  /** Code points of one answer, and lines that it may take. */
  readonly answerLength: number;
  readonly answerLines: number;
  /** Reasons under a worst case. */
  readonly whys: number;
  /** Blocking reasons of the verdict. */
  readonly reasons: number;
  /** Broken cases beyond the worst. */
  readonly moreBroken: number;
  readonly matrixRows: number;
  readonly statistics: number;
  readonly breaking: number;
  readonly review: number;
  readonly tampering: number;
  /** Lines of all prompt diffs together. */
  readonly promptLines: number;
  /** Entries of each list: flaky, undecided, already failing, fixed. */
  readonly listed: number;
  readonly warnings: number;
  /** Code points of a name, a span or a message. */
  readonly words: number;
};

const full: Detail = {
  worst: 3,
  answerLength: 400,
  answerLines: 12,
  whys: 3,
  reasons: 2,
  moreBroken: 20,
  matrixRows: 40,
  statistics: 3,
  breaking: 25,
  review: 15,
  tampering: 30,
  promptLines: 80,
  listed: 12,
  warnings: 12,
  words: 160,
};

/**
 * From all that fits a comment down to the bare verdict, the least severe part first: what is left when nothing
 * else fits is bounded by `words` alone, whatever a run holds.
 */
export const commentLevels: readonly Detail[] = [
  full,
  { ...full, warnings: 3, listed: 4, review: 8, promptLines: 40 },
  { ...full, warnings: 0, listed: 0, review: 4, promptLines: 16, statistics: 3, words: 120 },
  {
    ...full,
    warnings: 0,
    listed: 0,
    review: 0,
    promptLines: 0,
    statistics: 3,
    breaking: 12,
    moreBroken: 10,
    tampering: 15,
    matrixRows: 20,
    words: 100,
  },
  {
    worst: 3,
    answerLength: 200,
    answerLines: 6,
    whys: 3,
    reasons: 2,
    moreBroken: 0,
    matrixRows: 12,
    statistics: 1,
    breaking: 4,
    review: 0,
    tampering: 6,
    promptLines: 0,
    listed: 0,
    warnings: 0,
    words: 80,
  },
  {
    worst: 1,
    answerLength: 120,
    answerLines: 4,
    whys: 2,
    reasons: 2,
    moreBroken: 0,
    matrixRows: 3,
    statistics: 0,
    breaking: 0,
    review: 0,
    tampering: 2,
    promptLines: 0,
    listed: 0,
    warnings: 0,
    words: 40,
  },
];

const most: Detail = {
  worst: 3,
  answerLength: 2000,
  answerLines: 60,
  whys: 20,
  reasons: 50,
  moreBroken: 300,
  matrixRows: 500,
  statistics: 60,
  breaking: 300,
  review: 300,
  tampering: 300,
  promptLines: 1500,
  listed: 200,
  warnings: 200,
  words: 300,
};

/** The job summary: sixteen times the room, then the comment's levels. */
export const summaryLevels: readonly Detail[] = [
  most,
  {
    ...most,
    answerLength: 1000,
    moreBroken: 100,
    matrixRows: 150,
    breaking: 100,
    review: 60,
    promptLines: 400,
    listed: 50,
    warnings: 50,
    words: 160,
  },
  ...commentLevels,
];
