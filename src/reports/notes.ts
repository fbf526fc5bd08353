import type { RunResult } from '../model/run.ts';
import type { Sentence } from './sentence.ts';

/** What a reader has to know before trusting the numbers. */
export const notesOf = (result: RunResult): Sentence[] => {
  const notes: Sentence[] = [];
  if (result.firstRun) notes.push(['First run: this pull request proposes this policy.']);
  if (result.base === null) notes.push(['There is no base to compare with: the head was tested alone.']);
  const { shard } = result.plan;
  if (shard !== null) notes.push([`This is shard ${shard.index} of ${shard.of} only.`]);
  return notes;
};
