import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';

/**
 * A server on loopback that answers as its path says: `/<scenario>/v1/chat/completions`, `…/responses`,
 * `…/messages`. Answers are recorded shapes of the vendors; what no emulator does (stalls, cuts, floods,
 * redirects) is done here on the socket.
 */
export type Received = {
  readonly scenario: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
};

export type FaultServer = {
  readonly url: string;
  /** Requests that arrived for a scenario; `sink` is where the redirect points. */
  received(scenario: string): readonly Received[];
  stop(): Promise<void>;
};

export type FaultFixture = {
  readonly status: number;
  readonly kind: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number | null;
  readonly body?: { readonly openai: unknown; readonly anthropic: unknown };
  readonly html?: string;
  readonly message?: string;
};

const fixtures = new URL('../fixtures/providers/', import.meta.url);
const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, fixtures), 'utf8'));

/** Error answers by name, with the class that each belongs to. */
export const faultFixtures = readJson('faults.json') as Readonly<Record<string, FaultFixture>>;

type Api = 'chat' | 'responses' | 'messages';
type Scenario = (response: ServerResponse, request: Received, api: Api) => void;

const apiOf = (path: string): Api =>
  path.endsWith('/messages') ? 'messages' : path.endsWith('/responses') ? 'responses' : 'chat';

const sendJson = (response: ServerResponse, status: number, body: unknown, headers = {}): void => {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
};

const recorded: Scenario = (response, { scenario }, api) =>
  sendJson(response, 200, readJson(`${api}/${scenario}.json`));

const answerText = (api: Api): string => JSON.stringify(readJson(`${api}/answer.json`));

/** The answer with a text that repeats the key it was sent. */
const keyInAnswer: Scenario = (response, { headers }, api) => {
  const key = (headers.authorization ?? '').replace('Bearer ', '');
  const said = `${key} ${Buffer.from(`ab${key}`).toString('base64')}`;
  sendJson(response, 200, JSON.parse(answerText(api).replace('The late fee is', said)));
};

const flood = Buffer.alloc(30_000_000, ' ');

const scenarios: Readonly<Record<string, Scenario>> = {
  html: (response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><html><head><title>Sign in</title></head></html>');
  },
  empty: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 0 });
    response.end();
  },
  'empty-chunked': (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end();
  },
  'no-content': (response) => response.writeHead(204).end(),
  'wrong-shape': (response) => sendJson(response, 200, { hello: 1 }),
  list: (response) => sendJson(response, 200, []),
  'not-json': (response, _request, api) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(answerText(api).slice(0, 120));
  },
  'cut-body': (response, _request, api) => {
    const text = answerText(api);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
    response.write(text.slice(0, 50), () => response.destroy());
  },
  'cut-chunked': (response, _request, api) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(answerText(api).slice(0, 50), () => response.destroy());
  },
  reset: (response) => response.destroy(),
  stalled: (response, _request, api) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(answerText(api).slice(0, 50));
  },
  'stalled-error': (response) => {
    response.writeHead(500, { 'content-type': 'application/json', 'content-length': 500 });
    response.write('{"error":');
  },
  silent: () => {},
  redirect: (response, request) => {
    response.writeHead(307, { location: request.path.replace('/redirect/', '/sink/') });
    response.end();
  },
  sink: (response, _request, api) => sendJson(response, 200, JSON.parse(answerText(api))),
  huge: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': flood.length });
    response.end(flood);
  },
  'huge-compressed': (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(flood));
  },
  'key-in-error': (response, { headers }) =>
    sendJson(response, 401, {
      error: { message: `Incorrect API key: ${headers.authorization}, ${headers['x-api-key']}`, type: 'x' },
    }),
  'key-in-answer': keyInAnswer,
  'text-plain': (response, _request, api) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end(answerText(api));
  },
};

const respond: Scenario = (response, request, api) => {
  const fault = faultFixtures[request.scenario];
  if (fault?.html !== undefined) {
    response.writeHead(fault.status, { 'content-type': 'text/html' });
    response.end(fault.html);
  } else if (fault !== undefined) {
    const body = api === 'messages' ? fault.body?.anthropic : fault.body?.openai;
    sendJson(response, fault.status, body, fault.headers);
  } else {
    (scenarios[request.scenario] ?? recorded)(response, request, api);
  }
};

export const startFaultServer = async (): Promise<FaultServer> => {
  const all: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '/';
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const received = { scenario: path.split('/')[1] ?? '', path, headers: request.headers, body };
      all.push(received);
      respond(response, received, apiOf(path));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: (scenario) => all.filter((request) => request.scenario === scenario),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
