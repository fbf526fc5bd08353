import type { Tree } from '../../src/model/ports.ts';

/** Files in memory, path → text, as a tree that suites are read from. */
export const memoryTree = (files: ReadonlyMap<string, string>, label = 'memory'): Tree => ({
  label,
  sha: null,
  list: async () => [...files.keys()].toSorted(),
  read: async (path) => files.get(path) ?? null,
  hash: async (path) => files.get(path) ?? null,
});
