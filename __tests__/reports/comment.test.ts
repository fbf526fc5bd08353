import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseMarker, renderComment, renderErrorComment } from '../../src/reports/comment.ts';
import { columnsOf } from '../../src/reports/text-columns.ts';
import { renderErrorSummary, renderSummary } from '../../src/reports/summary.ts';
import { count, hasMarkdownParser, toHtml } from './markdown-parser.ts';
import { broken, links, noLinks, reason, run, verdict } from './results.ts';
import { hostileTexts, hugeRun, situations } from './situations.ts';

const options = { id: 'assay', runNumber: 812, links };
const bytes = (text: string): number => Buffer.byteLength(text);

describe('limits', () => {
  const huge = hugeRun();

  test('a comment never exceeds 60,000 characters and 65,535 bytes', () => {
    const comment = renderComment(huge, options);
    expect(comment.length).toBeLessThanOrEqual(60_000);
    expect(bytes(comment)).toBeLessThanOrEqual(65_535);
    // It says what was dropped and where it is, and the verdict is whole.
    expect(comment).toMatch(/^<!-- assay .*\n### ✗ 600 cases broke on all 5 models\. Merging is blocked\.\n/);
    expect(comment).toMatch(/500 warnings: \[in the report\]/);
    expect(comment).toMatch(/\d+ more \[in the report\]/);
    expect(comment.trimEnd()).toMatch(/<sub>.*<\/sub>$/);
  });

  test('a summary never exceeds 1 MiB and holds more than the comment', () => {
    const summary = renderSummary(huge, options);
    expect(bytes(summary)).toBeLessThanOrEqual(1_048_576);
    expect(summary.length).toBeGreaterThan(renderComment(huge, options).length);
  });

  const lumps = ['👩‍👩‍👧‍👦', '返', '`', '\u202e', 'a', '\n', '|', '\u{e0041}', 'क्ष'];
  const uglyText = fc.array(fc.constantFrom(...lumps), { minLength: 300, maxLength: 900 });
  const uglyTexts = fc.sample(fc.array(uglyText, { minLength: 5, maxLength: 25 }), { numRuns: 12, seed: 7 });

  test.each(
    uglyTexts.map((texts, index) => [index, texts.map((parts) => parts.join(''))] as const),
  )('texts of any length and script fit (%i)', (_, texts) => {
    const cells = texts.flatMap((text, index) =>
      Array.from({ length: 5 }, (__, model) =>
        broken({
          case: `${text}${index}`,
          description: text,
          suite: text.repeat(3),
          prompt: `${text}${index % 7}`,
          provider: `${text}${model}`,
          asked: text,
          file: text.repeat(4),
          owner: text,
        }),
      ),
    );
    const result = run({ cells, verdict: verdict('fail', reason('broken', texts.join(' '))) });
    const comment = renderComment(result, options);
    expect(comment.length).toBeLessThanOrEqual(60_000);
    expect(bytes(comment)).toBeLessThanOrEqual(65_535);
    expect(comment).toContain(`${texts.length} cases broke`);
  });

  test('a thousand findings fit, too', () => {
    const findings = Array.from({ length: 1000 }, (_, line) => ({
      severity: 'error' as const,
      code: 'unknown-key',
      place: { file: '返'.repeat(500), line, column: 1 },
      message: '返`|'.repeat(500),
    }));
    expect(bytes(renderErrorComment(findings, options))).toBeLessThanOrEqual(65_535);
    expect(bytes(renderErrorSummary(findings))).toBeLessThanOrEqual(1_048_576);
    expect(renderErrorComment(findings, options)).toContain('985 more findings in');
  });
});

describe('what stands first', () => {
  test.each(Object.entries(situations))('%s: twelve lines say the verdict', (_, make) => {
    const first = renderComment(make(), options).split('\n').slice(0, 12);
    expect(first[0]).toMatch(/^<!-- assay id=assay sha=[0-9a-f]{40} run=812 -->$/);
    expect(first[1]).toMatch(/^### [✓✗?!] \S.*[.]$/);
    expect(first.join('\n')).toContain('[Open the report]');
  });

  test('the worst three are critical ones, then those on the most models', () => {
    const cells = [
      broken({ case: 'narrow' }),
      ...['a', 'b'].map((provider) => broken({ case: 'wide', provider })),
      ...['a', 'b', 'haiku'].map((provider) => broken({ case: 'widest', provider })),
      broken({ case: 'critical', critical: true }),
    ];
    const comment = renderComment(run({ cells, verdict: verdict('fail', reason('broken', 'x')) }), {
      ...options,
      links: noLinks,
    });
    const names = [...comment.matchAll(/^(?:\*\*|- ✗ )`support › (\w+)`/gm)].map(([, name]) => name);
    expect(names).toEqual(['critical', 'widest', 'wide', 'narrow']);
  });

  test('no line of an answer block is wider than 44 columns', () => {
    for (const make of Object.values(situations)) {
      const blocks = renderComment(make(), options).matchAll(/^(`{3,})diff\n {2}asked[\s\S]*?\n\1$/gm);
      for (const [block] of blocks)
        for (const line of block.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(44);
    }
  });
});

describe('marker', () => {
  test.each([
    ['assay', links.sha, 812],
    ['nightly.2', 'abcdef0', 0],
  ])('%s survives', (id, sha, run) => {
    const comment = renderErrorComment([], { id, runNumber: run, links: { ...links, sha } });
    expect(parseMarker(comment)).toEqual({ id, sha, run });
  });

  test('nothing leaves the hidden line', () => {
    const comment = renderErrorComment([], {
      id: '--> <img src=x>',
      runNumber: null,
      links: { ...links, sha: '--> x' },
    });
    expect(comment.split('\n')[0]).toBe('<!-- assay id=img-src-x- sha=0000000 run=0 -->');
    expect(parseMarker(comment)).not.toBeNull();
  });

  test.each([
    '',
    'text',
    'text\n<!-- assay id=assay sha=abcdef0 run=1 -->',
    '<!-- assay id=a b sha=abcdef0 run=1 -->',
  ])('%j is none', (body) => expect(parseMarker(body)).toBeNull());
});

(hasMarkdownParser ? describe : describe.skip)('in GitHub’s parser', () => {
  test('a comment of hostile texts has no image, no foreign link, no stray HTML, and all its parts', () => {
    const html = toHtml(renderComment(situations.hostile(), options));
    expect(count(html, /<img|<script|<h1|<input|<hr/gi)).toBe(0);
    const addresses = [...html.matchAll(/<a href="([^"]*)"/g)].map(([, address]) => address ?? '');
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) expect(address).toMatch(/^https:\/\/github\.com\/acme\/support-bot\//);
    expect(count(html, /<a[\s>]/gi)).toBe(addresses.length);
    expect(count(html, /<h3>/g)).toBe(1);
    expect(count(html, /<details/g)).toBe(count(html, /<\/details>/g));
    expect(count(html, /<!--/g)).toBe(1);
    expect(html.trimEnd()).toMatch(/<sub>[\s\S]*<\/sub><\/p>$/);
  });

  test('without links there is no link at all', () => {
    const html = toHtml(renderComment(situations.hostile(), { ...options, links: noLinks }));
    expect(count(html, /<a[\s>]|<img/gi)).toBe(0);
  });

  test('tables are whole: every row has as many cells as the heading', () => {
    for (const make of [...Object.values(situations), hugeRun]) {
      const html = toHtml(renderComment(make(), options));
      for (const [table] of html.matchAll(/<table>[\s\S]*?<\/table>/g)) {
        const rows = [...table.matchAll(/<tr>[\s\S]*?<\/tr>/g)].map(([row]) => count(row, /<t[hd]/g));
        expect(new Set(rows).size).toBe(1);
      }
      expect(html).not.toMatch(/<p>\|/);
    }
  });

  test('findings of a bad configuration are code', () => {
    const findings = hostileTexts.map((message) => ({
      severity: 'error' as const,
      code: 'x',
      place: { file: message, line: 1, column: 1 },
      message,
      expected: message,
      nextStep: message,
    }));
    const html = toHtml(renderErrorComment(findings, { ...options, links: noLinks }));
    expect(count(html, /<a[\s>]|<img|<script|<\/details/gi)).toBe(0);
    expect(count(html, /<li>/g)).toBe(findings.length);
  });
});
