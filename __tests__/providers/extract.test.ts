import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { CancelledError, UserError } from '../../src/model/errors.ts';
import type { Message } from '../../src/model/prompt.ts';
import type { CompletionRequest, Provider, ProviderSpec } from '../../src/model/provider.ts';
import { answer } from '../../src/providers/extract/answer.ts';
import { segment } from '../../src/providers/extract/segment.ts';
import { verbosities } from '../../src/providers/extract/settings.ts';
import { extract } from '../../src/providers/extract.ts';

const spec = (config: Record<string, unknown> = {}): ProviderSpec => ({
  id: 'builtin:extract',
  label: 'extract-full',
  config,
  price: null,
  place: { file: 'assay.yml', line: 7, column: 5 },
});

const build = async (config: Record<string, unknown> = {}): Promise<Provider> =>
  extract(spec(config), {
    env: {},
    fetch: () => {
      throw new Error('the built-in responder calls nobody');
    },
    readText: async () => null,
    allowLoopbackHttp: false,
  });

const request = (parts: Partial<CompletionRequest> = {}): CompletionRequest => ({
  messages: [
    { role: 'system', content: 'You are a clerk.\nThe shop opens at nine. The shop closes at six.' },
    { role: 'user', content: 'When does the shop open?' },
  ],
  parameters: {},
  tools: [],
  responseFormat: null,
  trial: 0,
  signal: new AbortController().signal,
  ...parts,
});

describe('the provider', () => {
  test('says what it is', async () => {
    const provider = await build({ verbosity: 'brief' });
    expect(provider).toMatchObject({
      id: 'builtin:extract',
      label: 'extract-full',
      languageModel: false,
      price: { input: 0, output: 0 },
      fingerprint: { vendor: 'builtin', algorithm: 'extract', parameters: { verbosity: 'brief' } },
    });
  });

  test('gives a whole completion', async () => {
    const completion = await (await build({ maxSentences: 1 })).complete(request());
    expect(completion).toEqual({
      text: 'The shop opens at nine.',
      toolCalls: [],
      finish: { reason: 'stop', raw: 'stop' },
      usage: { input: 22, output: 6 },
      latencyMs: 0,
      costUsd: 0,
      model: 'builtin:extract',
      cached: false,
    });
  });

  test('answers every trial and every temperature alike', async () => {
    const provider = await build();
    const texts = await Promise.all(
      [0, 1, 2].map(
        async (trial) =>
          (await provider.complete(request({ trial, parameters: { temperature: trial } }))).text,
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  test.each([
    ['the prompt', { parameters: { max_tokens: 2 } }, {}, 'The shop'],
    [
      'the configuration, which wins',
      { parameters: { max_tokens: 200 } },
      { max_output_tokens: 2 },
      'The shop',
    ],
    ['a .prompt.yml', { parameters: { maxTokens: 2 } }, {}, 'The shop'],
  ])('is cut by the token limit of %s', async (_whose, parts, config, text) => {
    const completion = await (await build(config)).complete(request(parts));
    expect(completion).toMatchObject({ text, finish: { reason: 'length' }, usage: { output: 2 } });
  });

  test('keeps prompts apart, also more of them than it remembers', async () => {
    const provider = await build();
    for (const hour of [...Array(40).keys(), 0, 39]) {
      const messages: Message[] = [
        { role: 'system', content: `The shop opens at ${hour} o'clock.` },
        { role: 'user', content: 'When does the shop open?' },
      ];
      expect((await provider.complete(request({ messages }))).text).toBe(
        `The shop opens at ${hour} o'clock.`,
      );
    }
  });

  test('stops when the run is cancelled', async () => {
    const provider = await build();
    await expect(provider.complete(request({ signal: AbortSignal.abort() }))).rejects.toThrow(CancelledError);
  });

  test.each([
    [
      { verbosity: 'loud' },
      'assay.yml:7:5: config.verbosity of extract-full is "loud". Expected full or brief.',
    ],
    [{ maxSentences: 0 }, 'config.maxSentences of extract-full is 0. Expected a whole number from 1 to 20.'],
    [{ maxSentences: '3' }, 'config.maxSentences of extract-full is "3".'],
  ])('refuses %j with the place and what was expected', async (config, message) => {
    await expect(build(config)).rejects.toThrow(UserError);
    await expect(build(config)).rejects.toThrow(message);
  });
});

describe('sentences', () => {
  test.each<[text: string, sentences: string[]]>([
    [
      'It costs €3.50 a day. Ask Dr. Lee, e.g. by mail.',
      ['It costs €3.50 a day.', 'Ask Dr. Lee, e.g. by mail.'],
    ],
    ['Say "No. Never." Then stop.', ['Say "No. Never."', 'Then stop.']],
    [
      'A wrapped line that goes on and on until it is long enough to be\nwrapped ends here.',
      ['A wrapped line that goes on and on until it is long enough to be wrapped ends here.'],
    ],
    ['- one rule\n- another rule\n* a third', ['one rule', 'another rule', 'a third']],
    ['Be brief\nAnswer in JSON', ['Be brief', 'Answer in JSON']],
    ['A quote " without an end. It is over. Really.', ['A quote " without an end. It is over. Really.']],
    ['', []],
    ['***\n---\n...', []],
  ])('%j', (text, sentences) => {
    expect(segment(text).map((sentence) => sentence.text)).toEqual(sentences);
  });

  test('know their heading', () => {
    expect(
      segment('Hi.\n## Fees\nNone.\n**Cards**\nTwo.\nTerms:\nThree.').map(({ section }) => section),
    ).toEqual(['', 'Fees', 'Cards', 'Terms']);
  });
});

describe('hostile input', () => {
  const role = fc.constantFrom<Message['role'][]>('system', 'developer', 'user', 'assistant', 'tool');
  const fragment = fc.constantFrom(
    'Never discuss ',
    'If the customer ',
    '"',
    '“',
    "'",
    '. ',
    '\n- ',
    '\n# Rules\n',
    'JSON "a": "b|c"',
    'keys __proto__, constructor',
    'one of: ',
    'explain terms',
    'be concise',
    'at most 0 words',
    'A x is a ',
    '{{ x }}',
    '\u0000',
    '\ud800',
    '(',
    '\\',
    '[a-',
    '$&',
  ); // prettier-ignore
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(fragment, fc.string())).map((parts) => parts.join('')),
  );

  test('whatever comes in, one string comes out, and always the same', () => {
    const messages = fc.array(fc.record({ role, content: text }), { maxLength: 5 });
    fc.assert(
      fc.property(messages, fc.constantFrom(...Object.values(verbosities)), (asked, settings) => {
        const first = answer(asked, settings);
        expect(typeof first).toBe('string');
        expect(first).not.toBe('');
        expect(answer(asked, settings)).toBe(first);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    'a',
    ' ',
    '.',
    '"',
    '\n',
    'A x. ',
    'Never discuss ',
    'If the customer ',
    '(',
    '**',
    ', or ',
    "Say 'a",
    '- Never discuss money.\n',
  ])('200 kB of %j are read as prompt and as question', (unit) => {
    const content = unit.repeat(Math.ceil(200_000 / unit.length));
    for (const hostile of ['system', 'user'] as const) {
      const messages: Message[] = [
        { role: 'system', content: 'The shop opens at nine.' },
        { role: 'user', content: 'When?' },
      ];
      const replaced = messages.map((message) =>
        message.role === hostile ? { ...message, content } : message,
      );
      expect(answer(replaced, verbosities.full).length).toBeLessThan(10_000);
    }
  });
});
