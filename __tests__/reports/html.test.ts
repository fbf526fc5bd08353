import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { renderHtml } from '../../src/reports/html.ts';
import { cellAnchor } from '../../src/reports/html/anchor.ts';
import { cellUrl } from '../../src/reports/links.ts';
import { cell, cells, links, runResult, side, trial } from './html-result.ts';
import { tagsOf } from './html-tags.ts';

const page = renderHtml(runResult(), links);
const withCells = (...of: typeof cells): string => renderHtml(runResult({ cells: of }), links);
const between = (text: string, start: string, end: string): string =>
  text.split(start)[1]?.split(end)[0] ?? '';

describe('the page', () => {
  test('is well-formed, says its language and title, and has one heading of the first rank', () => {
    const tags = tagsOf(page);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toMatch(/<title>✗ [^<]+<\/title>/);
    expect(tags.filter(({ name, closing }) => name === 'h1' && !closing)).toHaveLength(1);
  });

  test('loads nothing and runs only the script that its policy names', () => {
    const [script = '', style = ''] = ['script', 'style'].map((tag) =>
      between(page, `<${tag}>`, `</${tag}>`),
    );
    const policy = between(page, 'Content-Security-Policy" content="', '"').replaceAll('&#39;', "'");
    const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hash(script)}`,
      `style-src ${hash(style)}`,
      "img-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    const loading = tagsOf(page).filter(
      ({ attributes }) => 'src' in attributes || 'srcset' in attributes || 'style' in attributes,
    );
    expect(loading).toEqual([]);
    expect(tagsOf(page).some(({ name }) => ['link', 'img', 'iframe', 'object', 'base'].includes(name))).toBe(
      false,
    );
    expect(style).not.toMatch(/url\(|@import/);
  });

  test('every link leads into the page or into the repository, and every inner link has its target', () => {
    const tags = tagsOf(page);
    const ids = tags.flatMap(({ attributes }) => attributes['id'] ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { attributes } of tags.filter(({ name, closing }) => name === 'a' && !closing)) {
      const href = attributes['href'] ?? '';
      if (href.startsWith('#')) expect(ids).toContain(href.slice(1));
      else expect(href).toMatch(/^https:\/\/github\.com\/acme\/bot\/blob\/9c1e0ab8/);
    }
  });

  test('table heads have a scope, and every control a label', () => {
    const tags = tagsOf(page).filter(({ closing }) => !closing);
    expect(tags.filter(({ name, attributes }) => name === 'th' && !attributes['scope'])).toEqual([]);
    const controls = tags.flatMap(({ name }, index) => (['input', 'select'].includes(name) ? [index] : []));
    expect(controls.length).toBeGreaterThan(1);
    for (const index of controls) expect(tags[index - 1]?.name).toBe('label');
  });

  test('is the same for the same result', () => {
    expect(renderHtml(runResult(), links)).toBe(page);
  });

  test('without a repository, places are text', () => {
    const plain = renderHtml(runResult(), { ...links, repositoryUrl: null });
    expect(plain).not.toContain('href="http');
    expect(plain).toContain('prompts/support.suite.yml:14');
  });
});

describe('deep links', () => {
  test('every cell has the element that its address names', () => {
    const ids = new Set(tagsOf(page).map(({ attributes }) => attributes['id']));
    for (const { id } of cells) {
      const url = cellUrl({ ...links, reportUrl: 'https://example.com/report.html' }, id);
      expect(ids).toContain(url?.split('#')[1]);
    }
  });

  test.each([
    'a b',
    'ä/ö',
    "it's (new)!*~",
    '100%',
    'a&b="c"<d>',
    '\u202e',
    '\ud800',
  ])('the id %j needs no decoding', (id) => {
    expect(cellAnchor(id)).toBe(cellUrl({ ...links, reportUrl: 'https://example.com/r' }, id)?.split('#')[1]);
    expect(cellAnchor(id)).toMatch(/^case=[\w.%-]+$/);
  });
});

describe('the matrix', () => {
  const [column] = runResult().matrix;
  const row = (suite: string, rest: object = {}) => ({ ...column, suite, broken: 0, ...rest }) as never;
  const calm = { passed: 20, answered: 20, planned: 20, passRate: 1, ci: null };

  test('says how many pass, before and now, with interval and p', () => {
    const square = between(page, '<td data-label="haiku">', '</td>').replace(/<[^>]*>/g, ' ');
    expect(square.replace(/\s+/g, ' ')).toBe(
      ' ✗ 20 → 19 of 20 1 broken 100.0 % → 95.0 % (62.0 % to 95.0 %) −5.0 points, p = 0.500 ',
    );
  });

  test('of many prompts, those that are as before are folded away behind the others', () => {
    const matrix = Array.from({ length: 14 }, (_, index) =>
      row(`suite-${index}`, index === 9 ? {} : { baseline: calm, candidate: calm, difference: 0 }),
    );
    const section = between(renderHtml(runResult({ matrix }), links), '<section id="matrix"', '</section>');
    const [loud = '', quiet = ''] = section.split('13 prompts unchanged');
    expect(loud.match(/suite-\d+/g)).toEqual(['suite-9']);
    expect(quiet.match(/<tr><th scope="row">/g)).toHaveLength(13);
  });

  test('missing answers compare with nothing', () => {
    const matrix = [
      row('a', { undecided: 20, candidate: { ...calm, passed: 0, answered: 0, passRate: null } }),
    ];
    const square = between(renderHtml(runResult({ matrix }), links), '<td data-label="haiku">', '</td>');
    expect(square).toContain('0 of 20<');
    expect(square).not.toContain('→');
  });

  test('more models than columns fit are rows', () => {
    const matrix = Array.from({ length: 5 }, (_, index) => row('a', { provider: `model-${index}` }));
    const section = between(renderHtml(runResult({ matrix }), links), '<section id="matrix"', '</section>');
    expect([...section.matchAll(/<th scope="row">([^<]*)</g)].map(([, name]) => name)).toEqual([
      'model-0',
      'model-1',
      'model-2',
      'model-3',
      'model-4',
    ]);
  });
});

describe('cells', () => {
  test('both answers stand side by side with the words marked that differ', () => {
    expect(page).toContain('Our return window is <del>30</del> days from delivery, and <del>we</del> pay');
    expect(page).toContain('Our return window is <ins>14</ins> days from delivery, and <ins>you</ins> pay');
  });

  test('an equal answer stands once', () => {
    expect(page.split('At nine.')).toHaveLength(2);
    expect(page).toContain('Baseline and candidate: the same answer');
  });

  test('a missing answer says why', () => {
    expect(page).toContain('<b>No answer</b> (retryable, HTTP 503): <code>upstream connect error</code>');
  });

  test('the worst come first, over all suites', () => {
    const order = ['stillPassing', 'fixed', 'broken', 'flaky', 'undecided', 'stillFailing'] as const;
    const mixed = withCells(
      ...order.map((change) =>
        cell(change, 'haiku', change, {
          baseline: side('passed', trial('passed', 'x')),
          candidate: side('passed', trial('passed', 'x')),
        }),
      ),
    );
    expect([...mixed.matchAll(/class="cell" data-change="(\w+)"/g)].map(([, change]) => change)).toEqual([
      'broken',
      'undecided',
      'stillFailing',
      'flaky',
      'fixed',
      'stillPassing',
    ]);
  });

  test('several trials are counted and can all be read', () => {
    const flaky = withCells(
      cell('hours', 'haiku', 'flaky', {
        baseline: side('passed', trial('passed', 'At nine.')),
        candidate: side(
          'flaky',
          trial('passed', 'At nine.'),
          trial('failed', 'At ten.'),
          trial('passed', 'At nine.'),
        ),
      }),
    );
    expect(flaky).toContain('2 of 3, before 1 of 1');
    expect(flaky).toContain('All 4 trials');
    expect(flaky).toContain('the same answer as trial 1');
  });

  test('an answer above 20,000 characters is cut, and the page says so', () => {
    const long = withCells(
      cell('long', 'haiku', 'broken', { candidate: side('failed', trial('failed', 'x'.repeat(20_123))) }),
    );
    expect(long).toContain('… 123 more characters are in results.json');
    expect(long).not.toContain('x'.repeat(20_001));
  });

  test('no cell at all is a sentence', () => {
    expect(renderHtml(runResult({ cells: [], matrix: [] }), links)).toContain('No cell was planned');
  });

  test('3,000 cells with long answers stay below 15 MB, with an element for each', () => {
    const answer = 'You can get a refund within 30 days of delivery. '.repeat(120);
    const many = Array.from({ length: 3000 }, (_, index) =>
      cell(`case-${index}`, 'haiku', index % 100 === 0 ? 'broken' : 'stillPassing', {
        baseline: side('passed', trial('passed', answer)),
        candidate: side('passed', trial('passed', `${answer}${index}`)),
      }),
    );
    const big = withCells(...many);
    expect(Buffer.byteLength(big)).toBeLessThan(15_000_000);
    expect(big.split('<details class="cell"')).toHaveLength(3001);
  });
});
