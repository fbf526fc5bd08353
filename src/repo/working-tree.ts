import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Tree } from '../model/ports.ts';
import type { Git } from './git.ts';
import { tooLarge } from './git-tree.ts';

const maxFileBytes = 10_000_000;
const skipped = new Set(['.git', 'node_modules', '.assay']);

const walk = async (root: string, folder = ''): Promise<string[]> => {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
};

/** The hash that git gives this content, so that a working-tree file can be compared with a commit's without reading the latter. */
export const blobHash = (content: Buffer): string =>
  createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');

/**
 * The files as they are on disk, uncommitted edits included: those that git tracks or would track, or every
 * file below `root` where there is no git. A symbolic link is not a file, and no path leaves the root.
 */
export const createWorkingTree = (root: string, git: Git | null): Tree => {
  const contents = new Map<string, Promise<Buffer | null>>();
  let listing: Promise<readonly string[]> | null = null;

  const load = async (path: string): Promise<Buffer | null> => {
    if (path.includes('\0') || path.split('/').includes('.git')) return null;
    const absolute = join(root, path);
    const status = await lstat(absolute).catch(() => null);
    if (!status?.isFile()) return null;
    const inside = relative(await realpath(root), await realpath(absolute));
    if (inside.startsWith(`..${sep}`) || inside === '..') return null;
    if (status.size > maxFileBytes) throw tooLarge(path, status.size);
    return readFile(absolute);
  };
  const content = (path: string): Promise<Buffer | null> => {
    const known = contents.get(path);
    if (known) return known;
    const loading = load(path);
    contents.set(path, loading);
    return loading;
  };
  const list = async (): Promise<readonly string[]> => {
    if (git === null) return (await walk(root)).toSorted();
    const names = await git([
      'ls-files',
      '-z',
      '--cached',
      '--others',
      '--exclude-standard',
      '--deduplicate',
    ]);
    const deleted = new Set((await git(['ls-files', '-z', '--deleted'])).split('\0'));
    return names
      .split('\0')
      .filter((name) => name !== '' && !deleted.has(name))
      .toSorted();
  };
  return {
    label: 'working tree',
    sha: null,
    list: () => {
      listing ??= list();
      return listing;
    },
    read: async (path) => (await content(path))?.toString('utf8') ?? null,
    hash: async (path) => {
      const bytes = await content(path);
      return bytes === null ? null : blobHash(bytes);
    },
  };
};
