import { CancelledError } from '../model/errors.ts';
import type { Completion, CompletionRequest, Provider, ProviderSpec } from '../model/provider.ts';
import { ProviderFault } from '../model/provider.ts';
import { abortedError, throwIfAborted } from './aborted.ts';
import { costUsd } from './price.ts';
import { createRedactor } from './redact.ts';
import type { Settings } from './settings.ts';
import { statusFault } from './status-fault.ts';
import { findFault, transportFault } from './transport-fault.ts';

/** What a vendor's answer says, before price and time are added. */
export type Answer = Pick<Completion, 'text' | 'toolCalls' | 'finish' | 'usage' | 'model'>;

/** One vendor API: how a question is sent and how its answer is read. */
export type Wire = {
  readonly api: 'chat' | 'responses' | 'messages';
  /** Sends through the vendor's SDK; returns the body as it came, or throws as the SDK does. */
  send(request: CompletionRequest): Promise<unknown>;
  /** Throws a ProviderFault for a body that is not a finished answer. */
  read(body: object): Answer;
};

/**
 * A provider behind HTTP: times the call, turns everything that is not an answer into a ProviderFault of the
 * right class, and lets no key out in a text.
 */
export const httpProvider = (spec: ProviderSpec, settings: Settings, wire: Wire): Provider => {
  const redact = createRedactor(settings.apiKey);
  return {
    id: spec.id,
    label: spec.label,
    languageModel: true,
    fingerprint: fingerprintOf(settings, wire.api),
    price: settings.price,
    complete: async (request) => {
      throwIfAborted(request.signal);
      // The run's signal lives as long as the run, and an SDK never takes its listener off: each call has its own.
      const stop = new AbortController();
      const stopWithRun = (): void => stop.abort(request.signal.reason);
      request.signal.addEventListener('abort', stopWithRun, { once: true });
      try {
        const startedAt = performance.now();
        const body = await wire.send({ ...request, signal: stop.signal });
        const latencyMs = performance.now() - startedAt;
        const answer = wire.read(answerBody(body));
        return {
          text: redact(answer.text),
          toolCalls: answer.toolCalls.map((call) => ({ ...call, arguments: redact(call.arguments) })),
          finish: answer.finish,
          usage: answer.usage,
          latencyMs,
          costUsd: costUsd(answer.usage, settings.price),
          model: answer.model,
          cached: false,
        };
      } catch (error) {
        throw withoutKey(faultOf(error, request.signal), redact);
      } finally {
        request.signal.removeEventListener('abort', stopWithRun);
      }
    },
  };
};

/** Headers that may hold a secret say nothing about the answer either. */
const secretHeader = /auth|key|token|secret|cookie|password|signature/i;

const fingerprintOf = (settings: Settings, api: Wire['api']): Readonly<Record<string, unknown>> => ({
  vendor: settings.vendor,
  api,
  endpoint: settings.baseUrl,
  model: settings.model,
  parameters: settings.parameters,
  headers: Object.fromEntries(Object.entries(settings.headers).filter(([name]) => !secretHeader.test(name))),
});

/** SDKs hand back text where the content type is not JSON; gateways send errors with status 200. */
const answerBody = (body: unknown): object => {
  const value = (typeof body === 'string' ? JSON.parse(body) : body) as { error?: unknown };
  const { error } = value;
  if (typeof error !== 'object' || error === null) return value;
  // Their code is often the status that it should have been.
  const { code } = error as { code?: unknown };
  const status = typeof code === 'number' && code >= 400 && code < 600 ? code : 200;
  throw statusFault({ status, body: value, headers: null }, Date.now());
};

/** What both SDKs' errors have in common. `error` is the parsed body, or the part of it named so. */
type SdkError = { name: string; message: string; status: number; error: unknown; headers: Headers };

/** The fault that an SDK's exception means; cancellation stays cancellation. */
const faultOf = (error: unknown, signal: AbortSignal): Error => {
  if (signal.aborted) return abortedError(signal);
  const known = findFault(error);
  if (known !== null) return known;
  const { name, status, error: body, headers, message = '' } = error as Partial<SdkError>;
  if (typeof status === 'number') {
    // Without a body, the SDK's message is the status and a remark of its own.
    const words = body ?? message.replace(/^\d{3}( status code \(no body\))? ?/, '');
    return statusFault({ status, body: words, headers: headers ?? null }, Date.now());
  }
  if (name === 'SyntaxError')
    return new ProviderFault('retryable', 'the answer is not valid JSON; it may have been cut off', {
      status: 200,
    });
  if (name === 'TypeError')
    return new ProviderFault('fatalForCell', `the answer has an unexpected shape (${message})`, {
      status: 200,
    });
  return transportFault(error);
};

const withoutKey = (error: Error, redact: (text: string) => string): Error => {
  if (!(error instanceof ProviderFault) || error instanceof CancelledError) return error;
  const message = redact(error.message);
  if (message === error.message) return error;
  return new ProviderFault(error.kind, message, { status: error.status, retryAfterMs: error.retryAfterMs });
};
