/** Shorter values are no keys; hiding each "test" in a text would hide the text. */
const shortestSecret = 8;

/**
 * Hides a secret in whatever a server sends back: as it is, URL-encoded, in hexadecimal, in Base64 (all three
 * alignments). `null` hides nothing.
 */
export const createRedactor = (secret: string | null): ((text: string) => string) => {
  if (secret === null || secret.length < shortestSecret) return (text) => text;
  const forms = [
    ...new Set([
      secret,
      encodeURIComponent(secret),
      Buffer.from(secret).toString('hex'),
      ...[0, 1, 2].map((offset) => base64Core(secret, offset)),
    ]),
  ].filter((form) => form.length >= shortestSecret);
  return (text) =>
    forms.reduce(
      (clean, form) => (clean.includes(form) ? clean.replaceAll(form, '[key hidden]') : clean),
      text,
    );
};

/** The characters of a Base64 text that depend on the secret alone when it begins `offset` bytes into a group of three. */
const base64Core = (secret: string, offset: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)]);
  const encoded = bytes.toString('base64').replace(/=+$/, '');
  const leading = offset === 0 ? 0 : offset + 1;
  const trailing = bytes.length % 3 === 0 ? 0 : 1;
  return encoded.slice(leading, encoded.length - trailing);
};
