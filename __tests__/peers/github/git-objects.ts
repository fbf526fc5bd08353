import { execFileSync } from 'node:child_process';

/** git over the bare repository behind the fake; null: git does not know what is asked for. */
export const readGit = (gitDirectory: string, ...args: string[]): Buffer | null => {
  try {
    return execFileSync('git', ['--git-dir', gitDirectory, ...args], {
      maxBuffer: 100_000_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch {
    return null;
  }
};

export type GitEntry = { path: string; mode: string; type: string; sha: string; size?: number };

export const readTreeEntries = (
  gitDirectory: string,
  tree: string,
  recursive: boolean,
): GitEntry[] | null => {
  const listing = readGit(gitDirectory, 'ls-tree', '-z', '-l', ...(recursive ? ['-r', '-t'] : []), tree);
  if (listing === null) return null;
  return listing
    .toString()
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [meta = '', path = ''] = line.split('\t');
      const [mode = '', type = '', sha = '', size = '-'] = meta.split(/ +/);
      return { path, mode, type, sha, ...(size === '-' ? {} : { size: Number(size) }) };
    });
};
