import { ProviderFault } from '../model/provider.ts';
import { isAllowedUrl } from './base-url.ts';
import { plain } from './status-fault.ts';
import { transportFault } from './transport-fault.ts';

export type GuardedFetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

export type FetchLimits = {
  /** For the whole exchange, the body included: an SDK's own timeout ends with the headers. */
  readonly deadlineMs: number;
  readonly allowLoopbackHttp: boolean;
  /** After decompression. */
  readonly maxBytes?: number;
};

const defaultMaxBytes = 10_000_000;

/**
 * A fetch for SDKs that returns only when the whole body is here, within its limits:
 * https alone (http on loopback where allowed), no redirect (it would carry prompt and key to another
 * server), a byte cap after decompression, a deadline, and a JSON object where the status says success. Throws a ProviderFault for each; an abort by the
 * caller's signal is thrown as the signal's own reason.
 */
export const guardFetch = (fetch: typeof globalThis.fetch, limits: FetchLimits): GuardedFetch => {
  const { deadlineMs, allowLoopbackHttp, maxBytes = defaultMaxBytes } = limits;
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!isAllowedUrl(url, allowLoopbackHttp))
      throw new ProviderFault('fatalForProvider', `${url.origin} may not be called: it is not https`);
    const stop = new AbortController();
    const caller = init.signal;
    const stopWithCaller = (): void => stop.abort(caller?.reason);
    if (caller?.aborted) stopWithCaller();
    caller?.addEventListener('abort', stopWithCaller, { once: true });
    const timer = setTimeout(() => stop.abort(deadlineFault(deadlineMs)), deadlineMs);
    try {
      const response = await fetch(input, { ...init, redirect: 'error', signal: stop.signal });
      const text = await readBody(response, maxBytes);
      if (response.ok) requireObject(text);
      return withBody(response, text);
    } catch (error) {
      stop.abort();
      throw caller?.aborted ? error : transportFault(error);
    } finally {
      clearTimeout(timer);
      caller?.removeEventListener('abort', stopWithCaller);
    }
  };
};

const deadlineFault = (deadlineMs: number): ProviderFault =>
  new ProviderFault(
    'retryable',
    `no complete answer within ${deadlineMs / 1000} s (config.deadlineMs sets another limit)`,
  );

/** An SDK takes an HTML page or nothing at all with status 200 for an answer. Gateways send both while they restart. */
const requireObject = (text: string): void => {
  if (/^\s*\{/.test(text)) return;
  const found = text.trim() === '' ? 'empty' : `not JSON but ${plain(text).slice(0, 200)}`;
  throw new ProviderFault('retryable', `the answer is ${found}`, { status: 200 });
};

/** The response with its body already read, so that nothing can stall after this point. */
const withBody = (response: Response, text: string): Response =>
  Object.defineProperties(response, {
    text: { value: async () => text },
    json: { value: async () => JSON.parse(text) as unknown },
  });

const readBody = async (response: Response, maxBytes: number): Promise<string> => {
  const declared = response.headers.get('content-length');
  if (declared !== null && Number(declared) > maxBytes) throw tooLarge(maxBytes);
  // The HTTP parser holds an uncompressed body to its declared length, so it needs no counting.
  if (declared !== null && !response.headers.has('content-encoding')) return response.text();
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
};

const tooLarge = (maxBytes: number): ProviderFault =>
  new ProviderFault('fatalForCell', `the answer is larger than ${maxBytes / 1_000_000} MB`);
