import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { root } from './markdown.ts';

/** Made by programs: bundles, and schemas of others. */
const generated = /^(dist\/|__tests__\/peers\/github\/openapi\.json$)/;

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && !generated.test(path) && existsSync(join(root, path)));

const textOf = (path: string): string | null => {
  const bytes = readFileSync(join(root, path));
  return bytes.includes(0) ? null : bytes.toString('utf8');
};

/** Written in parts, so that this file is clean itself. */
const forbidden: readonly (readonly [string, RegExp])[] = [
  ["a folder of somebody's machine", new RegExp(`(?<![\\w.@-])/${'work'}/`)],
  ["a package registry's host", new RegExp(['registry', '\\w+', '\\w+'].join('\\.'))],
  ['a conflict marker', /^(<{7}|>{7}) /m],
  ['a key', /\b(sk-[a-zA-Z0-9]{32,}|sk-ant-api\d\d-[\w-]{40,}|gh[pousr]_[A-Za-z0-9]{36})\b/],
];

describe('files of the project', () => {
  test('there are some', () => {
    expect(files).toEqual(expect.arrayContaining(['README.md', 'action.yml', 'src/cli.ts']));
  });

  test.each(forbidden)('none names %s', (_what, pattern) => {
    const found = files.filter((path) => pattern.test(textOf(path) ?? ''));
    expect(found).toEqual([]);
  });

  test('the patterns find what they are for', () => {
    const samples = [['', 'work', 'x'].join('/'), ['registry', 'example', 'org'].join('.')];
    expect(samples.map((text) => forbidden.some(([, pattern]) => pattern.test(`${text}/`)))).toEqual([
      true,
      true,
    ]);
  });
});
