import type { Answer } from './analyse.ts';
import type { Comparison, Draft } from './comparison.ts';

/** Case of the host, a trailing slash, the protocol and tracking parameters do not make another address. */
const canonical = (link: string): string =>
  link
    .replace(/^https?:\/\//i, '')
    .replace(/^www\./i, '')
    .replace(/[?&](?:utm_\w+|ref|source)=[^&#]*/g, '')
    .replace(/^[^/]+/, (host) => host.toLowerCase())
    .replace(/\/$/, '');

const isPhone = (link: string): boolean => /^[+\d(][\d() -]*$/.test(link);

type Found = { readonly link: string; readonly key: string; readonly segment: number };

const linksOf = (answer: Answer): Found[] =>
  answer.segments.flatMap(({ links, index }) =>
    links.map((link) => ({
      link,
      key: isPhone(link) ? link.replace(/\(0\)/g, '').replace(/\D/g, '') : canonical(link),
      segment: index,
    })),
  );

/** Addresses of pages and mailboxes, and telephone numbers, that differ. */
export const linkReasons = (comparison: Comparison): Draft[] => {
  const left = linksOf(comparison.a);
  const right = linksOf(comparison.b);
  const keysOf = (found: readonly Found[]): Set<string> => new Set(found.map(({ key }) => key));
  const unique = (found: readonly Found[]): Found[] => [
    ...new Map(found.map((one) => [one.key, one])).values(),
  ];
  const [keysA, keysB] = [keysOf(left), keysOf(right)];
  const lost = unique(left).filter(
    ({ key, segment }) => !keysB.has(key) && !comparison.goneFromA.has(segment),
  );
  const won = unique(right).filter(({ key, segment }) => !keysA.has(key) && !comparison.newInB.has(segment));
  const used = new Set<Found>();
  const changed = lost.flatMap((before): Draft[] => {
    const alike = won.filter(
      (one) =>
        !used.has(one) &&
        before.link.includes('@') === one.link.includes('@') &&
        isPhone(before.link) === isPhone(one.link),
    );
    const after =
      alike.find(({ segment }) => comparison.alignment.partnersOfA[before.segment]?.includes(segment)) ??
      alike[0];
    if (after === undefined) return [];
    used.add(before).add(after);
    return [{ kind: 'url', severity: 'breaking', a: before.link, b: after.link }];
  });
  return [
    ...changed,
    ...lost
      .filter((one) => !used.has(one))
      .map(({ link }): Draft => ({ kind: 'url', severity: 'review', a: link, b: null })),
    ...won
      .filter((one) => !used.has(one))
      .map(({ link }): Draft => ({ kind: 'url', severity: 'review', a: null, b: link })),
  ];
};
