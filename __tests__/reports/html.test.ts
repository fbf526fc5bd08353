import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
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

/** Words of ours that the page does not show as they are but chooses by. */
const fixed = new Set([
  'change',
  'severity',
  'status',
  'state',
  'section',
  'outcome',
  'origin',
  'startedAt',
  'sha',
]);

/** Every text of a document that others could have written, replaced. */
const infest = (value: unknown, text: (original: string) => string, key = ''): unknown => {
  if (typeof value === 'string')
    return fixed.has(key) || ['same', 'added', 'removed', 'assay'].includes(value) ? value : text(value);
  if (Array.isArray(value)) return value.map((item) => infest(item, text, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, infest(item, text, name)]));
};

const attacks = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</style><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '--><iframe src=javascript:alert(1)>',
  'javascript:alert(1)',
  '</details></pre></textarea></title>',
  '<!--',
  ']]>',
  '&lt;b&gt; &#60;',
  '\u202eevil\u2066\u0000\u001b[2J',
  '\ud800',
];

const expectHarmless = (hostile: string): void => {
  const tags = tagsOf(hostile);
  const names = new Set(tags.map(({ name }) => name));
  for (const name of ['img', 'iframe', 'b2', 'link', 'base', 'object', 'embed', 'textarea'])
    expect(names).not.toContain(name);
  expect(tags.filter(({ name, closing }) => name === 'script' && !closing)).toHaveLength(1);
  for (const { attributes } of tags) {
    expect(Object.keys(attributes).filter((name) => /^on/i.test(name) || name === 'style')).toEqual([]);
    if (attributes['href'] !== undefined)
      expect(attributes['href']).toMatch(/^(#|https:\/\/github\.com\/acme\/)/);
  }
  expect(hostile).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/);
};

describe('hostile text', () => {
  test.each(attacks)('%j in every field', (attack) => {
    expectHarmless(renderHtml(infest(runResult(), (text) => `${attack}${text}${attack}`) as never, links));
  });

  test('any text in every field', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'<>"\'`&/='),
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom(...attacks),
      ),
    });
    fc.assert(
      fc.property(text, (attack) => {
        expectHarmless(renderHtml(infest(runResult(), (original) => original + attack) as never, links));
      }),
      { numRuns: 150 },
    );
  });
});
