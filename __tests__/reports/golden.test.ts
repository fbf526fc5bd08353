import { describe, expect, test } from '@jest/globals';
import { parseMarker, renderComment, renderErrorComment } from '../../src/reports/comment.ts';
import { renderJunit } from '../../src/reports/junit.ts';
import { renderSummary } from '../../src/reports/summary.ts';
import { renderTerminal } from '../../src/reports/terminal.ts';
import { expectGolden } from './golden.ts';
import { links, noLinks } from './results.ts';
import { situations } from './situations.ts';

const options = { id: 'assay', runNumber: 812, links };

describe.each(Object.entries(situations))('%s', (name, make) => {
  const result = make();

  test('comment', () => {
    const comment = renderComment(result, options);
    expectGolden(`comment/${name}.md`, comment);
    expect(parseMarker(comment)).toEqual({ id: 'assay', sha: links.sha, run: 812 });
  });

  test('terminal', () => {
    expectGolden(
      `terminal/${name}.txt`,
      renderTerminal(result, { color: false, width: 100, links: noLinks }),
    );
  });
});

describe.each([
  'two-broken',
  'wrong-key',
  'flaky',
  'prompts-come-and-go',
  'hostile',
] as const)('%s', (name) => {
  test('junit', () => expectGolden(`junit/${name}.xml`, shortened(renderJunit(situations[name]()))));
});

test('summary of two broken cases', () => {
  expectGolden('summary/two-broken.md', renderSummary(situations['two-broken'](), { links }));
});

test('comment of a bad configuration', () => {
  const comment = renderErrorComment(
    [
      {
        severity: 'error',
        code: 'unknown-assertion',
        place: { file: 'prompts/support.suite.yml', line: 14, column: 9 },
        message: 'unknown assertion "contian"',
        expected: 'one of contains, icontains. Did you mean contains?',
        nextStep: 'Correct the type',
      },
      { severity: 'error', code: 'missing-key', place: null, message: 'OPENAI_API_KEY is not set' },
    ],
    options,
  );
  expectGolden('comment/bad-configuration.md', comment);
});

test('comment of a run that broke', () => {
  const bug = {
    severity: 'error',
    code: 'bug',
    place: null,
    message: 'Assay broke: x is not a function',
  } as const;
  expectGolden('comment/broken-run.md', renderErrorComment([bug], options));
  expect(renderErrorComment([], options)).toContain('### ? The run broke off. Merging is blocked.');
});

/** Equal passing tests say nothing: the first two of a suite are enough to read. */
const shortened = (xml: string): string => {
  let run = 0;
  return xml
    .split('\n')
    .filter((line) => {
      run = /<testcase.*\/>$/.test(line) ? run + 1 : 0;
      return run <= 2;
    })
    .join('\n');
};
