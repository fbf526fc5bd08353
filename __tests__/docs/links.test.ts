import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { anchorsOf, linksOf, pages, root } from './markdown.ts';

/** Why a link leads nowhere; null: it resolves, or leads out of the repository. */
const problemOf = (file: string, target: string): string | null => {
  if (/^(https:|mailto:)/.test(target)) return null;
  if (/^[a-z]+:/i.test(target) || target.startsWith('/')) return `${target}: no link for a reader of ${file}`;
  const [path = '', anchor] = target.split('#');
  const resolved = path === '' ? file : normalize(join(dirname(file), decodeURIComponent(path)));
  if (resolved.startsWith('..')) return `${target}: leaves the repository`;
  const absolute = join(root, resolved);
  if (!existsSync(absolute)) return `${target}: there is no ${resolved}`;
  if (anchor === undefined || statSync(absolute).isDirectory() || !resolved.endsWith('.md')) return null;
  return anchorsOf(readFileSync(absolute, 'utf8')).includes(anchor) ? null : `${target}: no such heading`;
};

describe('links', () => {
  test.each(pages.map(({ file, text }) => [file, text]))('of %s resolve', (file, text) => {
    expect(
      linksOf(text)
        .map((target) => problemOf(file, target))
        .filter((problem) => problem !== null),
    ).toEqual([]);
  });

  test('a link to nowhere is noticed', () => {
    expect(linksOf('[a](b.md "title") ![c](d.png) `[e](f.md)`')).toEqual(['b.md', 'd.png']);
    expect(problemOf('docs/a.md', '../nowhere.md')).toContain('there is no nowhere.md');
    expect(problemOf('README.md', '#nothing-of-this-name')).toContain('no such heading');
    expect(problemOf('README.md', 'LICENSE')).toBeNull();
  });

  test('the README leads to every guide and every example', () => {
    const links = linksOf(pages.find(({ file }) => file === 'README.md')?.text ?? '');
    for (const { file } of pages.filter((page) => page.file.startsWith('docs/guides/')))
      expect(links).toContain(file);
    for (const example of ['examples/finance-support', 'examples/recorded-answers'])
      expect(links).toContain(example);
  });
});
