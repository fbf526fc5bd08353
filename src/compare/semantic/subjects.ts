import { type Work, words } from './edit-work.ts';

/** Pronouns that act, by whom they mean. */
export const subjects: ReadonlyMap<string, string> = new Map([
  ['i', 'us'],
  ['we', 'us'],
  ['you', 'you'],
  ['they', 'they'],
  ['he', 'they'],
  ['she', 'they'],
]);

/** We must … → you must …: another one is to act. */
export const explainSubjects = ({ edit, drafts }: Work): void => {
  if (edit.kept < 0.75) return;
  for (const hunk of edit.hunks) {
    const [a, b] = [words(hunk.a), words(hunk.b)];
    const [left, right] = [a[0], b[0]];
    if (a.length !== 1 || b.length !== 1 || left === undefined || right === undefined) continue;
    const [sideA, sideB] = [subjects.get(left.lower), subjects.get(right.lower)];
    if (sideA !== undefined && sideB !== undefined && sideA !== sideB)
      drafts.push({ kind: 'role', severity: 'review', a: left.text, b: right.text });
  }
};
