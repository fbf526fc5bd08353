import { hash } from 'node:crypto';
import type { Store } from '../model/ports.ts';
import type { Completion, CompletionRequest, Provider } from '../model/provider.ts';
import { canonicalJson } from '../plan/canonical.ts';
import type { Layer } from './stack.ts';

export type CacheOptions = {
  /** Told for every answer that cost no call: from the store, or shared with an equal call that was under way. */
  readonly onHit?: (request: CompletionRequest) => void;
};

/** The part of the key that prompts of one run share, by identity: thousands of requests have few of these objects. */
const memoized = (): ((value: unknown) => string) => {
  const texts = new WeakMap<object, string>();
  return (value) => {
    if (typeof value !== 'object' || value === null) return canonicalJson(value);
    const known = texts.get(value);
    if (known !== undefined) return known;
    const text = canonicalJson(value);
    texts.set(value, text);
    return text;
  };
};

/** SHA-256 (hex) of everything that makes an answer: the provider's fingerprint and the whole request with its trial. */
export const createCacheKey = (
  fingerprint: Provider['fingerprint'],
): ((request: CompletionRequest) => string) => {
  const who = canonicalJson(fingerprint);
  const text = memoized();
  return ({ messages, parameters, tools, responseFormat, trial }) => {
    const asked = JSON.stringify(messages.map(({ role, content }) => [role, content]));
    return hash(
      'sha256',
      `[${who},${asked},${text(parameters)},${text(tools)},${text(responseFormat ?? null)},${trial}]`,
    );
  };
};

/**
 * Answers from the store; asks and stores what is not there. Equal requests at the same time share one call,
 * so that an unchanged prompt is asked once for both sides. Only answers are stored, never faults.
 */
export const withCache =
  (store: Store, { onHit }: CacheOptions = {}): Layer =>
  (next) => {
    const keyOf = createCacheKey(next.fingerprint);
    const underWay = new Map<
      string,
      { readonly answer: Promise<Completion>; readonly signal: AbortSignal }
    >();
    const ask = async (key: string, request: CompletionRequest): Promise<Completion> => {
      try {
        const completion = await next.complete(request);
        store.put(key, completion);
        return completion;
      } finally {
        underWay.delete(key);
      }
    };
    const complete = async (request: CompletionRequest): Promise<Completion> => {
      const key = keyOf(request);
      const shared = underWay.get(key);
      if (shared !== undefined) {
        try {
          return hit(await shared.answer, request);
        } catch (error) {
          // The other cell gave up; that is no answer to this one.
          if (shared.signal.aborted && !request.signal.aborted) return complete(request);
          throw error;
        }
      }
      const known = store.get(key);
      if (known !== null) return hit(known, request);
      const answer = ask(key, request);
      underWay.set(key, { answer, signal: request.signal });
      return answer;
    };
    const hit = (completion: Completion, request: CompletionRequest): Completion => {
      onHit?.(request);
      return { ...completion, cached: true };
    };
    return { ...next, complete };
  };
