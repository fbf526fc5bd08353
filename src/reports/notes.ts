import type { RunResult } from '../model/run.ts';
import { namesList, type Sentence } from './sentence.ts';

/** What a reader has to know before trusting the numbers. */
export const notesOf = (result: RunResult): Sentence[] => {
  const notes: Sentence[] = [];
  if (result.firstRun) notes.push(['First run: this pull request proposes this policy.']);
  if (result.base === null) notes.push(['There is no base to compare with: the head was tested alone.']);
  const local = result.providers.filter(({ languageModel }) => !languageModel).map(({ label }) => label);
  if (local.length > 0)
    notes.push([
      ...namesList(local),
      local.length === 1 ? ' is not a language model.' : ' are not language models.',
    ]);
  const { shard } = result.plan;
  if (shard !== null) notes.push([`This is shard ${shard.index} of ${shard.of} only.`]);
  return notes;
};
