import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { renderHtml } from '../../src/reports/html.ts';
import { cellAnchor } from '../../src/reports/html/anchor.ts';
import { html } from '../../src/reports/html/markup.ts';
import { buildView } from '../../src/reports/view.ts';
import { links, runResult } from './html-result.ts';
import { tagsOf } from './html-tags.ts';
import { links as otherLinks } from './results.ts';
import { situations } from './situations.ts';

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
      expect(attributes['href']).toMatch(/^(#|https:\/\/github\.com\/acme\/(bot|support-bot)\/)/);
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

describe.each(Object.entries(situations))('situation %s', (_name, make) => {
  const result = make();
  const told = renderHtml(result, otherLinks);

  test('is harmless, and has an element for every cell', () => {
    expectHarmless(told);
    const ids = new Set(tagsOf(told).map(({ attributes }) => attributes['id']));
    for (const { id } of result.cells) expect(ids).toContain(cellAnchor(id));
  });

  test('says the verdict of all reports', () => {
    expect(told).toContain(`<header class="verdict ${result.verdict.outcome}">`);
    expect(told).toContain(`<title>${html`${buildView(result, otherLinks).title}`.markup}</title>`);
  });
});
