import { describe, expect, test } from '@jest/globals';
import { outputAllowance } from '../../src/reports/html/allowance.ts';
import { type CellContext, cellOf } from '../../src/reports/html/cell.ts';
import { isQuiet, worstFirst } from '../../src/reports/html/cell-order.ts';
import { filterNames } from '../../src/reports/html/names.ts';
import { placeLink } from '../../src/reports/html/place.ts';
import { wordMarker } from '../../src/reports/html/word-diff.ts';
import { expectGolden } from './golden.ts';
import { cell, cells, check, links, runResult, side, trial } from './html-result.ts';

const context: CellContext = {
  allow: outputAllowance(),
  place: placeLink(links),
  names: filterNames(runResult()),
  marker: () => wordMarker(),
  open: ({ change }) => change === 'broken',
};

test('a broken cell, one that passes and one without an answer are the committed page', () => {
  expectGolden('html-cell.html', cells.map((one) => cellOf(one, context).markup).join('\n'));
});

describe('a summary', () => {
  const summaryOf = (
    ...[id, change, rest]: [string, Parameters<typeof cell>[2], Parameters<typeof cell>[3]]
  ) =>
    (cellOf(cell(id, 'haiku', change, rest), context).markup.split('</summary>')[0] ?? '').replace(
      /<[^>]*>/g,
      ' ',
    );

  test.each([
    ['one trial a side needs no count', 'broken', 'passed', ['failed'], /broken $/],
    [
      'several trials are counted',
      'broken',
      'passed',
      ['failed', 'failed', 'failed'],
      /broken : 0 of 3, before 1 of 1 $/,
    ],
    ['what is not an answer is named', 'broken', 'passed', ['truncated'], /broken : cut off $/],
  ] as const)('%s', (_name, change, before, now, expected) => {
    const candidate = side(now[0], ...now.map((status) => trial(status, 'x')));
    expect(
      summaryOf('hours', change, { baseline: side(before, trial(before, 'y')), candidate }).replace(
        /\s+/g,
        ' ',
      ),
    ).toMatch(expected);
  });

  test.each([
    ['asks-for-a-refund', 'Asks for a refund!', false],
    ['case-7', 'Asks for a refund', true],
    ['case-7', '', false],
  ])('case %s with the description %j: description shown is %s', (id, description, shown) => {
    const summary = cellOf(cell(id, 'haiku', 'added', { description }), context).markup;
    expect(summary.includes('class="muted">')).toBe(shown);
  });

  test('says what keeps a cell from gating', () => {
    const marks = summaryOf('hours', 'stillFailing', {
      severity: 'warn',
      quarantined: 'until 2026-12-01: vendor outage',
      expectFail: 'issue 12',
    });
    for (const mark of [
      'warns only',
      'in quarantine: until 2026-12-01: vendor outage',
      'expected to fail: issue 12',
    ])
      expect(marks).toContain(mark);
  });
});

test('checks that differ between trials are counted', () => {
  const page = cellOf(
    cell('hours', 'haiku', 'flaky', {
      baseline: side('passed', trial('passed', 'x', [check('contains', 'x', true, 'found')])),
      candidate: side(
        'flaky',
        trial('failed', 'y', [check('contains', 'x', false, 'not found')]),
        trial('passed', 'x', [check('contains', 'x', true, 'found')]),
      ),
    }),
    context,
  ).markup;
  expect(page).toContain('<span class="sign warn">~</span><span class="nowrap"> 1 of 2</span>');
});

test('a judge is named with its votes', () => {
  const judge = {
    provider: 'openai:gpt-5-mini',
    model: 'gpt-5-mini-2026-08-07',
    votes: [1, 0.5],
    agreement: 1,
    promptVersion: 'rubric/1',
  };
  const page = cellOf(
    cell('hours', 'haiku', 'added', {
      candidate: side(
        'passed',
        trial('passed', 'x', [check('llm-rubric', 'is kind', true, 'It is.', { judge, score: 0.75 })]),
      ),
    }),
    context,
  ).markup;
  expect(page).toContain('judge openai:gpt-5-mini (gpt-5-mini-2026-08-07): 1, 0.5');
  expect(page).toContain('score 0.75');
});

describe('order', () => {
  const named = (id: string, change: Parameters<typeof cell>[2], rest: Parameters<typeof cell>[3] = {}) =>
    cell(id, 'haiku', change, rest);
  const meaning = (severity: 'none' | 'reworded' | 'review' | 'breaking') => ({
    semantic: { severity, similarity: 0.9, reasons: [] },
  });

  test('critical, then by meaning; what cannot block comes after what can; a quiet cell last', () => {
    const ordered = worstFirst([
      named('quiet', 'stillPassing', meaning('reworded')),
      named('new', 'added'),
      named('changed meaning', 'stillPassing', meaning('breaking')),
      named('quarantined', 'broken', { quarantined: 'until 2026-12-01' }),
      named('plain', 'broken'),
      named('breaking', 'broken', meaning('breaking')),
      named('critical', 'broken', { critical: true }),
    ]);
    expect(ordered.map(({ case: id }) => id)).toEqual([
      'critical',
      'breaking',
      'plain',
      'quarantined',
      'changed meaning',
      'new',
      'quiet',
    ]);
  });

  test.each([
    [named('a', 'stillPassing', meaning('none')), true],
    [named('a', 'added'), true],
    [named('a', 'stillPassing', meaning('review')), false],
    [named('a', 'stillPassing', { expectFail: 'issue 12' }), false],
    [named('a', 'fixed'), false],
  ])('isQuiet %#', (one, quiet) => {
    expect(isQuiet(one)).toBe(quiet);
  });
});
