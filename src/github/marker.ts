import { type Marker, parseMarker, renderMarker } from '../reports/marker.ts';

export { type Marker, parseMarker };

/** The body with `marker` on its first line, in place of whatever marker stood there. */
export const withMarker = (body: string, { id, sha, run }: Marker): string =>
  `${renderMarker(id, sha, run)}\n${withoutMarker(body)}`;

/** The body without its marker line: for places that are not found by it, such as the check run. */
export const withoutMarker = (body: string): string =>
  parseMarker(body) === null ? body : body.replace(/^.*?(?:\n|$)/, '');

/** Whether two commit ids mean the same commit, where either may be abbreviated. */
export const sameCommit = (a: string, b: string): boolean =>
  a.length >= 7 && b.length >= 7 && (a.startsWith(b) || b.startsWith(a));
