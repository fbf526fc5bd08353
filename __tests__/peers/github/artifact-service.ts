import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FakeState } from './state.ts';

/**
 * The runner's artifact service and the blob storage behind it, as far as @actions/artifact uses them: create,
 * upload in blocks, finalize, delete. GitHub publishes no description of it.
 */
export const answerArtifactService = (
  state: FakeState,
  request: IncomingMessage,
  url: URL,
  body: Buffer,
  response: ServerResponse,
): boolean => {
  const method = /^\/twirp\/github\.actions\.results\.api\.v1\.ArtifactService\/(\w+)$/.exec(
    url.pathname,
  )?.[1];
  if (method !== undefined) {
    const { status, answer } = answerCall(state, method, JSON.parse(body.toString()) as Call);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
    return true;
  }
  const blob = /^\/blobs\/(.+)$/.exec(url.pathname)?.[1];
  if (blob === undefined) return false;
  const artifact = state.artifacts.get(decodeURIComponent(blob));
  if (artifact !== undefined && request.method === 'PUT' && url.searchParams.get('comp') !== 'blocklist')
    artifact.content = Buffer.concat([artifact.content, body]);
  response.writeHead(artifact === undefined ? 404 : 201, {
    etag: '"1"',
    'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT',
    'x-ms-request-id': '1',
    'x-ms-version': '2025-11-05',
  });
  response.end();
  return true;
};

type Call = {
  name?: string;
  name_filter?: string;
  nameFilter?: string;
  mime_type?: string;
  mimeType?: string;
};

const answerCall = (state: FakeState, method: string, call: Call): { status: number; answer: unknown } => {
  const name = call.name ?? call.name_filter ?? call.nameFilter ?? '';
  const artifact = state.artifacts.get(name);
  if (method === 'CreateArtifact') {
    if (artifact !== undefined)
      return { status: 409, answer: { msg: `an artifact with this name already exists: ${name}` } };
    const mimeType = call.mime_type ?? call.mimeType ?? '';
    state.artifacts.set(name, { mimeType, content: Buffer.alloc(0), finalized: false });
    return {
      status: 200,
      answer: { ok: true, signed_upload_url: `${state.url}/blobs/${encodeURIComponent(name)}?sig=x` },
    };
  }
  if (artifact === undefined) return { status: 404, answer: { msg: 'artifact not found' } };
  if (method === 'FinalizeArtifact') {
    artifact.finalized = true;
    return {
      status: 200,
      answer: { ok: true, artifact_id: String(700 + [...state.artifacts.keys()].indexOf(name)) },
    };
  }
  if (method === 'ListArtifacts') {
    const listed = {
      workflow_run_backend_id: 'run',
      workflow_job_run_backend_id: 'job',
      database_id: '700',
      name,
      size: '1',
    };
    return { status: 200, answer: { artifacts: [listed] } };
  }
  state.artifacts.delete(name);
  return { status: 200, answer: { ok: true, artifact_id: '700' } };
};
