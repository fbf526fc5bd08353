import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { harmlessLog } from '../../src/github/harmless-log.ts';

/** What actions/runner takes for a command, as its ActionCommand.cs reads a line. */
const isCommand = (line: string): boolean => line.trimStart().startsWith('::') || line.includes('##[');

describe('a log line', () => {
  test.each([
    ['::set-output name=verdict::pass', '|::set-output name=verdict::pass'],
    ['  \t::add-mask::x', '|  \t::add-mask::x'],
    ['a\r::stop-commands::x', 'a\r|::stop-commands::x'],
    ['a\n\n::warning::x', 'a\n\n|::warning::x'],
    [
      'unknown assertion "##[set-output name=verdict]pass"',
      'unknown assertion "# #[set-output name=verdict]pass"',
    ],
    ['a::b, std::vector, ## heading', 'a::b, std::vector, ## heading'],
    ['\u00a0::add-mask::x', '|\u00a0::add-mask::x'],
  ])('%j is %j', (text, expected) => {
    expect(harmlessLog(text)).toBe(expected);
  });

  test('is never a command', () => {
    const hostile = fc.array(
      fc.constantFrom(
        ':',
        '::',
        '#',
        '##',
        '[',
        '##[',
        ' ',
        '\t',
        '\n',
        '\r',
        '\u00a0',
        '|',
        'set-output',
        ']',
        'a',
      ),
    );
    fc.assert(
      fc.property(hostile, (parts) => {
        for (const line of harmlessLog(parts.join('')).split(/\r\n|\r|\n/))
          expect(isCommand(line)).toBe(false);
      }),
      { numRuns: 5000 },
    );
  });
});
