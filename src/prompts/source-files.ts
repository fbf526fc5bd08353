import picomatch from 'picomatch';
import { nearest } from '../model/nearest.ts';
import type { Place } from '../model/place.ts';
import { type LocatedDocument, readDocument } from './document.ts';
import type { Reading } from './reading.ts';

const maxReference = 500;
const maxStars = 8;

/** Why a reference is refused, or the repository-relative path that it means. */
export type Resolved = { readonly path: string } | { readonly problem: string };

/**
 * What `reference`, written in a file in `folder`, means inside the repository. Nothing leaves the repository:
 * absolute paths, `..` beyond the root, encoded dots and slashes, back-slashes and control characters are refused.
 */
export const resolveReference = (folder: string, reference: string): Resolved => {
  const written = reference.startsWith('file://') ? reference.slice('file://'.length) : reference;
  if (written.trim() === '') return { problem: 'the path is empty' };
  if (written.length > maxReference) return { problem: `the path has more than ${maxReference} characters` };
  if (/[\u0000-\u001f\u007f]/.test(written)) return { problem: 'the path holds a control character' };
  if (/%(2e|2f|5c|00)/i.test(written)) return { problem: 'the path holds an encoded dot, slash or NUL' };
  if (written.includes('\\')) return { problem: 'the path holds a back-slash' };
  if (/^(\/|~|[a-z]:)/i.test(written)) return { problem: 'the path is absolute' };
  const parts: string[] = folder === '' ? [] : folder.split('/');
  for (const part of written.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return { problem: 'the path leaves the repository' };
  }
  if (parts.length === 0) return { problem: 'the path names the repository itself' };
  return parts.includes('.git') ? { problem: 'the path leads into .git' } : { path: parts.join('/') };
};

/** The folder of a repository-relative path; empty for the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** The ending of a path in lower case, without the dot. */
export const endingOf = (path: string): string => /\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? '';

/** Resolves `reference` against the suite's folder; reports and returns null where it is refused. */
export const resolvePath = (reading: Reading, reference: string, place: Place): string | null => {
  const resolved = resolveReference(folderOf(reading.path), reference);
  if ('path' in resolved) return resolved.path;
  reading.error('path-outside', place, `${resolved.problem}: "${reference.slice(0, 120)}"`, {
    expected: 'a path inside the repository, relative to the folder of the suite, with /',
    nextStep: 'Move the file into the repository, or correct the path',
  });
  return null;
};

const missing = (reading: Reading, path: string, place: Place, all: readonly string[]): void => {
  const folder = folderOf(path);
  const near = nearest(
    path,
    all.filter((file) => folderOf(file) === folder || file.endsWith(path.slice(path.lastIndexOf('/')))),
  );
  reading.error('missing-file', place, `the file "${path}" does not exist (${reading.tree.label})`, {
    nextStep: near === null ? 'Add the file, or correct the path' : `Did you mean "${near}"?`,
  });
};

/**
 * The files that `reference` means: one file, the files of a folder, or those that a glob matches, sorted.
 * Nothing found is an error of its own; null where anything was reported.
 */
export const findFiles = async (
  reading: Reading,
  reference: string,
  place: Place,
): Promise<readonly string[] | null> => {
  const path = resolvePath(reading, reference, place);
  if (path === null) return null;
  const all = await reading.tree.list();
  if (all.includes(path)) return [path];
  if (!/[*?{[]/.test(path)) {
    const inside = all.filter((file) => folderOf(file) === path);
    if (inside.length > 0) return inside;
    missing(reading, path, place, all);
    return null;
  }
  if (path.split('*').length - 1 > maxStars) {
    reading.error('wrong-glob', place, `the glob "${path}" has more than ${maxStars} stars`);
    return null;
  }
  const matches = picomatch(path, { noextglob: true, maxLength: maxReference });
  const found = all.filter((file) => matches(file));
  if (found.length > 0) return found;
  reading.error('missing-file', place, `no file matches "${path}" (${reading.tree.label})`, {
    nextStep: 'Add a file, or correct the glob',
  });
  return null;
};

/** The text of a file without a byte-order mark and with `\n` line ends; reports and returns null where there is none. */
export const readText = async (reading: Reading, path: string, place: Place): Promise<string | null> => {
  const text = await reading.attempt(() => reading.tree.read(path));
  if (text !== null) return text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  if (!(await reading.tree.list()).includes(path)) missing(reading, path, place, await reading.tree.list());
  return null;
};

/** A YAML or JSON file with positions; reports and returns null where it does not parse. */
export const readLocated = async (
  reading: Reading,
  path: string,
  place: Place,
): Promise<LocatedDocument | null> => {
  const text = await readText(reading, path, place);
  return text === null ? null : reading.attempt(() => readDocument(path, text));
};
