/**
 * What a server asks us to wait, in milliseconds: `retry-after-ms`, else `retry-after` in seconds or as an
 * HTTP date (RFC 9110 §10.2.3). null for nothing, garbage and negative numbers, which are no instruction.
 */
export const retryAfterMs = (headers: Headers | null, now: number): number | null => {
  const milliseconds = readNumber(headers?.get('retry-after-ms') ?? null);
  if (milliseconds !== null) return milliseconds;
  const text = headers?.get('retry-after') ?? null;
  const seconds = readNumber(text);
  if (seconds !== null) return seconds * 1000;
  // A date begins with the name of a day; Date.parse alone would also take "-5".
  if (text === null || !/^[A-Z][a-z]{2,8},? /.test(text)) return null;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
};

const readNumber = (text: string | null): number | null => {
  if (text === null || !/^\s*\d+(\.\d+)?\s*$/.test(text)) return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
};
