import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatFinding } from '../../src/model/errors.ts';
import { startReading } from '../../src/prompts/reading.ts';
import { findFiles, resolveReference } from '../../src/prompts/source-files.ts';
import { memoryTree } from './memory-tree.ts';

describe('resolveReference', () => {
  test.each([
    ['', 'a.txt', 'a.txt'],
    ['evals', 'a.txt', 'evals/a.txt'],
    ['evals', './b/a.txt', 'evals/b/a.txt'],
    ['evals/x', '../a.txt', 'evals/a.txt'],
    ['evals', 'file://a.txt', 'evals/a.txt'],
    ['evals', 'file://./a.txt', 'evals/a.txt'],
    ['evals', 'file://../prompts/a b.txt', 'prompts/a b.txt'],
    ['', 'a..b/c...txt', 'a..b/c...txt'],
  ])('in "%s", %s is %s', (folder, reference, path) => {
    expect(resolveReference(folder, reference)).toEqual({ path });
  });

  test.each([
    '../a.txt',
    'a/../../b.txt',
    'file://../../x',
    '/etc/passwd',
    'file:///etc/passwd',
    '~/x',
    'C:/x.txt',
    'c:x.txt',
    '..\\x.txt',
    '\\\\host\\share',
    '%2e%2e/x',
    '%2E./x',
    'a%2fb',
    'a%5cb',
    'a%00.txt',
    'a\0.txt',
    'a\n.txt',
    '.git/config',
    'x/.git/config',
    '',
    'file://',
    '.',
    'a/..',
    'x'.repeat(501),
  ])('refuses %j', (reference) => {
    expect(resolveReference('', reference)).toHaveProperty('problem');
  });

  test('nothing leaves the repository, whatever is asked for', () => {
    const part = fc.constantFrom('..', '.', 'a', '', '/', '%2e%2e', '\\', 'file://', '.git', '\0', '*');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.array(fc.constantFrom('x', 'y'), { maxLength: 3 }),
        (parts, folder) => {
          const resolved = resolveReference(folder.join('/'), parts.join('/'));
          if (!('path' in resolved)) return;
          expect(resolved.path.split('/')).not.toContain('..');
          expect(resolved.path).not.toMatch(/^\/|\\|\0|\/\/|^$/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('findFiles', () => {
  const tree = memoryTree({
    'e/s.suite.yml': '',
    'e/a.txt': 'a',
    'e/p/b.txt': 'b',
    'e/p/c.md': 'c',
    'e/p/[x].txt': 'x',
    'top.txt': 't',
  });
  const place = { file: 'e/s.suite.yml', line: 3, column: 5 };
  const find = async (reference: string) => {
    const reading = startReading(tree, 'e/s.suite.yml');
    const files = await findFiles(reading, reference, place);
    return files ?? reading.findings().map(formatFinding);
  };

  test.each([
    ['a.txt', ['e/a.txt']],
    ['p/*.txt', ['e/p/[x].txt', 'e/p/b.txt']],
    ['p/**/*', ['e/p/[x].txt', 'e/p/b.txt', 'e/p/c.md']],
    ['p', ['e/p/[x].txt', 'e/p/b.txt', 'e/p/c.md']],
    ['p/', ['e/p/[x].txt', 'e/p/b.txt', 'e/p/c.md']],
    ['../*.txt', ['top.txt']],
    ['p/[x].txt', ['e/p/[x].txt']],
    ['{a,p/b}.txt', ['e/a.txt', 'e/p/b.txt']],
  ])('%s', async (reference, files) => {
    expect((await find(reference)).toSorted()).toEqual(files);
  });

  test.each([
    ['b.txt', 'e/s.suite.yml:3:5: the file "e/b.txt" does not exist (memory). Did you mean "e/a.txt"?'],
    ['q/*.txt', 'e/s.suite.yml:3:5: no file matches "e/q/*.txt" (memory). Add a file, or correct the glob.'],
    ['*a*a*a*a*a*a*a*a*a*b', 'the glob "e/*a*a*a*a*a*a*a*a*a*b" has more than 8 stars'],
    ['../../x', 'the path leaves the repository: "../../x"'],
  ])('%s is reported', async (reference, message) => {
    expect((await find(reference)).join('\n')).toContain(message);
  });

  test('groups of alternatives cannot make a slow pattern', async () => {
    const long = memoryTree({ 's.yml': '', [`${'a'.repeat(60)}.txt`]: '' });
    const reading = startReading(long, 's.yml');
    expect(await findFiles(reading, '+(a|aa|a?)+(a|aa)*b', { ...place, file: 's.yml' })).toBeNull();
  });
});
