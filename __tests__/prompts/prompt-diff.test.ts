import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Message, Prompt, PromptDiff } from '../../src/model/prompt.ts';
import { makePrompt } from '../../src/prompts/make-prompt.ts';
import { diffPrompts } from '../../src/prompts/prompt-diff.ts';

type Settings = Partial<Pick<Prompt, 'parameters' | 'tools' | 'responseFormat' | 'model'>>;

const prompt = (messages: readonly Message[], settings: Settings = {}): Prompt =>
  makePrompt(
    {
      place: { file: 'p.yml', line: 1, column: 1 },
      syntax: 'jinja',
      messages: messages.map((message, index) => ({
        ...message,
        place: { file: 'p.yml', line: 10 * (index + 1), column: 3 },
      })),
      ...settings,
    },
    { id: 'p', path: 'p.yml', label: null },
  );
const says = (content: string): Prompt => prompt([{ role: 'user', content }]);

/** `same [-removed-] {+added+}`, as `git diff --word-diff` shows it. */
const show = ({ title, line, parts }: PromptDiff): string =>
  `${title}@${line}: ${parts
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('')}`;

describe('diffPrompts', () => {
  test.each([
    [
      'a word',
      'Answer within 14 days.',
      'Answer within 30 days.',
      'user@10: Answer within [-14-]{+30+} days.',
    ],
    ['a sentence', 'Be kind.', 'Be kind. Be concise.', 'user@10: Be kind.{+ Be concise.+}'],
    ['a line', 'One.\nTwo.', 'One.\nNew.\nTwo.', 'user@11: One.\n{+New.⏎\n+}Two.'],
    ['a removed line', 'One.\nTwo.\nThree.', 'One.\nThree.', 'user@11: One.\n[-Two.⏎\n-]Three.'],
    ['a line at the end', 'One.', 'One.\nBe concise.', 'user@11: One.{+⏎\nBe concise.+}'],
    ['a trailing space', 'One', 'One ', 'user@10: One{+·+}'],
    ['a doubled space', 'a b', 'a  b', 'user@10: a[-·-]{+··+}b'],
    ['a tab', 'a b', 'a\tb', 'user@10: a[-·-]{+→+}b'],
    ['a line end', 'a b', 'a\nb', 'user@10: a[-·-]{+⏎\n+}b'],
  ])('%s', (_name, before, after, expected) => {
    const diffs = diffPrompts(says(before), says(after));
    expect(diffs.map(show)).toEqual([expected]);
  });

  test('by message: changed, added, removed, numbered by role', () => {
    const before = prompt([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
      { role: 'user', content: 'three' },
    ]);
    const after = prompt([
      { role: 'system', content: 'S new' },
      { role: 'user', content: 'one' },
      { role: 'user', content: 'four' },
    ]);
    expect(diffPrompts(before, after).map(show)).toEqual([
      'system@10: S{+ new+}',
      'user 2@30: [-three-]{+four+}',
      'assistant@30: [-two-]',
    ]);
  });

  test('settings, line by line and whatever the order of keys', () => {
    const messages: Message[] = [{ role: 'user', content: 'x' }];
    const before = prompt(messages, { parameters: { b: 1, a: 2 }, model: 'openai:a' });
    const after = prompt(messages, {
      parameters: { a: 2, b: 3 },
      model: 'openai:b',
      tools: [{ name: 't' }],
      responseFormat: { type: 'json_object' },
    });
    expect(diffPrompts(before, prompt(messages, { parameters: { a: 2, b: 1 }, model: 'openai:a' }))).toEqual(
      [],
    );
    expect(
      diffPrompts(before, after).map(({ section, parts, line }) => [
        section,
        line,
        parts.filter(({ kind }) => kind !== 'same'),
      ]),
    ).toEqual([
      [
        'parameters',
        null,
        [
          { kind: 'removed', text: '  "b": 1\n' },
          { kind: 'added', text: '  "b": 3\n' },
        ],
      ],
      ['tools', null, [{ kind: 'added', text: '[\n  {\n    "name": "t"\n  }\n]\n' }]],
      ['responseFormat', null, [{ kind: 'added', text: '{\n  "type": "json_object"\n}\n' }]],
      [
        'model',
        null,
        [
          { kind: 'removed', text: 'openai:a\n' },
          { kind: 'added', text: 'openai:b\n' },
        ],
      ],
    ]);
  });

  test('a new and a removed prompt', () => {
    expect(diffPrompts(null, says('new')).map(show)).toEqual(['user@10: {+new+}']);
    expect(diffPrompts(says('old'), null).map(show)).toEqual(['user@10: [-old-]']);
    expect(diffPrompts(null, null)).toEqual([]);
    expect(diffPrompts(says('x'), says('x'))).toEqual([]);
  });

  test('two entirely different long texts end', () => {
    const words = (seed: string) => Array.from({ length: 20_000 }, (_, index) => `${seed}${index}`).join(' ');
    const [diff] = diffPrompts(says(words('a')), says(words('b')));
    expect(diff?.parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });

  test('same and removed parts are the old text, same and added the new', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'cd', '.', 'x1'), { maxLength: 30 })
      .map((words) => words.join(' '));
    const without = (parts: PromptDiff['parts'], kind: string): string =>
      parts
        .filter((part) => part.kind !== kind)
        .map((part) => part.text)
        .join('')
        .replaceAll('·', ' ');
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [diff] = diffPrompts(says(before), says(after));
        if (diff === undefined) return expect(before).toBe(after);
        expect(without(diff.parts, 'added')).toBe(before);
        expect(without(diff.parts, 'removed')).toBe(after);
      }),
    );
  });
});
