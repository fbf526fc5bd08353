import { createServer } from 'node:http';
import type { World } from '../../src/commands/world.ts';

export type JudgeServer = Disposable & {
  readonly url: string;
  /** The texts that it was asked to grade, or the whole question of a comparison. */
  readonly asked: string[];
};

/** An OpenAI-compatible judge on loopback; `reply` sees the judged text and how often it was asked that before. */
export const judgeServer = async (
  reply: (judged: string, before: number) => string,
): Promise<JudgeServer> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { messages } = JSON.parse(body) as { messages: { content: string }[] };
      const question = messages[1]?.content ?? '';
      const judged = /<(answer-\w+)>\n([\s\S]*)\n<\/\1>/.exec(question)?.[2] ?? question;
      const content = reply(judged, asked.filter((one) => one === judged).length);
      asked.push(judged);
      const answer = {
        id: 'x',
        object: 'chat.completion',
        created: 0,
        model: 'judge-2026',
        choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
      };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** A world whose output can be read, in a folder, with a key for the judge. */
export const worldIn = (cwd: string): World & { readonly written: { out: string; err: string } } => {
  const written = { out: '', err: '' };
  return {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, JUDGE_KEY: 'key-0000000000' },
    fetch: globalThis.fetch,
    now: Date.now,
    random: () => 0.5,
    stdout: (text) => {
      written.out += text;
    },
    stderr: (text) => {
      written.err += text;
    },
    isTTY: false,
    ask: null,
    color: false,
    width: 100,
    signal: new AbortController().signal,
    toolVersion: '0.0.0',
    written,
  };
};
