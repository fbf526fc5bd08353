/** Loopback is 127.0.0.0/8, ::1 and localhost; anything else could be another machine. */
const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

export const isLoopbackUrl = (address: string): boolean =>
  URL.canParse(address) && isLoopbackHost(new URL(address).hostname);

/** Whether a request may go there: https anywhere, http only where allowed and only on this machine. */
export const isAllowedUrl = (url: URL, allowLoopbackHttp: boolean): boolean =>
  url.protocol === 'https:' ||
  (url.protocol === 'http:' && allowLoopbackHttp && isLoopbackHost(url.hostname));

/** Why a base URL is refused; null: it is fine. Text before an `@` is refused, since it hides the real host. */
export const baseUrlProblem = (
  address: string,
  allowLoopbackHttp: boolean,
): { message: string; expected: string } | null => {
  const expected = allowLoopbackHttp
    ? 'an https:// address, or http:// on a loopback address'
    : 'an https:// address';
  if (!URL.canParse(address)) return { message: `"${address}" is not an address`, expected };
  const url = new URL(address);
  if (url.username !== '' || url.password !== '')
    return { message: `an address with a user name or password ("${url.host}") is refused`, expected };
  if (url.search !== '' || url.hash !== '')
    return { message: `"${url.origin}${url.pathname}" is followed by a query or fragment`, expected };
  return isAllowedUrl(url, allowLoopbackHttp)
    ? null
    : { message: `"${address}" would send prompts and key unprotected`, expected };
};
