import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseMarker, sameCommit, withMarker, withoutMarker } from '../../src/github/marker.ts';

const sha = 'a'.repeat(40);

describe('the marker', () => {
  test('is read as it is written', () => {
    const hex = fc.stringMatching(/^[0-9a-f]{7,64}$/);
    const id = fc.stringMatching(/^[A-Za-z0-9]([._]?[A-Za-z0-9]){0,30}$/);
    fc.assert(
      fc.property(id, hex, fc.nat(), fc.string(), (name, commit, run, body) => {
        const marker = { id: name, sha: commit, run };
        expect(parseMarker(withMarker(body, marker))).toEqual(marker);
        expect(withoutMarker(withMarker(body, marker))).toBe(withoutMarker(body));
      }),
    );
  });

  test.each([
    '',
    'Text',
    ` <!-- assay id=a sha=${sha} run=1 -->`,
    `Text\n<!-- assay id=a sha=${sha} run=1 -->`,
    `<!-- assay id=a sha=${sha} run=1 --> text`,
    `<!-- assay id=a b sha=${sha} run=1 -->`,
    '<!-- assay id=a sha=nothex0 run=1 -->',
    `<!-- assay id=a sha=${sha} run=-1 -->`,
  ])('is not in %j', (body) => {
    expect(parseMarker(body)).toBeNull();
  });

  test('is read with the line ends of a browser', () => {
    expect(parseMarker(`<!-- assay id=a sha=${sha} run=1 -->\r\nText`)).toEqual({ id: 'a', sha, run: 1 });
  });

  test('goes and nothing else', () => {
    expect(withoutMarker(`<!-- assay id=a sha=${sha} run=1 -->\n### Title\n`)).toBe('### Title\n');
    expect(withoutMarker('### Title\n')).toBe('### Title\n');
  });
});

test.each([
  [sha, sha, true],
  [sha, sha.slice(0, 7), true],
  [sha, 'aaa', false],
  [sha, 'b'.repeat(7), false],
  ['', '', false],
])('commits %s and %s are the same: %s', (a, b, same) => {
  expect(sameCommit(a, b)).toBe(same);
});
