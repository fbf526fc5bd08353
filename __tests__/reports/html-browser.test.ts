import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { renderHtml } from '../../src/reports/html.ts';
import { cellAnchor } from '../../src/reports/html/anchor.ts';
import { cell, cells, links, runResult, side, trial } from './html-result.ts';

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version'], { timeout: 20_000 }).status === 0,
);
if (browser === undefined) console.log('html-browser.test.ts: no Chromium here, skipped.');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-html-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The document as the browser has it after its scripts ran. */
const domOf = (page: string, hash = ''): string => {
  const file = join(folder, 'report.html');
  writeFileSync(file, page);
  return execFileSync(
    browser ?? '',
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-dev-shm-usage',
      `--user-data-dir=${join(folder, 'profile')}`,
      '--dump-dom',
      `file://${file}${hash}`,
    ],
    { encoding: 'utf8', timeout: 50_000, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64_000_000 },
  );
};

const count = (dom: string, pattern: RegExp): number => dom.match(pattern)?.length ?? 0;
const openCases = (dom: string): string[] =>
  [...dom.matchAll(/<details class="cell"[^>]* open="">.*?<span class="name">([^<]*)</gs)].map(
    ([, name = '']) => name,
  );

/** The same page with another script of ours that uses it as a reader would; the policy would forbid that. */
const using = (page: string, script: string): string =>
  page
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '')
    .replace('</body>', `<script>${script}</script></body>`);
const withoutScript = (page: string): string => page.replace(/<script>.*<\/script>/s, '');

const quiet = Array.from({ length: 5 }, (_, index) =>
  cell(`quiet-${index}`, index % 2 === 0 ? 'haiku' : 'gpt-5-mini', 'stillPassing', {
    baseline: side('passed', trial('passed', `answer ${index}`)),
    candidate: side('passed', trial('passed', `answer ${index}`)),
  }),
);

(browser === undefined ? describe.skip : describe)('in a browser', () => {
  const page = renderHtml(runResult({ cells: [...cells, ...quiet] }), links);
  const folded = quiet[3]?.id ?? '';

  test('hostile answers change nothing and run nothing', () => {
    const attack =
      '</pre></details><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">';
    const hostile = cell('hostile', 'haiku', 'broken', {
      description: attack,
      asked: attack,
      candidate: side('failed', trial('failed', attack)),
    });
    const dom = domOf(renderHtml(runResult({ cells: [hostile, ...cells] }), links));
    expect(dom).not.toContain('<title>owned');
    expect(count(dom, /<img/g)).toBe(0);
    expect(count(dom, /<script/g)).toBe(1);
    expect(count(dom, /<details class="cell"/g)).toBe(cells.length + 1);
  });

  test('an injected script would be stopped by the policy', () => {
    const injected = page.replace('</main>', '<script>document.title="owned"</script></main>');
    expect(domOf(injected)).not.toContain('<title>owned');
  });

  test.each([
    ['as reports write it', page, `#${cellAnchor(folded)}`],
    ['without JavaScript', withoutScript(page), `#${cellAnchor(folded)}`],
    ['encoded another way', page, `#case=${folded}`],
  ])('a deep link %s opens its cell and what is around it', (_name, document, hash) => {
    const dom = domOf(document, hash);
    expect(openCases(dom)).toContain('quiet-3');
    expect(openCases(dom)).not.toContain('quiet-2');
    expect(dom).toMatch(/<details class="fold" open="">/);
  });

  test('the filters show what fits and say how much that is', () => {
    const dom = domOf(
      using(
        page,
        `const form = document.getElementById('filters');
         form.elements.text.value = 'ANSWER quiet';
         form.elements.model.selectedIndex = 1;
         form.dispatchEvent(new Event('input'));
         document.title = form.elements.count.value + '|' +
           [...document.querySelectorAll('details.cell:not([hidden]) .name')].map((name) => name.textContent).sort();`,
      ),
    );
    expect(dom).toContain('<title>3 of 8 cells shown|quiet-0,quiet-2,quiet-4</title>');
  });

  test('a square of the matrix filters its cells, and a deep link undoes a filter that hides it', () => {
    const dom = domOf(
      using(
        page,
        `document.querySelector('a[data-model="1"]').click();
         const shown = document.querySelectorAll('details.cell:not([hidden])').length;
         location.hash = ${JSON.stringify(cellAnchor(cells[0]?.id ?? ''))};
         dispatchEvent(new Event('hashchange'));
         document.title = shown + ' then ' + document.querySelectorAll('details.cell:not([hidden])').length;`,
      ),
    );
    expect(dom).toContain('<title>3 then 8</title>');
  });

  test('without JavaScript no control stands there that does nothing', () => {
    expect(domOf(withoutScript(page))).toMatch(/<form id="filters"[^>]* hidden/);
  });
});
