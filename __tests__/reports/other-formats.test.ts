import { describe, expect, test } from '@jest/globals';
import { runResultSchema } from '../../src/model/run.ts';
import { renderAnnotations } from '../../src/reports/annotations.ts';
import { renderJson } from '../../src/reports/json.ts';
import { renderJunit } from '../../src/reports/junit.ts';
import { renderTerminal } from '../../src/reports/terminal.ts';
import { columnsOf } from '../../src/reports/text-columns.ts';
import { renderWorkflowCommands } from '../../src/reports/workflow-commands.ts';
import { count } from './markdown-parser.ts';
import { cell, errored, failing, noLinks, passing, run, skipped, verdict } from './results.ts';
import { hugeRun, situations } from './situations.ts';

const everything = [...Object.entries(situations), ['huge', hugeRun] as const];

describe.each(everything)('%s', (_, make) => {
  const result = make();

  test('results.json reads back as the same document', () => {
    const text = renderJson(result);
    expect(text.endsWith('}\n')).toBe(true);
    expect(runResultSchema.parse(JSON.parse(text))).toEqual(result);
  });

  test('JUnit XML is well-formed', () => {
    const xml = renderJunit(result);
    expectWellFormed(xml);
    expect(count(xml, /<testcase /g)).toBe(result.cells.length);
  });

  test.each([
    40, 80, 200,
  ])('terminal of %i columns: no control character, no command to a runner', (width) => {
    const text = renderTerminal(result, { color: false, width, links: noLinks });
    expect(text).not.toMatch(/(?!\n)\p{Cc}/u);
    expect(text).not.toMatch(/\p{Bidi_Control}/u);
    for (const line of text.split('\n')) {
      expect(line.trim().startsWith('::')).toBe(false);
      expect(line).not.toContain('##[');
    }
  });

  test('colours change nothing but colours', () => {
    const options = { width: 100, links: noLinks };
    const painted = renderTerminal(result, { ...options, color: true });
    const bare = painted.replace(/\u001b\[\d+m/g, '');
    expect(bare).not.toContain('\u001b');
    expect(bare).toBe(renderTerminal(result, { ...options, color: false }));
  });

  test('annotations fit GitHub’s limits', () => {
    const annotations = renderAnnotations(result);
    expect(annotations.length).toBeLessThanOrEqual(200);
    for (const { title, message, startLine, endLine } of annotations) {
      expect(title.length).toBeLessThanOrEqual(255);
      expect(title).not.toMatch(/\p{Cc}/u);
      expect(Buffer.byteLength(message)).toBeLessThanOrEqual(64 * 1024);
      expect(startLine).toBeGreaterThanOrEqual(1);
      expect(endLine).toBeGreaterThanOrEqual(startLine);
    }
    const levels = annotations.map(({ level }) => level);
    expect(levels.lastIndexOf('failure')).toBeLessThan(
      levels.indexOf('notice') + (levels.includes('notice') ? 0 : 1e9),
    );
  });

  test('workflow commands: one line an annotation', () => {
    const annotations = renderAnnotations(result);
    const lines = renderWorkflowCommands(annotations).split('\n').slice(0, -1);
    expect(lines).toHaveLength(annotations.length);
    for (const line of lines)
      expect(line).toMatch(/^::(error|warning|notice) file=[^,:]*,line=\d+,endLine=\d+,title=[^,:]*::/);
  });
});

test('the same result in another order of keys gives the same results.json', () => {
  const result = situations['two-broken']();
  const reversed = JSON.parse(JSON.stringify(result), (_, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toReversed())
      : value,
  ) as typeof result;
  expect(renderJson(reversed)).toBe(renderJson(result));
});

test('one cell is one line of results.json', () => {
  const result = situations['all-green']();
  const lines = renderJson(result)
    .split('\n')
    .filter((line) => line.startsWith('    {"id":"prompts/'));
  expect(lines.length).toBeGreaterThanOrEqual(result.cells.length);
});

describe('JUnit', () => {
  test.each([
    ['a bad answer', cell({ change: 'broken', candidate: failing('No.') }), 'failure'],
    ['a bad answer on both sides', cell({ change: 'stillFailing', candidate: failing('No.') }), 'failure'],
    ['no answer', cell({ change: 'undecided', candidate: errored('429 slow down', 429) }), 'error'],
    ['no answer on the base', cell({ change: 'undecided', baseline: errored('reset', null) }), 'error'],
    ['not asked', cell({ change: 'undecided', candidate: skipped('budget') }), 'skipped'],
    ['removed', cell({ change: 'removed', candidate: null }), 'skipped'],
    ['in quarantine', cell({ change: 'broken', candidate: failing('No.'), quarantined: 'a bug' }), 'skipped'],
    ['a good answer', cell({ candidate: passing('Yes.') }), null],
  ])('%s', (_, one, element) => {
    const xml = renderJunit(run({ cells: [one], verdict: verdict('pass') }));
    const found = ['failure', 'error', 'skipped'].filter((name) => xml.includes(`<${name}`));
    expect(found).toEqual(element === null ? [] : [element]);
  });
});

test('the matrix of a terminal is aligned', () => {
  const text = renderTerminal(situations['everything-broken'](), {
    color: false,
    width: 100,
    links: noLinks,
  });
  const lines = text.split('\n');
  const heading = lines.findIndex((line) => line.includes('p50 / p95'));
  const at = columnsOf((lines[heading] ?? '').slice(0, (lines[heading] ?? '').indexOf('triage')));
  for (const line of lines.slice(heading + 1, heading + 6)) expect(line.slice(at, at + 2)).toBe('✗ ');
});

/** Tags nest and close, attributes are quoted, nothing unescaped stands in text, and only XML's characters occur. */
const expectWellFormed = (xml: string): void => {
  expect(xml).not.toMatch(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
  const body = xml.replace('<?xml version="1.0" encoding="UTF-8"?>', '');
  const open: string[] = [];
  const rest = body.replace(
    /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g,
    (_, close, name, attributes, empty) => {
      expect(attributes.replace(/&(amp|lt|gt|quot|#\d+);/g, '')).not.toContain('&');
      if (close === '/') expect(open.pop()).toBe(name);
      else if (empty !== '/') open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<>]/);
  expect(rest.replace(/&(amp|lt|gt|quot|#\d+);/g, '')).not.toContain('&');
};
