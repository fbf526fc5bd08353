import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatFinding, UserError } from '../../src/model/errors.ts';
import type { Prompt, TemplateSyntax } from '../../src/model/prompt.ts';
import { makePrompt } from '../../src/prompts/make-prompt.ts';
import {
  renderPrompt,
  renderText,
  templateProblem,
  templateVariables,
  unusedVariables,
  variableFindings,
} from '../../src/prompts/render.ts';
import { aCase } from './a-case.ts';

type Vars = Readonly<Record<string, unknown>>;

const promptOf = (content: string, syntax: TemplateSyntax = 'jinja'): Prompt =>
  makePrompt(
    {
      place: { file: 'p.txt', line: 1, column: 1 },
      syntax,
      messages: [{ role: 'user', content, place: { file: 'p.txt', line: 3, column: 5 } }],
    },
    { id: 'p.txt', path: 'p.txt', label: null },
  );

const rendered = (content: string, vars: Vars, syntax: TemplateSyntax = 'jinja'): string =>
  renderPrompt(promptOf(content, syntax), vars).messages[0]?.content ?? '';
const missing = (content: string, vars: Vars, syntax: TemplateSyntax = 'jinja'): string[] =>
  renderPrompt(promptOf(content, syntax), vars).missing.map(({ name }) => name);

describe('templates of the Jinja family', () => {
  const cases: readonly (readonly [template: string, vars: Vars, text: string])[] = [
    ['plain', {}, 'plain'],
    ['Hello {{ name }}{{name}}!', { name: 'Bob' }, 'Hello BobBob!'],
    ['{{ n }} {{ f }} {{ yes }} {{ nil }}|', { n: 3, f: 1.5, yes: true, nil: null }, '3 1.5 true |'],
    [
      '{{ user.name }} {{ user["name"] }} {{ list[0] }} {{ list[-1] }}',
      { user: { name: 'x' }, list: [1, 2] },
      'x x 1 2',
    ],
    [
      '{{ object }} {{ list }}',
      { object: { a: 1, b: [true] }, list: ['x', 1] },
      '{"a":1,"b":[true]} ["x",1]',
    ],
    ['{{ object | dump }}', { object: { b: 'é"' } }, '{"b":"é\\""}'],
    ['{{ object | dump(2) }}', { object: { b: 1 } }, '{\n  "b": 1\n}'],
    ['{{ text | load | dump }}', { text: '{"a": [1]}' }, '{"a":[1]}'],
    [
      '{% for x in xs %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}',
      { xs: ['a', 'b'] },
      '1a, 2b',
    ],
    ['{% for k, v in map %}{{ k }}={{ v }};{% endfor %}', { map: { a: 1, b: 2 } }, 'a=1;b=2;'],
    ['{% for x in missing %}{{ x }}{% else %}none{% endfor %}', {}, 'none'],
    ['{% if a %}1{% elif b %}2{% elseif c %}3{% else %}4{% endif %}', { c: true }, '3'],
    ['{% if n === 2 and s !== "x" %}yes{% endif %}', { n: 2, s: 'y' }, 'yes'],
    [
      '{{ x | default("d") }} {{ y | default }}{{ z or "z" }} {{ q if q else "no" }} {{ r is defined }}',
      {},
      'd z no false',
    ],
    [
      '{{ t | upper }} {{ t.toUpperCase() }} {{ t | replace("a", "o") }} {{ t | title }}',
      { t: 'abc' },
      'ABC ABC obc Abc',
    ],
    [
      '{{ xs | join(", ") }} {{ xs.join("-") }} {{ xs | length }} {{ xs | first }}',
      { xs: ['a', 'b'] },
      'a, b a-b 2 a',
    ],
    ['{% set y = 2 %}{{ y + 1 }} {{ 7 // 2 }} {{ "a" ~ 1 }} {{ 10 / 4 }}', {}, '3 3 a1 2.5'],
    ['{% macro m(a, b=2) %}[{{ a }}{{ b }}]{% endmacro %}{{ m(1) }}', {}, '[12]'],
    [
      '{% set ns = namespace(n=0) %}{% for i in range(3) %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}',
      {},
      '3',
    ],
    ['{% filter upper %}a{{ x }}{% endfilter %}', { x: 'b' }, 'AB'],
    ['a {{- x -}} b {#- comment -#} c', { x: 1 }, 'a1bc'],
    ['line\n{% if x %}\nin\n{% endif %}\nout\n', { x: 1 }, 'line\n\nin\n\nout\n'],
    ['{% raw %}{{ x }} {% if %}{% endraw %}', {}, '{{ x }} {% if %}'],
    ['{%- raw -%} {{ x }} {%- endraw -%} b', {}, '{{ x }}b'],
    ['{% verbatim %}{{ x }}{% endverbatim %}', {}, '{{ x }}'],
    ['{{ "{{" }} {{ "}}" }}', {}, '{{ }}'],
    ['{{ {"a": {"b": 1}} | dump }}', {}, '{"a":{"b":1}}'],
    ['no end {{ here', { here: 1 }, 'no end {{ here'],
    ['no end {{ here, but {{ there }}', { there: 1 }, 'no end {{ here, but 1'],
    ['no end {% if and {# that', {}, 'no end {% if and {# that'],
    ['# Title {#anchor}', {}, '# Title {#anchor}'],
    ['{{ missing + 1 }}{{ missing.a.b }}{{ missing > 2 }}{{ "x" + missing }}', {}, 'falsex'],
    ['{{ missing | upper | trim }}', {}, ''],
    ['{{ html | e }}', { html: '<b>' }, '&lt;b&gt;'],
    ['{{ 2.567 | round(1) }} {{ -3 | abs }}', {}, '2.6 3'],
  ];
  test.each(cases)('%s', (template, vars, text) => {
    expect(rendered(template, vars)).toBe(text);
  });

  test('what is put in is not looked at again', () => {
    expect(rendered('{{ a }}', { a: '{{ b }}{% raw %}', b: 'secret' })).toBe('{{ b }}{% raw %}');
  });

  test('variables may have the names of built-ins', () => {
    const vars = { range: 'r', namespace: 'n', true: 't', loop: 'l', constructor: 'c', __proto__: 'p' };
    expect(rendered('{{ range }}{{ namespace }}{{ constructor }}', vars)).toBe('rnc');
  });
});

describe('what a template lacks', () => {
  test.each([
    ['{{ x }}', ['x']],
    ['{{ x }}{{ x | upper }}{{ y }}', ['x', 'y']],
    ['{{ user.nme }} {{ user.name }}', ['user.nme']],
    ['{{ a.b.c }}', ['a']],
    ['{% for i in xs %}{{ i }}{% endfor %}', ['xs']],
    ['{% set z = x %}', ['x']],
    ['{{ x | default("") }}', []],
    ['{{ x | d }}', []],
    ['{% if x %}{{ x }}{% endif %}', []],
    ['{% if user.nme and x.y %}{{ x }}{% endif %}', []],
    ['{{ x or "none" }}', []],
    ['{{ x if x else "none" }}', []],
    ['{{ x is defined }}', []],
    ['{% raw %}{{ x }}{% endraw %}', []],
    ['{% if false %}{{ x }}{% endif %}', []],
  ])('%s: %j', (template, names) => {
    expect(missing(template, { user: { name: 'n' } })).toEqual(names);
  });

  test('is named with its place', () => {
    const prompt = promptOf('Hello\n  {{ first }} and {{ user.nme }}');
    expect(renderPrompt(prompt, { user: {} }).missing).toEqual([
      { name: 'first', place: { file: 'p.txt', line: 4, column: 10 } },
      { name: 'user.nme', place: { file: 'p.txt', line: 4, column: 26 } },
    ]);
  });

  test('templateVariables and unusedVariables', () => {
    const prompt = promptOf(
      '{% for x in xs %}{{ x.a }}{{ y | default(z) }}{% endfor %}{% set w = 1 %}{{ w }}',
    );
    expect(templateVariables(prompt)).toEqual(['xs', 'y', 'z']);
    expect(unusedVariables(prompt, { z: 1, a: 2, xs: 3, x: 4 })).toEqual(['a', 'x']);
  });
});

describe('literal placeholders', () => {
  test.each([
    ['{{input}} {{ input }}', { input: 'a' }, 'a {{ input }}'],
    ['{{a.b}} {{a-b}}', { 'a.b': 1, 'a-b': 2 }, '1 2'],
    ['{{o}} {{n}} {{nil}}', { o: { x: [1] }, n: 1.5, nil: null }, '{"x":[1]} 1.5 null'],
    ['{{unknown}} {% if x %}', {}, '{{unknown}} {% if x %}'],
    ['{{a}}', { a: '{{b}}', b: 1 }, '{{b}}'],
    ['$& {{a}}', { a: '$&$1' }, '$& $&$1'],
    ['{{constructor}}{{__proto__}}', {}, '{{constructor}}{{__proto__}}'],
  ])('%s', (template, vars, text) => {
    expect(rendered(template, vars, 'literal')).toBe(text);
  });

  test('unknown keys are missing', () => {
    expect(missing('{{a}} {{b}} {{b}}', { a: 1 }, 'literal')).toEqual(['b']);
  });
});

describe('hostile templates', () => {
  const escapes = [
    "{{ constructor.constructor('return process')() }}",
    "{{ name.constructor.constructor('return process')() }}",
    "{{ ''.constructor }}{{ [].constructor.constructor('return 1')() }}{{ x.constructor }}",
    '{{ __proto__ }}{{ name.__proto__ }}{{ toString }}{{ name.toString() }}{{ hasOwnProperty("x") }}',
    '{{ range.constructor }}{{ range }}{{ namespace }}{{ loop }}',
    "{{ name['\\u0063onstructor'] }}{{ user['__proto__'] }}{{ user.constructor.name }}",
    '{{ process.env.PATH }}{{ globalThis }}{{ env.SECRET }}{{ require("fs") }}',
    '{{ user.items }}{{ user.get }}{{ name.replace }}',
  ];
  test.each(escapes)('%s reads as unknown variables', (template) => {
    const { messages, missing: names } = renderPrompt(promptOf(template), { name: 'n', user: { a: 1 } });
    expect(messages[0]?.content).toBe('');
    expect(names.length).toBeGreaterThan(0);
  });

  const bombs: readonly (readonly [name: string, template: string, message: string])[] = [
    ['range', '{% for i in range(1e9) %}x{% endfor %}', ''],
    ['long range', '{{ range(1000000000) }}', 'at most 10000'],
    [
      'nested loops',
      `${'{% for i in range(10000) %}'.repeat(4)}${'{% endfor %}'.repeat(4)}`,
      'too many steps',
    ],
    [
      'doubling text',
      `{% set a = "${'x'.repeat(50)}" %}${'{% set a = a ~ a %}'.repeat(40)}{{ a }}`,
      'more than 1000000 characters',
    ],
    [
      'doubling list',
      `{% set a = [1] %}${'{% set a = [a, a] %}'.repeat(40)}{{ a }}`,
      'more than 1000000 characters',
    ],
    [
      'doubling map',
      `{% set a = {"k": 1} %}${'{% set a = {"k": a, "l": a} %}'.repeat(40)}{{ a | dump }}`,
      'more than 1000000 characters',
    ],
    [
      'replace',
      '{% set a = "a" | indent(1) %}{% for i in range(16) %}{% set a = a ~ a %}{% endfor %}{{ a }}',
      '',
    ],
    ['recursion', '{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}', 'nested too deep'],
    ['namespace in itself', '{% set n = namespace() %}{% set n.a = n %}{{ n }}', 'namespace'],
    ['namespace in a list', '{% set n = namespace() %}{% set n.a = [n] %}{{ n }}', 'namespace'],
    ['indent', '{{ "a" | indent(1000000000) }}', 'indents by 0 to 100'],
    ['parentheses', `{{ ${'('.repeat(900)}1${')'.repeat(900)} }}`, 'nested too deep'],
    ['blocks', `${'{% if x %}'.repeat(100)}${'{% endif %}'.repeat(100)}`, 'nested more than 60 deep'],
  ];
  test.each(bombs)('%s ends', (_name, template, message) => {
    let text = '';
    try {
      text = rendered(template, { x: 1 });
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).toContain(message);
      return;
    }
    expect(message).toBe('');
    expect(text.length).toBeLessThan(1_000_001);
  });

  test('a huge replacement is refused before it is made', () => {
    const vars = { a: 'a'.repeat(900_000), b: 'b'.repeat(900_000) };
    expect(() => rendered('{{ a | replace("a", b) }}', vars)).toThrow('would make more than');
    expect(() => rendered('{{ a.replace("a", b) }}', vars)).toThrow('would make more than');
    expect(() => rendered('{{ range(10000) | join(b) }}', vars)).toThrow('would make more than');
  });

  test('a megabyte of openings or blanks is text', () => {
    for (const piece of ['{{', '{%', '{#', ' \t\n', '{{"', "{{ '"]) {
      const text = `x${piece.repeat(1_000_000 / piece.length)}x`;
      expect(rendered(text, {})).toBe(text);
    }
  });

  test.each([
    ['a\n  {{ x | trncate }}', 'p.txt:4:7: unknown filter "trncate"'],
    ["{{ user's }}", "p.txt:3:5: `{{ user's }}` does not parse"],
    ['x\n{% if a %}b', 'p.txt:4:5: `{% if a %}` is not closed by {% endif %}'],
    ['{% endif %}', '`{% endif %}` closes nothing that is open'],
    ['{% include "x" %}', 'unknown statement "include"'],
    ['{% raw %} x', '`{% raw %}` is not closed'],
    ['{{ a b }}', '`{{ a b }}` does not parse'],
    ['ok {{ x }} {{ 1 + }}', 'p.txt:3:16: `{{ 1 + }}` does not parse'],
    ['{{ x is trve }}', 'unknown test "trve"'],
    ['{% break %}', 'break or continue outside of a loop'],
    ['{{ x.frob() }}', '"frob" is not a function of this value'],
    ['{{ "x" | load }}', 'the filter "load" needs JSON'],
  ])('%j is a located error', (template, message) => {
    expect(() => rendered(template, { x: 'v' })).toThrow(UserError);
    expect(() => rendered(template, { x: 'v' })).toThrow(message);
  });

  test('templateProblem names the offset', () => {
    expect(templateProblem('ok {{ x }} {{ 1 + }}', 'jinja')).toMatchObject({ offset: 11 });
    expect(templateProblem('{{ x }}', 'jinja')).toBeNull();
    expect(templateProblem('{{ 1 + }}', 'literal')).toBeNull();
  });

  test('any template renders or throws a UserError, and reaches nothing', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{%',
      '%}',
      '{#',
      '#}',
      '{{-',
      '-}}',
      ' x ',
      ' a.b ',
      ' | ',
      'dump',
      'default',
      '(',
      ')',
      '[',
      ']',
      '"',
      "'",
      '1',
      '+',
      '~',
      ' if ',
      ' for i in xs ',
      ' endfor ',
      ' endif ',
      ' else ',
      ' set z = ',
      ' raw ',
      ' endraw ',
      'constructor',
      '__proto__',
      '.',
      ',',
      ':',
      '{',
      '}',
      '\n',
      ' is defined ',
      ' not ',
      'range(9)',
      '\\',
    );
    const template = fc.oneof(
      fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    const vars = fc.dictionary(
      fc.constantFrom('x', 'a', 'xs', '__proto__', 'constructor', 'range'),
      fc.anything({ maxDepth: 3 }),
    );
    fc.assert(
      fc.property(
        template,
        vars,
        fc.constantFrom('jinja' as const, 'literal' as const),
        (text, values, syntax) => {
          try {
            expect(typeof rendered(text, values, syntax)).toBe('string');
          } catch (error) {
            if (!(error instanceof UserError)) throw error;
          }
          expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        },
      ),
      { numRuns: 3_000 },
    );
  });

  test('plain text without tags is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/\{[{%#]/.test(text));
        expect(renderText(text, {}, 'jinja')).toBe(text);
      }),
    );
  });
});

describe('variableFindings', () => {
  test('warns of what is missing and what is never used', () => {
    const prompt = promptOf('{{ question }} {{ lang }}');
    const testCase = aCase({
      id: 'refund',
      vars: { question: 'q', extra: 1, expected: 'yes' },
      value: '{{ expected }}',
    });
    const found = variableFindings(prompt, testCase);
    expect(found.map(({ severity, code, place, message }) => [severity, code, place?.line, message])).toEqual(
      [
        ['warning', 'missing-variable', 3, 'the prompt uses "lang", which the case "refund" lacks'],
        [
          'warning',
          'unused-variable',
          9,
          'the case "refund" gives "extra", which the prompt p.txt never uses',
        ],
      ],
    );
  });

  test('a literal placeholder with spaces is no placeholder', () => {
    const found = variableFindings(
      promptOf('Hi\n{{ q }} {{ other }}', 'literal'),
      aCase({ id: 'c', vars: { q: 1 }, value: '{{q}}' }),
    );
    expect(found.map(formatFinding)).toEqual([
      'p.txt:4:5: "{{ q }}" has spaces, so that it stays as it is. Write {{q}}.',
    ]);
  });

  test('a case that cannot be rendered is an error', () => {
    const [finding] = variableFindings(promptOf('{{ x.frob() }}'), aCase({ id: 'c', vars: { x: 'v' } }));
    expect(finding).toMatchObject({ severity: 'error', code: 'template', place: { file: 'p.txt', line: 3 } });
    expect(finding?.message).toContain('(case "c")');
  });
});
