import type { Judged } from '../model/judged.ts';
import { showScore } from './wording.ts';

/** One judgement of one answer, with the assertion's threshold already applied to `pass`. */
export type Vote = {
  readonly pass: boolean;
  /** 0 to 1. */
  readonly score: number;
  readonly reason: string;
  readonly model: string | null;
};

/** What several votes on one answer say together. */
export type Decision = {
  /** More than half of the votes passed it; a tie is no majority, and so no pass. */
  readonly pass: boolean;
  /** The median of the scores. */
  readonly score: number;
  /** The vote of the majority whose score is nearest to the median. */
  readonly spokesman: Vote;
  readonly votes: readonly Vote[];
  /** Share of the votes that agree with the larger camp: 1 is unanimous. */
  readonly agreement: number;
};

/** More than a policy allows (15), so that votes of different trials never share a number. */
const votesPerTrial = 100;

/** The trial number of a judge's vote: each vote on each trial is an answer of its own, also in the cache. */
export const trialOfVote = (trial: number, vote: number): number => trial * votesPerTrial + vote;

/** Scores this near to one another are the same opinion. */
const sameOpinion = 0.1;

const isSettled = (votes: readonly Vote[], planned: number): boolean => {
  const scores = votes.map(({ score }) => score);
  return (
    votes.length * 2 > planned &&
    votes.every(({ pass }) => pass === votes[0]?.pass) &&
    Math.max(...scores) - Math.min(...scores) <= sameOpinion + 1e-9
  );
};

/** The middle of the values; of an even number, the mean of the two in the middle. NaN for none. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
};

/** Counts votes. There is at least one. */
export const decide = (votes: readonly [Vote, ...Vote[]]): Decision => {
  const passed = votes.filter(({ pass }) => pass).length;
  const pass = passed * 2 > votes.length;
  const score = median(votes.map((vote) => vote.score));
  const distance = (vote: Vote): number => Math.abs(vote.score - score);
  const [first] = votes;
  const spokesman = votes
    .filter((vote) => vote.pass === pass)
    .reduce(
      (best, vote) => (distance(vote) < distance(best) ? vote : best),
      votes.find((vote) => vote.pass === pass) ?? first,
    );
  return { pass, score, spokesman, votes, agreement: Math.max(passed, votes.length - passed) / votes.length };
};

/**
 * Asks for `planned` votes on one answer. A bare majority of them is asked first, at once; where these agree on
 * the result and their scores are no more than 0.1 apart, the others can't turn it and are not asked.
 * A vote that fails takes the decision with it: nothing is decided by the votes that happen to be left.
 */
export const castVotes = async (planned: number, ask: (vote: number) => Promise<Vote>): Promise<Decision> => {
  const majority = Math.floor(planned / 2) + 1;
  const first = await askAll(0, Math.min(planned, majority), ask);
  const all = isSettled(first, planned) ? first : [...first, ...(await askAll(first.length, planned, ask))];
  const [one, ...others] = all;
  if (one === undefined) throw new RangeError(`${planned} votes decide nothing`);
  return decide([one, ...others]);
};

/** Waits for every vote also where one fails, so that no call outlives the trial that it belongs to. */
const askAll = async (from: number, to: number, ask: (vote: number) => Promise<Vote>): Promise<Vote[]> => {
  const numbers = Array.from({ length: to - from }, (_entry, index) => from + index);
  const settled = await Promise.allSettled(numbers.map(ask));
  return settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
};

/** `2:1`, the larger camp first; null: the votes agree. */
export const splitOf = ({ votes, agreement }: Pick<Decision, 'votes' | 'agreement'>): string | null => {
  const larger = Math.round(agreement * votes.length);
  return agreement === 1 ? null : `${larger}:${votes.length - larger}`;
};

/** The scores between which a judge's own votes leave the result open; nothing where they agree on it. */
export const splitRange = ({ votes, agreement }: Decision): { split?: readonly [number, number] } => {
  const scores = votes.map(({ score }) => score);
  return agreement === 1 ? {} : { split: [Math.min(...scores), Math.max(...scores)] };
};

/** What stands before the reason of a check whose judge disagrees with itself; empty where it agrees. */
export const splitNote = (decision: Decision): string => {
  const split = splitOf(decision);
  return split === null ? '' : `judge split ${split} on the same answer: tighten the rubric; `;
};

/** ` (median of 0.9, 0.7 and 0.8)`; empty where there is only one score to speak of. */
export const medianNote = ({ votes }: Decision): string => {
  const scores = votes.map(({ score }) => showScore(score));
  return new Set(scores).size === 1
    ? ''
    : ` (median of ${scores.slice(0, -1).join(', ')} and ${scores.at(-1)})`;
};

/** Decision and judge as they stand in a check. */
export const judgeRecord = (
  judge: { readonly id: string },
  promptVersion: string,
  { votes, agreement }: Decision,
): Judged => {
  const models = [...new Set(votes.map(({ model }) => model).filter((model) => model !== null))];
  return {
    provider: judge.id,
    model: models.length === 0 ? null : models.toSorted().join(', '),
    votes: votes.map(({ score }) => score),
    agreement,
    promptVersion,
  };
};
