import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');

/** A fenced block: what a reader will copy. */
export type Block = {
  readonly file: string;
  /** Of the first line inside the fence, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The file that it shows: its first comment (`# assay.yml`), else a path in code at the end of the line above. */
  readonly name: string | null;
};

export type Page = { readonly file: string; readonly text: string; readonly blocks: readonly Block[] };

const fence = /^( *)(```+|~~~+) *([\w-]*)[^\n]*\n([\s\S]*?)^\1\2 *$/gm;
const ownName = /^# ([\w./-]+\.[a-z]+)$/;
const nameAbove = /`([\w./-]+\.[a-z]+)`:$/;

const blocksOf = (file: string, text: string): Block[] =>
  [...text.matchAll(fence)].map((match) => {
    const [, indent = '', , language = '', body = ''] = match;
    const before = text.slice(0, match.index);
    const dedented = body.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
    const above = before.trimEnd().split('\n').at(-1) ?? '';
    const name = ownName.exec(dedented.split('\n')[0] ?? '')?.[1] ?? nameAbove.exec(above)?.[1] ?? null;
    return { file, line: before.split('\n').length + 1, language, text: dedented, name };
  });

const markdownBelow = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !/(^|\/)(node_modules|\.assay)\//.test(path));

/** Every page that a user or contributor reads. */
export const pages: readonly Page[] = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'examples'].flatMap(markdownBelow).toSorted(),
].map((file) => {
  const text = readFileSync(join(root, file), 'utf8').replaceAll('\r\n', '\n');
  return { file, text, blocks: blocksOf(file, text) };
});

/** The text without what stands in code, where brackets are no links and `#` no heading. */
export const withoutCode = (text: string): string =>
  text
    .replace(fence, '')
    .replace(/^(?: {4}|\t).*$/gm, '')
    .replace(/(`+)[^`][\s\S]*?\1/g, '`…`');

/** Targets of links and images. */
export const linksOf = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g)].map((match) => match[1] ?? '');

/** GitHub's anchors of a page's headings. */
export const anchorsOf = (text: string): string[] =>
  [...text.replace(fence, '').matchAll(/^#{1,6} +(.+)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  );
