import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { escapeHtml, html } from '../../src/reports/html/markup.ts';

describe('escapeHtml', () => {
  test.each([
    ['plain words', 'plain words'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    [`"double" 'single' \`back\``, '&quot;double&quot; &#39;single&#39; &#96;back&#96;'],
    ['line\nbreak\tand tab', 'line\nbreak\tand tab'],
    ['windows\r\nline', 'windows\nline'],
    ['bell\u0007 and a lone \r', 'bell␇ and a lone \n'],
    ['\u202egnp.exe\u202c', '⟨U+202E⟩gnp.exe⟨U+202C⟩'],
    ['zero\u200bwidth \ufeffbom', 'zero⟨U+200B⟩width ⟨U+FEFF⟩bom'],
    ['tags \u{e0041}\u{e007f}', 'tags ⟨U+E0041⟩⟨U+E007F⟩'],
    ['half a pair \ud83d.', 'half a pair ⟨U+D83D⟩.'],
    ['👩‍👩‍👧 ❤️ می‌خواهم 日本語', '👩‍👩‍👧 ❤️ می‌خواهم 日本語'],
  ])('%j', (text, expected) => {
    expect(escapeHtml(text)).toBe(expected);
  });

  test('no text can leave its element or its quoted attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('html', () => {
  test('escapes strings, keeps markup, flattens lists, leaves nothing for nothing', () => {
    const item = (name: string) => html`<li>${name}</li>`;
    expect(html`<ul>${[item('a<b'), item('c')]}</ul>${null}${false}${undefined}${0}`.markup).toBe(
      '<ul><li>a&lt;b</li><li>c</li></ul>0',
    );
  });
});
