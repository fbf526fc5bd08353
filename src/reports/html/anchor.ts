/**
 * Ids that can stand in an address as they are, written as `cellUrl` writes them, so that a browser finds the
 * element without decoding anything.
 */
const encode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/**
 * The element id of a cell, and the hash that opens it. It stands inside the <details>, since a browser opens
 * the <details> around its target by itself.
 */
export const cellAnchor = (id: string): string => `case=${encode(id)}`;

export const suiteAnchor = (path: string): string => `suite=${encode(path)}`;
