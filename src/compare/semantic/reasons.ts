import { type Answer, coverage } from './analyse.ts';
import { codeReasons } from './code.ts';
import { type Comparison, type Draft, span } from './comparison.ts';
import { editedReasons } from './edited.ts';
import { entityReasons } from './entities.ts';
import { factReasons } from './facts.ts';
import { linkReasons } from './links.ts';
import { numberReasons } from './numbers.ts';
import { orderReasons } from './order.ts';
import { personalDataReasons } from './personal-data.ts';
import { refusalReasons } from './refusal.ts';
import { rewordedReasons } from './reworded.ts';
import { roleReasons } from './roles.ts';
import { swapReasons } from './swaps.ts';

const contentOf = (answer: Answer) => answer.segments.flatMap(({ content }) => content);

/** Nothing of the one answer is in the other. */
const driftReasons = ({ a, b, pairs }: Comparison): Draft[] => {
  const [left, right] = [contentOf(a), contentOf(b)];
  if (left.length < 2 || right.length < 2 || pairs.some(({ score }) => score >= 0.45)) return [];
  const shared = Math.max(coverage(left, b.keys), coverage(right, a.keys));
  if (shared > 0.25) return [];
  return [
    { kind: 'drift', severity: shared <= 0.12 ? 'breaking' : 'review', a: span(a.text), b: span(b.text) },
  ];
};

const languageReasons = ({ a, b }: Comparison): Draft[] => {
  if (a.language !== null && b.language !== null && a.language !== b.language)
    return [{ kind: 'language', severity: 'breaking', a: a.language, b: b.language }];
  const other = foreign(a) ?? foreign(b);
  return other === null ? [] : [{ kind: 'language', severity: 'reworded', a: other, b: other }];
};

const foreign = ({ language }: Answer): string | null =>
  language === null || language === 'en' ? null : language;

/** A whole answer declined or replaced: its single words and sentences are no news then. */
const keptBeside = new Set(['refusal', 'drift', 'number', 'url', 'pii', 'code', 'entity']);

const longNumber = /\d(?:[ -]?\d){11,}/;

/** What needs no dictionary. */
const anyLanguage = (comparison: Comparison): Draft[] => [
  ...linkReasons(comparison),
  ...numberReasons(comparison),
  ...codeReasons(comparison),
  ...personalDataReasons(comparison.a.text, comparison.b.text),
];

/** What a refusal leaves out counts, though the sentences that held it are gone as a whole. */
const keptWhole = (comparison: Comparison): Comparison => ({
  ...comparison,
  goneFromA: new Set(),
  newInB: new Set(),
});

const englishDrafts = (comparison: Comparison): Draft[] => {
  const refusals = refusalReasons(comparison);
  const whole = refusals.length > 0 ? refusals : driftReasons(comparison);
  const drafts = [
    ...whole,
    ...anyLanguage(refusals.length > 0 ? keptWhole(comparison) : comparison),
    ...editedReasons(comparison),
    ...rewordedReasons(comparison),
    ...roleReasons(comparison),
    ...orderReasons(comparison),
    ...entityReasons(comparison),
    ...swapReasons(comparison),
    ...factReasons(comparison),
  ];
  return whole.length === 0 ? drafts : drafts.filter(({ kind }) => keptBeside.has(kind));
};

/** Everything that differs in meaning between two analysed answers. */
export const draftsOf = (comparison: Comparison): Draft[] => {
  const language = languageReasons(comparison);
  const drafts =
    language.length === 0
      ? englishDrafts(comparison)
      : [
          ...language,
          ...anyLanguage(comparison),
          ...(language[0]?.severity === 'breaking' ? [] : foreignFacts(comparison)),
        ];
  // A card number is shown shortened, and not once more in full.
  const personal = drafts.some(({ kind }) => kind === 'pii');
  return personal
    ? drafts.filter(({ kind, a, b }) => kind === 'pii' || !longNumber.test(a ?? b ?? ''))
    : drafts;
};

/** Without a dictionary only whole sentences that stand alone are facts. */
const foreignFacts = (comparison: Comparison): Draft[] => {
  const matched = {
    a: new Set(comparison.pairs.map((pair) => pair.a.index)),
    b: new Set(comparison.pairs.map((pair) => pair.b.index)),
  };
  return factReasons({
    ...comparison,
    pairs: [],
    pairOfA: new Map(),
    pairOfB: new Map(),
    goneFromA: new Set([...comparison.goneFromA].filter((index) => !matched.a.has(index))),
    newInB: new Set([...comparison.newInB].filter((index) => !matched.b.has(index))),
  });
};
