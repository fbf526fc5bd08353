import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { formatFinding } from '../../src/model/errors.ts';
import { readDocument } from '../../src/prompts/document.ts';
import { findingsFromIssues } from '../../src/prompts/schema-findings.ts';

const schema = z.strictObject({
  name: z.string().min(2),
  level: z.enum(['block', 'report', 'off']).optional(),
  trials: z.strictObject({ min: z.number().int().min(1).max(9) }).optional(),
  items: z.array(z.union([z.string(), z.strictObject({ id: z.string() })])).optional(),
});
const allowed: Readonly<Record<string, readonly string[]>> = {
  '': ['name', 'level', 'trials', 'items'],
  trials: ['min'],
  items: ['id'],
};

const findings = (text: string): string[] => {
  const document = readDocument('a.yml', text);
  const parsed = schema.safeParse(document.value);
  return parsed.success
    ? []
    : findingsFromIssues(parsed.error.issues, document, (path) => allowed[String(path[0] ?? '')] ?? []).map(
        formatFinding,
      );
};

describe('findingsFromIssues', () => {
  test.each([
    ['name: ok', []],
    ['level: off', ['a.yml:1:1: name is missing. Expected string. Add name.']],
    [
      'name: ok\nlevel: blok',
      ['a.yml:2:8: level is "blok". Expected one of block, report, off. Did you mean "block"?'],
    ],
    [
      'name: ok\nlevle: off',
      ['a.yml:2:1: unknown key "levle". Expected one of name, level, trials, items. Did you mean "level"?'],
    ],
    [
      'name: ok\ntrials:\n  min: 0\n  mix: 3',
      [
        'a.yml:3:8: trials.min is 0. Expected at least 1. Correct the value.',
        'a.yml:4:3: unknown key "mix" in trials. Expected one of min. Did you mean "min"?',
      ],
    ],
    ['name: ok\ntrials: {min: 10}', ['a.yml:2:15: trials.min is 10. Expected at most 9. Correct the value.']],
    ['name: x', ['a.yml:1:7: name is "x". Expected at least 2 characters. Correct the value.']],
    [
      'name: ok\nitems: [a, {di: b}]',
      [
        'a.yml:2:12: items[1].id is missing. Expected string. Add items[1].id.',
        'a.yml:2:13: unknown key "di" in items[1]. Expected one of id. Did you mean "id"?',
      ],
    ],
    ['[]', ['a.yml:1:1: the file is []. Expected object. Correct the value.']],
  ])('%j', (text, messages) => {
    expect(findings(text)).toEqual(messages);
  });
});
