import { describe, expect, test } from '@jest/globals';
import { formatFinding } from '../../src/model/errors.ts';
import type { Prompt } from '../../src/model/prompt.ts';
import { readSuite } from '../../src/prompts/suite.ts';
import { memoryTree } from './memory-tree.ts';

type Files = Readonly<Record<string, string>>;
const tests = 'tests: [{vars: {q: x}, assert: [{type: contains, value: y}]}]\n';

const read = async (prompts: string, files: Files = {}) => {
  const { suite, findings } = await readSuite(
    memoryTree({ ...files, 'e/s.suite.yml': `${prompts}\n${tests}` }),
    'e/s.suite.yml',
  );
  return { prompts: suite?.prompts ?? [], messages: findings.map(formatFinding) };
};
const said = (prompts: readonly Prompt[]) =>
  prompts.map(({ messages }) => messages.map(({ role, content }) => `${role}: ${content}`).join(' / '));

describe('prompts of a suite', () => {
  const cases: readonly (readonly [name: string, prompts: string, files: Files, said: string[]])[] = [
    ['a text file', 'prompts: [a.txt]', { 'e/a.txt': 'Answer {{ q }}\n' }, ['user: Answer {{ q }}']],
    ['one name without a list', 'prompts: a.txt', { 'e/a.txt': 'A' }, ['user: A']],
    [
      'several prompts in a text file',
      'prompts: [a.txt]',
      { 'e/a.txt': 'A\n---\nB\n ---\n\nC' },
      ['user: A', 'user: B', 'user: C'],
    ],
    ['rules in Markdown are text', 'prompts: [a.md]', { 'e/a.md': 'A\n---\nB' }, ['user: A\n---\nB']],
    [
      'a Jinja file',
      'prompts: [file://a.j2]',
      { 'e/a.j2': '{% if q %}{{ q }}{% endif %}' },
      ['user: {% if q %}{{ q }}{% endif %}'],
    ],
    [
      'Windows line ends',
      'prompts: [a.txt]',
      { 'e/a.txt': '\uFEFFA\r\nB\r\n---\r\nC' },
      ['user: A\nB', 'user: C'],
    ],
    [
      'a JSON chat',
      'prompts: [a.json]',
      { 'e/a.json': '[{"role":"system","content":"S"},{"role":"user","content":"{{ q }}"}]' },
      ['system: S / user: {{ q }}'],
    ],
    [
      'JSON with bare tags',
      'prompts: [a.json]',
      { 'e/a.json': '[{"role": "user", "content": {{ q | dump }}}]' },
      ['user: {{ q }}'],
    ],
    [
      'a YAML chat',
      'prompts: [a.yaml]',
      { 'e/a.yaml': '- role: system\n  content: |\n    S\n    T\n- role: user\n  content: "{{ q }}"\n' },
      ['system: S\nT / user: {{ q }}'],
    ],
    [
      'text parts',
      'prompts: [a.yaml]',
      { 'e/a.yaml': '- role: user\n  content: [{type: text, text: A}, {type: text, text: B}]' },
      ['user: A\nB'],
    ],
    [
      'a file in a chat',
      'prompts: [a.yaml]',
      { 'e/a.yaml': '- role: system\n  content: file://sys.txt', 'e/sys.txt': 'S\n' },
      ['system: S'],
    ],
    [
      'a GitHub prompt file',
      'prompts: [a.prompt.yml]',
      { 'e/a.prompt.yml': 'messages: [{role: user, content: "{{q}}"}]' },
      ['user: {{q}}'],
    ],
    ['a text in the suite', 'prompts: ["Answer {{ q }}"]', {}, ['user: Answer {{ q }}']],
    ['a chat as text', 'prompts: [\'[{"role": "user", "content": "{{ q }}"}]\']', {}, ['user: {{ q }}']],
    [
      'a YAML chat as text',
      'prompts:\n  - |\n    - role: system\n      content: S\n    - role: user\n      content: U',
      {},
      ['system: S / user: U'],
    ],
    [
      'a chat in the suite',
      'prompts:\n  - - {role: system, content: S}\n    - {role: user, content: U}',
      {},
      ['system: S / user: U'],
    ],
    [
      'one chat in the suite',
      'prompts:\n  - {role: system, content: S}\n  - {role: user, content: U}',
      {},
      ['system: S / user: U'],
    ],
    [
      'objects',
      'prompts: [{label: A, raw: "x {{ q }}"}, {id: file://a.txt, label: B}, {messages: [{role: user, content: M}]}]',
      { 'e/a.txt': 'A' },
      ['user: x {{ q }}', 'user: A', 'user: M'],
    ],
    [
      'a map of files and labels',
      'prompts: {a.txt: first, b.txt: second}',
      { 'e/a.txt': 'A', 'e/b.txt': 'B' },
      ['user: A', 'user: B'],
    ],
    [
      'a glob',
      'prompts: [p/*.txt]',
      { 'e/p/b.txt': 'B', 'e/p/a.txt': 'A', 'e/p/c.md': 'C' },
      ['user: A', 'user: B'],
    ],
    ['a folder', 'prompts: [p/]', { 'e/p/b.txt': 'B', 'e/p/a.md': 'A' }, ['user: A', 'user: B']],
    ['a file above', 'prompts: [../a.txt]', { 'a.txt': 'A' }, ['user: A']],
  ];
  test.each(cases)('%s', async (_name, prompts, files, expected) => {
    const { prompts: found, messages } = await read(prompts, files);
    expect(messages).toEqual([]);
    expect(said(found)).toEqual(expected);
  });

  test('ids, labels, files and places', async () => {
    const { prompts } = await read(
      'prompts: [a.txt, "in {{ q }}", {label: L, raw: "two"}, {id: a.txt, label: M, config: {temperature: 0}}]',
      {
        'e/a.txt': '\n  A\n---\nB',
      },
    );
    expect(
      prompts.map(({ id, path, label, place, files, parameters }) => [
        id,
        path,
        label,
        `${place.line}:${place.column}`,
        files,
        parameters,
      ]),
    ).toEqual([
      ['e/a.txt', 'e/a.txt', 'e/a.txt', '2:3', ['e/a.txt'], {}],
      ['e/a.txt#2', 'e/a.txt', 'e/a.txt#2', '4:1', ['e/a.txt'], {}],
      ['e/s.suite.yml#2', 'e/s.suite.yml', 'e/s.suite.yml#2', '1:19', ['e/s.suite.yml'], {}],
      ['e/s.suite.yml#L', 'e/s.suite.yml', 'L', '1:49', ['e/s.suite.yml'], {}],
      ['e/a.txt#M', 'e/a.txt', 'M', '2:3', ['e/a.txt'], { temperature: 0 }],
      ['e/a.txt#2#M', 'e/a.txt', 'M', '4:1', ['e/a.txt'], { temperature: 0 }],
    ]);
  });

  test('one prompt in several formats is one version', async () => {
    const files = {
      'e/a.txt': 'Answer {{q}}\n',
      'e/b.md': 'Answer {{q}}',
      'e/c.json': '[{"content": "Answer {{q}}", "role": "user"}]',
      'e/d.yaml': '- role: user\n  content: |\n    Answer {{q}}\n',
      'e/e.prompt.yml':
        'name: E\nmodel: openai/gpt-5-mini\nresponseFormat: text\nmessages:\n  - role: user\n    content: >\n      Answer {{q}}\n',
    };
    const { prompts } = await read(
      'prompts: [a.txt, b.md, c.json, d.yaml, e.prompt.yml, "Answer {{q}}"]',
      files,
    );
    expect(prompts).toHaveLength(6);
    expect(new Set(prompts.map(({ version }) => version)).size).toBe(1);
    const { prompts: others } = await read(
      'prompts: [{raw: "Answer {{q}}", config: {b: 1, a: 2}}, {raw: "Answer {{q}}", config: {a: 2, b: 1}, label: x}, "Answer {{ q }}"]',
    );
    const [first, second, third] = others.map(({ version }) => version);
    expect(first).toBe(second);
    expect(new Set([first, third, prompts[0]?.version]).size).toBe(3);
  });

  const wrong: readonly (readonly [name: string, prompts: string, files: Files, message: string])[] = [
    ['no prompt', 'description: x', {}, 'e/s.suite.yml:1:1: the suite names no prompt'],
    ['an empty list', 'prompts: []', {}, 'e/s.suite.yml:1:10: the suite names no prompt'],
    [
      'a missing file',
      'prompts: [suport.txt]',
      { 'e/support.txt': 'x' },
      'e/s.suite.yml:1:11: the file "e/suport.txt" does not exist (memory). Did you mean "e/support.txt"?',
    ],
    ['an empty file', 'prompts: [a.txt]', { 'e/a.txt': ' \n' }, 'e/a.txt:1:1: the prompt is empty'],
    [
      'a file outside',
      'prompts: [../../x.txt]',
      {},
      'e/s.suite.yml:1:11: the path leaves the repository: "../../x.txt"',
    ],
    ['an absolute path', 'prompts: [file:///etc/passwd]', {}, 'e/s.suite.yml:1:11: the path is absolute'],
    [
      'a template that does not parse',
      'prompts: [a.txt]',
      { 'e/a.txt': 'ok\n  {{ x | trncate }}' },
      'e/a.txt:2:3: unknown filter "trncate"',
    ],
    [
      'a template in the suite',
      'prompts:\n  - |\n    ok\n    {% if x %}',
      {},
      'e/s.suite.yml:4:5: `{% if x %}` is not closed by {% endif %}',
    ],
    [
      'JSON that does not parse',
      'prompts: [a.json]',
      { 'e/a.json': '[{"role": "user",\n "content": ' },
      'e/a.json:2:',
    ],
    [
      'JSON with statements',
      'prompts: [a.json]',
      { 'e/a.json': '[\n{% for x in y %}{}{% endfor %}]' },
      'e/a.json:2:1: a template statement stands between JSON values',
    ],
    [
      'a wrong role',
      'prompts: [a.json]',
      { 'e/a.json': '[{"role":"sistem","content":"x"}]' },
      'e/a.json:1:10: the role of a message is "sistem". Expected one of system, developer, user, assistant, tool. Did you mean system?',
    ],
    [
      'no content',
      'prompts: [a.yaml]',
      { 'e/a.yaml': '- role: user' },
      'e/a.yaml:1:3: the content of a message is missing. Expected a text',
    ],
    ['no list', 'prompts: [a.yaml]', { 'e/a.yaml': 'x: 1' }, 'e/a.yaml:1:1: this is no list of messages'],
    [
      'a typo in an object',
      'prompts: [{lable: x, raw: y}]',
      {},
      'e/s.suite.yml:1:12: unknown key "lable" in prompts[0]. Expected one of id, label, raw, messages, config, function. Did you mean "label"?',
    ],
    [
      'an object that says nothing',
      'prompts: [{label: x}]',
      {},
      'the prompt has neither raw, messages nor id',
    ],
    ['a number', 'prompts: [3]', {}, 'e/s.suite.yml:1:11: a prompt is 3'],
    ['prompts of a wrong type', 'prompts: 3', {}, 'e/s.suite.yml:1:10: prompts is 3'],
  ];
  test.each(wrong)('%s is one located error', async (_name, prompts, files, message) => {
    const { prompts: found, messages } = await read(prompts, files);
    expect(found).toEqual([]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
  });

  test.each([
    ['prompt.js', 'prompt functions in JavaScript'],
    ['prompt.py:main', 'prompt functions in Python'],
    ['exec:./make.sh', 'prompts from exec:'],
    ['langfuse://x:1', 'prompts from langfuse:'],
    ['https://example.org/p', 'prompts from https:'],
    ['image.json', 'message content other than text'],
    ['call.json', 'message.tool_calls'],
    ['p.prompty', '.prompty files'],
  ])('%s is left out with a warning', async (name, what) => {
    const files = {
      'e/a.txt': 'A',
      'e/prompt.js': '',
      'e/image.json': '[{"role":"user","content":[{"type":"image_url"}]}]',
      'e/call.json': '[{"role":"assistant","content":"x","tool_calls":[]}]',
      'e/p.prompty': 'x',
    };
    const { prompts, messages } = await read(`prompts: [a.txt, "${name}"]`, files);
    expect(said(prompts)).toEqual(['user: A']);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(`\`${what}\` is recognised, but not supported. The prompt is left out`);
    const alone = await read(`prompts: ["${name}"]`, files);
    expect(alone.messages.join('\n')).toContain('none of the prompts can be run');
  });
});
