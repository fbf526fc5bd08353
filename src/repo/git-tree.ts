import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { userError } from '../model/errors.ts';
import type { Tree } from '../model/ports.ts';
import { type Git, gitEnvironment } from './git.ts';

const maxFileBytes = 10_000_000;

type Entry = { readonly hash: string; readonly bytes: number };

/** Regular files only: a symbolic link (120000) or a submodule (160000) of a ref is never followed. */
const parseListing = (listing: string): Map<string, Entry> => {
  const entries = new Map<string, Entry>();
  for (const line of listing.split('\0')) {
    const match = /^(100644|100755) blob ([0-9a-f]{40,64}) +(\d+|-)\t(.+)$/s.exec(line);
    if (match?.[2] && match[4]) entries.set(match[4], { hash: match[2], bytes: Number(match[3]) || 0 });
  }
  return entries;
};

/**
 * The files of one commit, read as blobs: the working tree is never touched, nothing is ever checked out.
 * One `git cat-file --batch` serves all reads; it ends with the process that reads from it.
 */
export const createGitTree = (
  git: Git,
  root: string,
  sha: string,
  label: string,
  env: Readonly<Record<string, string | undefined>>,
): Tree => {
  let listing: Promise<Map<string, Entry>> | null = null;
  let reader: BlobReader | null = null;
  const entries = (): Promise<Map<string, Entry>> => {
    listing ??= git(['ls-tree', '-r', '-z', '-l', '--full-tree', sha]).then(parseListing);
    return listing;
  };
  return {
    label,
    sha,
    list: async () => [...(await entries()).keys()].toSorted(),
    hash: async (path) => (await entries()).get(path)?.hash ?? null,
    read: async (path) => {
      const entry = (await entries()).get(path);
      if (entry === undefined) return null;
      if (entry.bytes > maxFileBytes) throw tooLarge(path, entry.bytes);
      reader ??= createBlobReader(root, env, () => {
        reader = null;
      });
      return reader(entry.hash);
    },
  };
};

export const tooLarge = (path: string, bytes: number) =>
  userError('file-too-large', `${path} has ${bytes} bytes; at most ${maxFileBytes} are read`, {
    place: { file: path, line: 1, column: 1 },
    nextStep: 'Split the file',
  });

type BlobReader = (hash: string) => Promise<string>;

const createBlobReader = (
  root: string,
  env: Readonly<Record<string, string | undefined>>,
  onEnd: () => void,
): BlobReader => {
  const child: ChildProcessWithoutNullStreams = spawn('git', ['cat-file', '--batch'], {
    cwd: root,
    env: { ...gitEnvironment(env), LC_ALL: 'C' },
  });
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr])
    (stream as unknown as { unref?: () => void }).unref?.();
  const waiting: { resolve: (text: string) => void; reject: (error: Error) => void }[] = [];
  let buffered = Buffer.alloc(0);
  const drain = (): void => {
    for (;;) {
      const end = buffered.indexOf(10);
      if (end < 0 || waiting.length === 0) return;
      const header = buffered.subarray(0, end).toString();
      const bytes = Number(/ (\d+)$/.exec(header)?.[1] ?? Number.NaN);
      if (Number.isNaN(bytes)) {
        waiting.shift()?.reject(new Error(`git cat-file: ${header}`));
        buffered = buffered.subarray(end + 1);
        continue;
      }
      if (buffered.length < end + 1 + bytes + 1) return;
      waiting.shift()?.resolve(buffered.subarray(end + 1, end + 1 + bytes).toString('utf8'));
      buffered = buffered.subarray(end + 1 + bytes + 1);
    }
  };
  const fail = (error: Error): void => {
    onEnd();
    for (const { reject } of waiting.splice(0)) reject(error);
  };
  child.stdout.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    drain();
  });
  child.on('error', fail);
  child.stdin.on('error', fail);
  child.on('close', (code) => fail(new Error(`git cat-file ended with ${code}`)));
  return (hash) =>
    new Promise((resolve, reject) => {
      (child.stdout as unknown as { ref?: () => void }).ref?.();
      const done = (): void => {
        if (waiting.length === 0) (child.stdout as unknown as { unref?: () => void }).unref?.();
      };
      waiting.push({
        resolve: (text) => {
          resolve(text);
          done();
        },
        reject: (error) => {
          reject(error);
          done();
        },
      });
      child.stdin.write(`${hash}\n`);
    });
};
