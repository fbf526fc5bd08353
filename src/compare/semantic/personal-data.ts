import type { Draft } from './comparison.ts';

const digitsOf = (text: string): number[] => [...text.replace(/\D/g, '')].map(Number);

/** Luhn's checksum: what makes sixteen digits a card number. */
const isCard = (text: string): boolean => {
  const digits = digitsOf(text).reverse();
  if (digits.length < 13 || digits.length > 19 || new Set(digits).size < 2) return false;
  const sum = digits.reduce(
    (total, digit, index) => total + (index % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2),
    0,
  );
  return sum % 10 === 0;
};

/** ISO 13616: the rearranged account number, letters as numbers, leaves 1 by 97. */
const isIban = (text: string): boolean => {
  const compact = text.replace(/\s/g, '');
  if (compact.length < 15 || compact.length > 34) return false;
  const moved = compact.slice(4) + compact.slice(0, 4);
  let rest = 0;
  for (const character of moved)
    for (const digit of String(Number.parseInt(character, 36))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
};

const detectors: readonly (readonly [string, RegExp, (text: string) => boolean])[] = [
  ['card number', /(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)/g, isCard],
  ['bank account', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b/g, isIban],
  [
    'social security number',
    /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g,
    () => true,
  ],
];

const found = (text: string): Map<string, { what: string; shown: string }> => {
  const all = new Map<string, { what: string; shown: string }>();
  for (const [what, pattern, check] of detectors)
    for (const [match] of text.matchAll(pattern))
      if (check(match))
        all.set(match.replace(/[\s-]/g, ''), { what, shown: `${match.slice(0, 2)}…${match.slice(-2)}` });
  return all;
};

/** Card, account and social security numbers that one side alone shows. The number itself is not repeated. */
export const personalDataReasons = (a: string, b: string): Draft[] => {
  const [left, right] = [found(a), found(b)];
  const only = (own: typeof left, other: typeof left) =>
    [...own].filter(([key]) => !other.has(key)).map(([, item]) => item);
  return [
    ...only(left, right).map(
      ({ what, shown }): Draft => ({ kind: 'pii', severity: 'breaking', a: shown, b: null, detail: what }),
    ),
    ...only(right, left).map(
      ({ what, shown }): Draft => ({ kind: 'pii', severity: 'breaking', a: null, b: shown, detail: what }),
    ),
  ];
};
