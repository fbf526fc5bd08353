import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/model/ports.ts';
import type { Completion } from '../../src/model/provider.ts';
import { openMemoryStore, openSqliteStore } from '../../src/store/sqlite-store.ts';
import { temporaryFolder } from '../repo/git-fixture.ts';

const completion = (text: string): Completion => ({
  text,
  toolCalls: [{ id: '1', name: 'lookup', arguments: '{}' }],
  finish: { reason: 'toolCalls', raw: 'tool_calls' },
  usage: { input: 3, output: 4 },
  latencyMs: 12.5,
  costUsd: null,
  model: 'm',
  cached: false,
});

const stores: [string, (folder: string) => Promise<Store>][] = [
  ['SQLite', (folder) => openSqliteStore(join(folder, '.assay', 'cache.sqlite'), () => 0)],
  ['memory', async () => openMemoryStore()],
];

describe.each(stores)('%s store', (_name, open) => {
  test('gives back what was put, and null for the rest', async () => {
    using folder = temporaryFolder();
    const store = await open(folder.root);
    expect(store.get('a')).toBeNull();
    store.put('a', completion('x'));
    store.put('a', completion("newer ' \u0000 \u{1F600}"));
    expect(store.get('a')).toEqual(completion("newer ' \u0000 \u{1F600}"));
    store.close();
  });
});

test('answers outlive the process that asked, and the folder ignores itself', async () => {
  using folder = temporaryFolder();
  const file = join(folder.root, '.assay', 'cache.sqlite');
  const first = await openSqliteStore(file, () => 0);
  first.put('a', completion('x'));
  first.close();
  const second = await openSqliteStore(file, () => 0);
  expect(second.get('a')?.text).toBe('x');
  second.close();
  expect(readFileSync(join(folder.root, '.assay', '.gitignore'), 'utf8')).toBe('*\n');
});

test('two runs at once share the file', async () => {
  using folder = temporaryFolder();
  const file = join(folder.root, '.assay', 'cache.sqlite');
  const [a, b] = [await openSqliteStore(file, () => 0), await openSqliteStore(file, () => 0)];
  for (let index = 0; index < 50; index++) {
    a.put(`a${index}`, completion('a'));
    b.put(`b${index}`, completion('b'));
  }
  await new Promise((turn) => setImmediate(turn));
  a.close();
  b.close();
  const later = await openSqliteStore(file, () => 0);
  expect([later.get('b49')?.text, later.get('a49')?.text]).toEqual(['b', 'a']);
  later.close();
  expect(existsSync(file)).toBe(true);
});
