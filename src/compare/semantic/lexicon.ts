import antonymData from './antonyms.json' with { type: 'json' };
import clauseData from './clauses.json' with { type: 'json' };
import contrastData from './contrasts.json' with { type: 'json' };
import courtesyData from './courtesy.json' with { type: 'json' };
import modalityData from './modality.json' with { type: 'json' };
import negationData from './negations.json' with { type: 'json' };
import { stemOf } from './stem.ts';
import synonymData from './synonyms.json' with { type: 'json' };
import words from './words.json' with { type: 'json' };

/** Built on first use, kept for the life of the process: the word lists never change. */
const once = <Value>(make: () => Value): (() => Value) => {
  let value: Value | undefined;
  return () => {
    value ??= make();
    return value;
  };
};

const split = (list: string): string[] => list.split(' ').filter(Boolean);
const stems = (list: readonly string[]): ReadonlySet<string> =>
  new Set(list.map((word) => stemOf(word).stem));

const groupsByStem = (groups: readonly string[]): ReadonlyMap<string, readonly number[]> => {
  const map = new Map<string, number[]>();
  groups.forEach((group, index) => {
    for (const word of split(group)) {
      const { stem } = stemOf(word);
      const found = map.get(stem) ?? [];
      if (!found.includes(index)) map.set(stem, [...found, index]);
    }
  });
  return map;
};

type Pole = { readonly scale: number; readonly side: 0 | 1; readonly strong: boolean };

const polesByStem = (): ReadonlyMap<string, readonly Pole[]> => {
  const map = new Map<string, Pole[]>();
  const scales = [
    ...antonymData.strong.map((poles) => ({ poles, strong: true })),
    ...antonymData.close.map((poles) => ({ poles, strong: false })),
  ];
  scales.forEach(({ poles, strong }, scale) => {
    for (const side of [0, 1] as const)
      for (const word of split(poles[side] ?? '')) {
        const { stem } = stemOf(word);
        map.set(stem, [...(map.get(stem) ?? []), { scale, side, strong }]);
      }
  });
  return map;
};

export const stopWords = once(() => new Set(split(words.stop)));
export const lightWords = once(() => stems(split(words.light)));
export const determiners = once(() => new Set(split(words.determiners)));
export const decorativeWords = once(() => stems(split(words.decorative)));
export const commonOpeners = once(() => new Set(split(words.common)));
export const courtesyWords = once(() => stems(split(courtesyData.words)));
export const synonymGroups = once(() => groupsByStem(synonymData.groups));
export const contrastGroups = once(() => groupsByStem(contrastData.groups));
export const poles = once(polesByStem);
export const negationCues = once(() => new Set(negationData.cues));
export const negativeVerbs = once(
  () => new Map(Object.entries(negationData.verbs).map(([word, base]) => [stemOf(word).stem, base])),
);
export const negativeForms = once(
  () => new Map(Object.entries(negationData.prefixed).map(([word, base]) => [stemOf(word).stem, base])),
);
export const softNegations = once(() => stems(negationData.soft));
export const conditionMarkers = once(() => new Set(clauseData.conditions));
export const clauseOpeners = once(() => new Set(clauseData.openers));
export const transactionVerbs = once(() => stems(clauseData.transactions));

const modalityClasses = [
  'necessity',
  'advice',
  'possibility',
  'ability',
  'certainty',
  'option',
  'hedges',
  'all',
  'most',
  'some',
  'only',
  'lowerBound',
  'upperBound',
  'over',
  'under',
] as const;
export type ModalityClass = (typeof modalityClasses)[number];

export const modality = once(
  () =>
    Object.fromEntries(modalityClasses.map((name) => [name, stems(modalityData[name])])) as Record<
      ModalityClass,
      ReadonlySet<string>
    >,
);

/** null: not opposite; otherwise whether the opposition holds in reworded text too. */
export const opposition = (a: string, b: string): 'strong' | 'close' | null => {
  const left = poles().get(a);
  const right = poles().get(b);
  if (left === undefined || right === undefined) return null;
  let found: 'strong' | 'close' | null = null;
  for (const one of left)
    for (const other of right)
      if (one.scale === other.scale && one.side !== other.side) {
        if (one.strong) return 'strong';
        found = 'close';
      }
  return found;
};

/** Whether two words name two things of one kind that exclude each other. */
export const contrasting = (a: string, b: string): boolean => {
  const left = contrastGroups().get(a);
  const right = contrastGroups().get(b);
  return a !== b && left !== undefined && right?.some((group) => left.includes(group)) === true;
};
