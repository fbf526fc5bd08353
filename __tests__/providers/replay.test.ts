import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { CancelledError, UserError } from '../../src/model/errors.ts';
import type { Message } from '../../src/model/prompt.ts';
import { ProviderFault } from '../../src/model/provider.ts';
import { buildProvider } from '../../src/providers/build.ts';
import { messagesHash, readRecording } from '../../src/providers/recording.ts';
import { ask, specOf } from '../contracts/provider.ts';

const question: Message = { role: 'user', content: 'What is the late fee?' };
const folder = new URL('../fixtures/providers/', import.meta.url);

const build = (id: string, readText = (path: string) => readFile(new URL(path, folder), 'utf8')) =>
  buildProvider(specOf(id), { env: {}, fetch, readText, allowLoopbackHttp: false });

describe('replay: gives recorded answers', () => {
  test('the answer of a trial, else the answer of any trial', async () => {
    const provider = await build('replay:answers.jsonl');
    const answer = async (trial: number) =>
      (await provider.complete(ask({ messages: [question], trial }))).text;
    expect([await answer(0), await answer(1), await answer(2)]).toEqual(['It is €5.', '€5.', 'It is €5.']);
  });

  test('an answer is complete, and free', async () => {
    const provider = await build('replay:answers.jsonl');
    expect(provider).toMatchObject({ languageModel: true, price: { input: 0, output: 0 } });
    expect(await provider.complete(ask({ messages: [question] }))).toEqual({
      text: 'It is €5.',
      toolCalls: [],
      finish: { reason: 'stop', raw: 'stop' },
      usage: { input: 6, output: 5 },
      latencyMs: null,
      costUsd: 0,
      model: 'gpt-5-mini-2025-08-07',
      cached: false,
    });
  });

  test('a list in YAML, where texts have lines', async () => {
    const provider = await build('replay:answers.yml');
    const messages: Message[] = [{ role: 'system', content: 'Be brief.' }, question];
    expect((await provider.complete(ask({ messages }))).text).toBe(
      'The late fee is €5.\n\nIt is charged once.',
    );
  });

  test('a question by its hash', () => {
    const entry = {
      request: { hash: messagesHash([question]), ask: question.content },
      completion: { text: 'yes' },
    };
    expect(readRecording('a.json', JSON.stringify([entry]))([question], 3)?.text).toBe('yes');
  });

  test('a question that is not recorded is a fault that quotes it', async () => {
    const provider = await build('replay:answers.jsonl');
    const outcome = await provider.complete(ask({ trial: 2 })).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ProviderFault);
    expect(outcome).toMatchObject({
      kind: 'fatalForCell',
      message: 'answers.jsonl has no answer to "What is the late fee?" (trial 2)',
    });
  });

  test('another recording is another model to the cache', async () => {
    const text = await readFile(new URL('answers.jsonl', folder), 'utf8');
    const [a, b] = await Promise.all(
      [text, text.replace('€5', '€6')].map((body) => build('replay:a.jsonl', async () => body)),
    );
    expect(a?.fingerprint).not.toEqual(b?.fingerprint);
  });

  test('cancelling', async () => {
    const provider = await build('replay:answers.jsonl');
    await expect(provider.complete(ask({ signal: AbortSignal.abort() }))).rejects.toBeInstanceOf(
      CancelledError,
    );
  });

  test.each<[string, string, string, RegExp]>([
    ['a line that is not JSON', 'a.jsonl', '\n{"request": \n', /^a\.jsonl:2:1: this line is not JSON/],
    [
      'a line without an answer',
      'a.jsonl',
      '{"request": {"messages": [{"role": "user", "content": "x"}]}}',
      /^a\.jsonl:1:1: completion is missing/,
    ],
    [
      'an unknown finish',
      'a.yml',
      '- request: {messages: [{role: user, content: x}]}\n  completion: {text: y, finish: stopp}',
      /^a\.yml:2:33: .*finish is "stopp".*Did you mean "stop"/,
    ],
    ['no list', 'a.json', '{"request": 1}', /^a\.json:1:1: the file is not a list/],
    [
      'two answers to one question',
      'a.jsonl',
      Array(2)
        .fill('{"request": {"messages": [{"role": "user", "content": "x"}]}, "completion": {"text": "y"}}')
        .join('\n'),
      /^a\.jsonl:2:1: this question is already answered/,
    ],
  ])('%s is refused when the provider is built', async (_name, path, text, words) => {
    const outcome = await build(`replay:${path}`, async () => text).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(UserError);
    expect((outcome as UserError).message).toMatch(words);
  });
});

describe('echo', () => {
  test('answers with the whole prompt, and is no language model', async () => {
    const provider = await build('echo');
    expect(provider).toMatchObject({ languageModel: false, price: { input: 0, output: 0 } });
    expect((await provider.complete(ask())).text).toBe(
      'You answer questions about fees.\nWhat is the late fee?',
    );
    expect((await provider.complete(ask({ messages: [question] }))).text).toBe('What is the late fee?');
  });
});
