import { describe, expect, test } from '@jest/globals';
import { runResultSchema } from '../../src/model/run.ts';
import { quoteNames } from '../../src/reports/sentence.ts';
import { buildView, plainText, type Sentence } from '../../src/reports/view.ts';
import {
  because,
  broken,
  cell,
  failing,
  grid,
  meaning,
  noLinks,
  passing,
  reason,
  run,
  verdict,
} from './results.ts';
import { situations } from './situations.ts';

const view = (name: keyof typeof situations) => buildView(situations[name](), noLinks);

describe('title: the verdict and nothing else', () => {
  test.each([
    ['all-green', '✓ Nothing broke. All 160 cases pass on all 3 models.'],
    ['two-broken', '✗ 2 cases broke on haiku. Merging is blocked.'],
    ['everything-broken', '✗ 31 cases broke on all 5 models. Merging is blocked.'],
    ['many-prompts', '✗ 1 case broke on both models. Merging is blocked.'],
    ['wrong-key', '? No verdict: haiku did not answer. Merging is blocked.'],
    ['no-keys', '? No verdict: this run has no keys. Merging is blocked.'],
    ['cancelled', '? No verdict: the run was cancelled. Merging is blocked.'],
    ['loosened', '! This pull request loosened its own tests. Approval is needed.'],
    ['nothing-changed', '✓ No prompt changed, and no suite: nothing had to be tested.'],
    ['flaky', '✓ Nothing broke. 7 of 10 cases pass on haiku; 1 case is fixed.'],
    ['head-alone', '✗ 1 case fails on gpt-5-mini. The run fails.'],
  ] as const)('%s', (name, title) => expect(view(name).title).toBe(title));

  test.each([
    ['regression', 'The pass rate fell. Merging is blocked.'],
    ['semantic', 'Answers changed in meaning. Merging is blocked.'],
    ['cost', 'Answers cost more than the policy allows. Merging is blocked.'],
    ['a-rule-of-tomorrow', 'one more thing is wrong. Merging is blocked.'],
  ])('a run that fails by %s alone', (code, headline) => {
    const result = run({
      cells: grid(['haiku'], { support: 3 }),
      verdict: verdict('fail', reason(code, 'one more thing is wrong')),
    });
    expect(plainText(buildView(result, noLinks).headline)).toBe(headline);
  });

  test('a shard that did not report is named', () => {
    const result = run({
      cells: grid(['haiku'], { support: 3 }),
      verdict: verdict('undecided', reason('missing-shard', 'shard 2/4 did not report')),
    });
    expect(buildView(result, noLinks).title).toBe(
      '? No verdict: shard 2/4 did not report. Merging is blocked.',
    );
  });

  test('a broken case that the policy only reports blocks nothing', () => {
    const result = run({ cells: [broken()], verdict: verdict('pass', reason('broken', 'x', [], false)) });
    expect(buildView(result, noLinks).title).toBe('✓ 1 case broke on haiku. The policy only reports it.');
  });
});

describe('matrix', () => {
  test('more than three models are rows', () => {
    const { turned, headings, rows } = view('everything-broken').matrix;
    expect(turned).toBe(true);
    expect(headings.map(plainText)).toEqual([
      'support',
      'triage',
      '2 more prompts',
      'p50 / p95',
      'per 1,000',
    ]);
    expect(rows).toHaveLength(5);
  });

  test('of more than twelve prompts, those that fail or changed come first, the rest is one row', () => {
    const { rows } = view('many-prompts').matrix;
    expect(rows.map(({ name }) => plainText(name))).toEqual([
      'prompt-4',
      'prompt-17',
      '29 prompts unchanged',
    ]);
    expect(rows.at(-1)?.cells.map(({ main }) => main)).toEqual(['116/116', '116/116']);
  });

  test('a case that does not gate turns no square to ✗', () => {
    const result = run({
      cells: [cell(), cell({ case: 'b', change: 'broken', quarantined: 'bug', candidate: failing('No.') })],
    });
    expect(buildView(result, noLinks).matrix.rows[0]?.cells[0]).toMatchObject({
      sign: '✓',
      main: '1/2',
      strong: false,
    });
  });
});

describe('meaning', () => {
  test('the same change in many cells is one group, the example first', () => {
    const same = meaning('breaking', because('number', '30 days', '14 days'));
    const cells = ['a', 'b'].flatMap((provider) =>
      ['x', 'y'].map((id) => cell({ provider, case: id, semantic: same })),
    );
    const { groups, breaking } = buildView(run({ cells }), noLinks).meaning;
    expect(breaking).toBe(4);
    expect(groups).toHaveLength(1);
    expect(plainText(groups[0]?.models ?? [])).toBe('both models');
    expect(groups[0]?.cases).toBe(2);
    expect(plainText(groups[0]?.what ?? [])).toBe('number 30 days → 14 days');
  });

  test('breaking comes before review, and reworded is only counted', () => {
    const cells = [
      cell({ case: 'a', semantic: meaning('review', because('condition', null, 'if insured', 'review')) }),
      cell({ case: 'b', semantic: meaning('breaking', because('refusal', null, 'No.')) }),
      cell({ case: 'c', semantic: meaning('reworded') }),
    ];
    const { groups, reworded } = buildView(run({ cells }), noLinks).meaning;
    expect(groups.map(({ sign }) => sign)).toEqual(['!', '?']);
    expect(reworded).toBe(1);
  });
});

describe('words of others are quoted', () => {
  const marks = (sentence: Sentence): string =>
    sentence.map((part) => (typeof part === 'string' ? part : `«${part.quoted}»`)).join('');

  test.each([
    ['2 cases broke on haiku', ['haiku'], '2 cases broke on «haiku»'],
    ['haikus are not haiku', ['haiku'], 'haikus are not «haiku»'],
    ['pass rate on a/b (p.yml) fell', ['a/b', 'p.yml'], 'pass rate on «a/b» («p.yml») fell'],
    ['p < 0.001', [], 'p < 0.001'],
    ['see http://evil.example', [], '«see http://evil.example»'],
    ['see www.evil.example', [], '«see www.evil.example»'],
    ['<b', [], '«<b»'],
    ['@everyone', [], '«@everyone»'],
    ['broke on a[x](y)!', ['a[x]'], '«broke on a[x](y)!»'],
  ])('%s', (message, names, expected) => expect(marks(quoteNames(message, names))).toBe(expected));
});

test('every situation is a valid document, and its view is the same each time', () => {
  for (const make of Object.values(situations)) {
    const result = runResultSchema.parse(make());
    expect(buildView(result, noLinks)).toEqual(buildView(make(), noLinks));
  }
});

test('3,000 cells are viewed quickly enough to be no matter: once through, no cell is compared with every other', () => {
  const cells = grid(['a', 'b', 'c'], { one: 1000 }, (same) =>
    cell({
      ...same,
      semantic: meaning('breaking', because('number', `${same.id} 1`, '2')),
      baseline: passing(same.id),
    }),
  );
  expect(buildView(run({ cells }), noLinks).meaning.groups).toHaveLength(3000);
});
