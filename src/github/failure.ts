import { statusOf } from './client.ts';
import { type FeaturePermission, permissions } from './permissions.ts';

/**
 * One line on what could not be published and what would help. The verdict never depends on it, and the line
 * says so. `fromFork`: the token of a fork's pull request may only read, and no setting here changes that.
 */
export const describeFailure = (
  feature: keyof typeof permissions,
  error: unknown,
  fromFork: boolean,
): string => {
  const { permission, without }: FeaturePermission = permissions[feature];
  const what = nouns[feature];
  const status = statusOf(error);
  if (isRateLimit(error)) return `${what} was not written: GitHub's rate limit is reached. ${unaffected}`;
  if (status === 401) return `${what} was not written: GitHub does not accept the token (401). ${unaffected}`;
  if (status === 403 || status === 404) {
    const remedy = fromFork
      ? 'A pull request from a fork has a token that may only read.'
      : `Give the job \`permissions: ${permission ?? 'contents: read'}\`.`;
    return `${what} was not written: the token may not do it (${status}); ${without}. ${remedy} ${unaffected}`;
  }
  const reason = status === null ? oneLine(error) : `GitHub answered ${status}: ${oneLine(error)}`;
  return `${what} was not written: ${reason}. ${unaffected}`;
};

const nouns = {
  gate: 'The result',
  comment: 'The comment',
  check: 'The check run',
} as const satisfies Record<keyof typeof permissions, string>;

const unaffected = 'The verdict is unaffected.';

const isRateLimit = (error: unknown): boolean =>
  [403, 429].includes(statusOf(error) ?? 0) && /rate limit/i.test(String((error as Error).message));

/** An error's message as one short line of plain text: it may hold whatever a server wrote. */
export const oneLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .replace(/[^\x20-\x7e\u00a0-\u{10ffff}]+/gu, ' ')
    .replace(/[`<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, ' ')
    .trim()
    .replace(/[.\s]+$/, '')
    .slice(0, 300);
