import { createHash } from 'node:crypto';
import type { Tree } from '../../src/model/ports.ts';

/** The files of a repository, in memory. */
export const memoryTree = (files: Readonly<Record<string, string>>, label = 'memory'): Tree => {
  const texts = new Map(Object.entries(files));
  return {
    label,
    sha: null,
    list: async () => [...texts.keys()].toSorted(),
    read: async (path) => texts.get(path) ?? null,
    hash: async (path) => {
      const text = texts.get(path);
      return text === undefined ? null : createHash('sha1').update(text).digest('hex');
    },
  };
};
