import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerArtifactService } from './artifact-service.ts';
import { findOperation, type Operation } from './contract.ts';
import { type Answer, operations, refused } from './operations.ts';
import type { FakeFault, FakeState } from './state.ts';

export type FakeGitHub = FakeState & { close(): Promise<void> };

export type FakeGitHubOptions = Partial<
  Pick<
    FakeState,
    | 'owner'
    | 'repo'
    | 'gitDirectory'
    | 'login'
    | 'tokenKind'
    | 'app'
    | 'readOnly'
    | 'withoutContents'
    | 'truncateTrees'
  >
>;

/**
 * A GitHub on loopback with memory, over a real bare repository. It implements only what Assay uses. Every
 * request and every answer is checked against GitHub's own OpenAPI description: a request that GitHub would
 * refuse is answered 422 and stands in `violations`, and so does an answer that GitHub would not give.
 */
export const startFakeGitHub = async (options: FakeGitHubOptions = {}): Promise<FakeGitHub> => {
  const state: FakeState = {
    url: '',
    owner: 'octo-org',
    repo: 'octo-repo',
    gitDirectory: '',
    login: 'github-actions[bot]',
    tokenKind: 'installation',
    app: 'github-actions',
    readOnly: false,
    withoutContents: false,
    truncateTrees: false,
    pulls: new Map(),
    comments: [],
    checkRuns: [],
    faults: [],
    requests: [],
    violations: [],
    artifacts: new Map(),
    ...options,
  };
  const server = createServer((request, response) => {
    handle(state, request, response).catch((error: unknown) => {
      state.violations.push(`the fake itself failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return Object.assign(state, { close });
};

const handle = async (
  state: FakeState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { method = 'GET' } = request;
  const url = new URL(request.url ?? '/', state.url);
  const chunks: Buffer[] = [];
  for await (const part of request) chunks.push(part as Buffer);
  const raw = Buffer.concat(chunks);
  if (answerArtifactService(state, request, url, raw, response)) return;
  const body: unknown = raw.length === 0 ? undefined : JSON.parse(raw.toString());
  const operation = findOperation(method, url.pathname);
  const id = url.pathname === '/graphql' ? 'graphql' : (operation?.id ?? null);
  const fault = takeFault(state, id);
  const answer = fault !== null && !fault.takesEffect ? null : answerTo(state, request, url, operation, body);
  const status = fault?.status ?? answer?.status ?? 500;
  state.requests.push({ method, path: url.pathname + url.search, operation: id, status, body });
  if (status === 'hangup') {
    response.destroy();
    return;
  }
  const content = fault === null ? answer?.body : { message: fault.message ?? 'Server Error' };
  const headers = answer?.total === undefined ? {} : linkHeader(state, url, answer.total);
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(content === undefined ? undefined : JSON.stringify(content));
};

const takeFault = (state: FakeState, operation: string | null): FakeFault | null => {
  const index = state.faults.findIndex((fault) => fault.operation === operation);
  return index < 0 ? null : (state.faults.splice(index, 1)[0] ?? null);
};

const answerTo = (
  state: FakeState,
  request: IncomingMessage,
  url: URL,
  operation: Operation | null,
  body: unknown,
): Answer => {
  if (!request.headers.authorization) return { status: 401, body: { message: 'Requires authentication' } };
  if (url.pathname === '/graphql') return answerViewer(state, body);
  const act = operation === null ? undefined : operations[operation.id];
  if (operation === null || act === undefined) {
    state.violations.push(`${request.method} ${url.pathname}: no such operation`);
    return { status: 404, body: { message: 'Not Found' } };
  }
  const query = Object.fromEntries(url.searchParams);
  const wrong = operation.requestErrors(query, body);
  if (wrong.length > 0) {
    state.violations.push(...wrong.map((error) => `${operation.id}: ${error}`));
    return { status: 422, body: { message: 'Validation Failed' } };
  }
  const { owner, repo } = operation.parameters;
  if (owner !== undefined && (owner !== state.owner || repo !== state.repo))
    return { status: 404, body: { message: 'Not Found' } };
  if (state.readOnly && request.method !== 'GET') return refused;
  const answer = act({
    state,
    parameters: operation.parameters,
    query,
    body: (body ?? {}) as Record<string, unknown>,
  });
  if (answer.status < 300)
    for (const error of operation.responseErrors(answer.status, answer.body))
      state.violations.push(`the fake's ${operation.id}: ${error}`);
  return answer;
};

/** The one query that is asked: whose token is this? */
const answerViewer = (state: FakeState, body: unknown): Answer => {
  const { query = '' } = (body ?? {}) as { query?: string };
  if (query.replace(/\s+/g, ' ') === 'query { viewer { login } }')
    return { status: 200, body: { data: { viewer: { login: state.login } } } };
  state.violations.push(`graphql: unknown query ${query}`);
  return { status: 200, body: { errors: [{ message: 'unknown query' }] } };
};

/** Pages follow each other by this header; it names this server, or octokit would leave the machine. */
const linkHeader = (state: FakeState, url: URL, total: number): Record<string, string> => {
  const size = Number(url.searchParams.get('per_page') ?? 30);
  const current = Number(url.searchParams.get('page') ?? 1);
  const last = Math.ceil(total / size);
  if (last <= current) return {};
  const to = (page: number, relation: string): string => {
    const next = new URL(url.pathname + url.search, state.url);
    next.searchParams.set('page', String(page));
    return `<${next.href}>; rel="${relation}"`;
  };
  return { link: [to(current + 1, 'next'), to(last, 'last')].join(', ') };
};
