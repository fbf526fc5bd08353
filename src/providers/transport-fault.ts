import { ProviderFault } from '../model/provider.ts';

type Link = { readonly message: string; readonly code?: unknown; readonly cause?: unknown };

/** Not `instanceof Error`: errors of Node's own fetch can belong to another realm than ours. */
const isLink = (value: unknown): value is Link =>
  typeof value === 'object' && value !== null && typeof (value as Link).message === 'string';

/** An error and its causes, outermost first: SDKs and fetch wrap what happened. */
export const causesOf = (error: unknown): Link[] => {
  const links: Link[] = [];
  for (let at = error; isLink(at) && links.length < 8; at = at.cause) links.push(at);
  return links;
};

export const findFault = (error: unknown): ProviderFault | null =>
  causesOf(error).find((link): link is ProviderFault => link instanceof ProviderFault) ?? null;

const codeOf = (error: unknown): string | null => {
  const code = causesOf(error).find((link) => typeof link.code === 'string')?.code;
  return typeof code === 'string' ? code : null;
};

/** Node's codes for a certificate that is not to be trusted. */
const certificateCode = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/**
 * What a failed exchange means. No connection, a reset, or a body that ends early may go better next time;
 * a redirect and a bad certificate will not, for no request to this endpoint.
 */
export const transportFault = (error: unknown): ProviderFault => {
  const known = findFault(error);
  if (known !== null) return known;
  const messages = causesOf(error).map(({ message }) => message);
  if (messages.includes('unexpected redirect')) {
    const message =
      'the endpoint redirects elsewhere; redirects are never followed. Set config.baseUrl to the final address';
    return new ProviderFault('fatalForProvider', message, { cause: error });
  }
  const code = codeOf(error);
  if (code !== null && certificateCode.test(code))
    return new ProviderFault('fatalForProvider', `the endpoint's certificate is not valid (${code})`, {
      cause: error,
    });
  if (messages.includes('terminated'))
    return new ProviderFault('retryable', 'the connection was closed before the answer was complete', {
      cause: error,
    });
  return new ProviderFault('retryable', `no connection: ${code ?? messages.at(-1) ?? 'unknown reason'}`, {
    cause: error,
  });
};
