import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fence, inlineCode } from '../../src/reports/untrusted-markdown.ts';
import { visible } from '../../src/reports/visible-text.ts';
import { count, hasMarkdownParser, textOf, toHtml } from './markdown-parser.ts';
import { hostileTexts } from './situations.ts';

describe('inlineCode', () => {
  test.each([
    ['plain', '`plain`'],
    ['a\nb\r\nc\rd\u2028e', '`a⏎b⏎c⏎d⏎e`'],
    ['a|b', '`a│b`'],
    ['a\\|b', '`a\\│b`'],
    ['tab\there', '`tab⇥here`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['`', '`` ` ``'],
    [' a ', '`  a  `'],
    [' a', '` a`'],
    ['   ', '`   `'],
    ['', '` `'],
    ['\u001b[31m', '`␛[31m`'],
    ['a\u202eb', '`a⟨U+202E⟩b`'],
    ['a\u200b\u200b\u200b\u200bb', '`a⟨U+200B⟩⟨and 3 more hidden⟩b`'],
    ['\ud800', '`⟨U+D800⟩`'],
  ])('%j → %s', (text, expected) => expect(inlineCode(text)).toBe(expected));

  test.each([
    ['abcdef', 4, '`abc…`'],
    ['abcd', 4, '`abcd`'],
    ['👍👍👍👍👍', 3, '`👍👍…`'],
    ['\u0000'.repeat(30), 20, '`␀⟨and 29 more hidde…`'],
  ])('cuts %j to %i code points', (text, length, expected) =>
    expect(inlineCode(text, length)).toBe(expected));

  test('is never longer than asked, apart from its delimiters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 80 }),
        (text, length) => {
          const content = inlineCode(text, length).replace(/^`+ ?| ?`+$/g, '');
          expect(Array.from(content).length).toBeLessThanOrEqual(length);
        },
      ),
    );
  });
});

describe('fence', () => {
  test.each([
    ['a', '```diff\na\n```'],
    ['a\n', '```diff\na\n```'],
    ['', '```diff\n\n```'],
    ['```\nb', '````diff\n```\nb\n````'],
    ['a\rb\r\nc', '```diff\na\nb\nc\n```'],
  ])('%j', (text, expected) => expect(fence(text, 'diff')).toBe(expected));
});

describe('visible keeps what words and emoji are made of', () => {
  test.each([
    ['family', '👩‍👩‍👧‍👦'],
    ['heart on fire', '❤️‍🔥'],
    ['eye in speech bubble', '👁️‍🗨️'],
    ['keycap', '1️⃣'],
    ['skin tone', '👩🏽‍💻'],
    ['flag', '🏳️‍🌈'],
    ['text style', '☎︎'],
    ['Persian', 'می‌خواهم'],
    ['Hindi', 'क्‍ष क्‌ष'],
    ['Malayalam', 'ന്‍'],
    ['Japanese', '返金を求める'],
    ['accents', 'Ça va, naïve e\u0301'],
    ['lines', 'a\nb\tc'],
  ])('%s', (_, text) => expect(visible(text)).toBe(text));
});

describe('visible shows what is hidden', () => {
  test.each([
    ['a joiner between letters', 'pass\u200dword', 'pass⟨U+200D⟩word'],
    ['a non-joiner between Latin letters', 'pass\u200cword', 'pass⟨U+200C⟩word'],
    ['several joiners', 'می\u200c\u200c\u200cخواهم', 'می⟨U+200C⟩⟨and 2 more hidden⟩خواهم'],
    ['a variation selector on a letter', 'a\ufe0fb', 'a⟨U+FE0F⟩b'],
    ['a supplement of selectors', 'x\u{e0100}\u{e0101}\u{e0102}', 'x⟨U+E0100⟩⟨and 2 more hidden⟩'],
    ['tag characters', 'x\u{e0041}', 'x⟨U+E0041⟩'],
    ['a soft hyphen', 'a\u00adb', 'a⟨U+00AD⟩b'],
    ['a filler', 'a\u3164b', 'a⟨U+3164⟩b'],
    ['a byte order mark', '\ufeffa', '⟨U+FEFF⟩a'],
    ['C1', '\u009b2J', '⟨U+009B⟩2J'],
    ['a noncharacter', '\ufffe', '⟨U+FFFE⟩'],
    ['heaped marks', `a${'\u0301'.repeat(30)}`, `a${'\u0301'.repeat(8)}⟨and 22 more marks⟩`],
  ])('%s', (_, text, expected) => expect(visible(text)).toBe(expected));
});

const alphabet = [
  ...[
    '`',
    '``',
    '```',
    '|',
    '\\|',
    '\\',
    '\n',
    '\r\n',
    '[',
    ']',
    '(',
    ')',
    '!',
    '<',
    '>',
    '&',
    '*',
    '_',
    '~',
    '~~',
  ],
  ...[
    '@user',
    '#1',
    'http://evil.example',
    'www.evil.example',
    'a@evil.example',
    '![x](https://evil.example)',
  ],
  ...[
    '<img src=x>',
    '<a href=x>',
    '</details>',
    '<!--',
    '-->',
    '</code>',
    '&lt;',
    '&#96;',
    '&#124;',
    '$x$',
    ':--',
  ],
  ...[
    '\u202e',
    '\u200b',
    '\u0000',
    '\u001b',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u{e0041}',
    '\ud83d',
    ' ',
    '  ',
    '\t',
    'a',
    '1. ',
    '- ',
  ],
];
const hostile = fc.array(fc.constantFrom(...alphabet), { maxLength: 24 }).map((parts) => parts.join(''));

(hasMarkdownParser ? describe : describe.skip)('in GitHub’s parser', () => {
  const cells = [...hostileTexts, ...fc.sample(hostile, { numRuns: 4000, seed: 20261123 })];

  test('no table cell breaks out: no link, no image, exact rows and cells, equal text', () => {
    const rows = cells.map((text, index) => `| ${index} | ${inlineCode(text, 400)} | end |`);
    const html = toHtml(`| n | text | end |\n|:--|:--|:--|\n${rows.join('\n')}\n`);
    expect(count(html, /<img/gi)).toBe(0);
    expect(count(html, /<a[\s>]/gi)).toBe(0);
    expect(count(html, /<table>/g)).toBe(1);
    expect(count(html, /<tr>/g)).toBe(cells.length + 1);
    expect(count(html, /<td/g)).toBe(cells.length * 3);
    const shown = [...html.matchAll(/<td align="left">(<code>[\s\S]*?<\/code>)<\/td>/g)].map(([, cell]) =>
      textOf(cell ?? ''),
    );
    expect(shown).toHaveLength(cells.length);
    for (const [index, text] of cells.entries()) {
      const written = inlineCode(text, 400);
      const ticks = /^`+/.exec(written)?.[0].length ?? 0;
      const inside = written.slice(ticks, -ticks);
      const padded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
      expect(shown[index]).toBe(padded ? inside.slice(1, -1) : inside);
    }
  });

  test('no fence breaks out, and its text is whole', () => {
    const html = toHtml(cells.map((text) => `${fence(text, 'text')}\n\n***\n`).join('\n'));
    expect(count(html, /<img/gi)).toBe(0);
    expect(count(html, /<a[\s>]/gi)).toBe(0);
    expect(count(html, /<hr \/>/g)).toBe(cells.length);
    expect(count(html, /<pre lang="text"/g)).toBe(cells.length);
  });

  test('no code span breaks out of bold, a list or a link', () => {
    const lines = cells.map((text) => `- ! **[${inlineCode(text, 100)}](https://report.example/)** · end`);
    const html = toHtml(`${lines.join('\n')}\n`);
    expect(count(html, /<img/gi)).toBe(0);
    expect(count(html, /<a href="https:\/\/report\.example\/">/g)).toBe(cells.length);
    expect(count(html, /<a[\s>]/gi)).toBe(cells.length);
    expect(count(html, /<li>/g)).toBe(cells.length);
    expect(count(html, /<\/strong> · end/g)).toBe(cells.length);
  });
});
