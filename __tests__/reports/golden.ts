import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from '@jest/globals';

const folder = join(import.meta.dirname, '..', 'golden');

/**
 * Compares a text with the committed file of that name. `UPDATE_GOLDEN=1` writes the file instead; look at the
 * difference before you commit it.
 */
export const expectGolden = (name: string, text: string): void => {
  const path = join(folder, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return;
  }
  if (!existsSync(path)) throw new Error(`No golden file ${name}: run the test once with UPDATE_GOLDEN=1`);
  expect(text).toBe(readFileSync(path, 'utf8'));
};
