import type { SemanticReason } from '../../model/run.ts';
import type { Draft } from './comparison.ts';

type Spans = {
  readonly before: string | null;
  readonly now: string | null;
  readonly detail: string | undefined;
};

const change = (what: string, { before, now }: Spans): string =>
  before === null
    ? `${what} ${now} is new`
    : now === null
      ? `${what} ${before} is gone`
      : `${what} ${before} → ${now}`;

const appears = (what: string, { before }: Spans): string =>
  `${what} ${before === null ? 'appears' : 'disappears'}`;

const quoted = (what: string, { before, now }: Spans): string =>
  before !== null && now !== null
    ? `${what} changed: "${before}" → "${now}"`
    : before === null
      ? `${what} added: "${now}"`
      : `${what} removed: "${before}"`;

const negation = ({ detail, before, now }: Spans): string => {
  if (detail === 'answer') return `the answer is turned round: ${before} → ${now}`;
  const [side = 'b', cue = 'not'] = (detail ?? '').split(':');
  return side === 'b' ? `"${cue}" added: "${now}"` : `"${cue}" removed: "${before}"`;
};

const json = ({ before, now, detail = 'value' }: Spans): string =>
  before === null
    ? `JSON ${detail} added: ${now}`
    : now === null
      ? `JSON ${detail} removed: ${before}`
      : `JSON ${detail}: ${before} → ${now}`;

const address = (spans: Spans): string => {
  const sample = spans.before ?? spans.now ?? '';
  const what = sample.includes('@') ? 'e-mail' : /^[+\d(]/.test(sample) ? 'phone number' : 'URL';
  if (spans.before === null) return `${what} added: ${spans.now}`;
  return spans.now === null
    ? `${what} removed: ${spans.before}`
    : `${what} changed: ${spans.before} → ${spans.now}`;
};

/** Sentences of reviewers' length, by kind. `fact` is `added` or `removed`, seen from the baseline. */
const messages: Readonly<Record<string, (spans: Spans) => string>> = {
  refusal: (spans) => appears('refusal', spans),
  number: (spans) => `${change('number', spans)}${spans.detail === undefined ? '' : ` ${spans.detail}`}`,
  negation,
  antonym: ({ before, now }) => `turned round: ${before} → ${now}`,
  url: address,
  entity: (spans) =>
    spans.detail === 'swap' ? `mixed up: ${spans.before} → ${spans.now}` : change('name', spans),
  modality: (spans) => quoted('how sure or binding', spans),
  quantifier: (spans) => quoted('how many', spans),
  condition: (spans) => quoted('condition', spans),
  added: ({ now }) => `fact added: "${now}"`,
  removed: ({ before }) => `fact removed: "${before}"`,
  substitution: ({ before, now }) => `wording with another sense? ${before} → ${now}`,
  drift: () => 'the answer is about something else',
  order: ({ before, now, detail }) =>
    `order changed${detail === undefined ? '' : ` (${detail})`}: "${before}" → "${now}"`,
  role: ({ before, now, detail }) =>
    `who does it changed${detail === undefined ? '' : ` ("${detail}")`}: "${before}" → "${now}"`,
  code: (spans) =>
    spans.before !== null && spans.now !== null
      ? `code changed: ${spans.before} → ${spans.now}`
      : quoted('code', spans),
  json,
  pii: (spans) =>
    `${spans.detail ?? 'personal data'} ${spans.before === null ? 'appears' : 'disappears'}: ${spans.now ?? spans.before}`,
  language: ({ before, now }) =>
    now === before
      ? `not English (${now}): only numbers, links, names and structure were compared`
      : `language ${before} → ${now}`,
  tone: (spans) => appears('apology', spans),
};

/** A found difference as reviewers read it. */
export const reasonOf = ({ kind, severity, a, b, detail }: Draft): SemanticReason => {
  const named = kind === 'fact' ? (a === null ? 'added' : 'removed') : kind;
  const message =
    messages[named]?.({ before: a, now: b, detail }) ?? quoted(named, { before: a, now: b, detail });
  // What disappears can do less harm than what appears.
  const milder = (named === 'pii' && b === null) || (named === 'json' && a === null);
  return {
    kind: named,
    severity: milder && severity === 'breaking' ? 'review' : severity,
    baseline: a,
    candidate: b,
    message,
  };
};

const mirroredSide = (detail: string): string =>
  detail.startsWith('a:')
    ? `b:${detail.slice(2)}`
    : detail.startsWith('b:')
      ? `a:${detail.slice(2)}`
      : detail;

/** The same difference seen with the sides exchanged. */
export const mirrored = ({ a, b, detail, ...rest }: Draft): Draft => ({
  ...rest,
  a: b,
  b: a,
  ...(detail === undefined ? {} : { detail: mirroredSide(detail) }),
});
