import { describe, expect, test } from '@jest/globals';
import { lex } from '../../../src/compare/semantic/lex.ts';
import { foldPhrases } from '../../../src/compare/semantic/phrases.ts';
import { type Quantity, readQuantities } from '../../../src/compare/semantic/quantities.ts';
import { sameQuantity } from '../../../src/compare/semantic/same-quantity.ts';

const read = (text: string): Quantity[] => readQuantities(foldPhrases(lex(text)), text);
const only = (text: string): Quantity => {
  const [quantity] = read(text);
  if (quantity === undefined) throw new Error(`no quantity in ${text}`);
  return quantity;
};

describe('quantities that say the same', () => {
  test.each([
    ['5 PM', '17:00'],
    ['9 a.m.', '9:00'],
    ['quarter to midnight', '23:45'],
    ['one minute to midnight', '23:59'],
    ['half past seven', '7:30 pm'],
    ['noon', '12 pm'],
    ['March 5', '2024-03-05'],
    ['the 5th of March', 'Mar. 5'],
    ['1 Oct', 'October 1st'],
    ['two days', '48 hours'],
    ['four weeks', '28 days'],
    ['two hours 30 minutes', '150 minutes'],
    ['half an hour', '30 min'],
    ['one year', '12 months'],
    ['$1,200.50', '1200.50 dollars'],
    ['€1.500', '1,500 EUR'],
    ['$5M', '5 million dollars'],
    ['99 cents', '$0.99'],
    ['£96', '96 pounds'],
    ['19.90 %', '19.9 percent'],
    ['5 per cent', 'five percent'],
    ['half of it', '50%'],
    ['10,000 g', '10 kg'],
    ['10 µg', '10 micrograms'],
    ['1.2 km', '1,200 m'],
    ['0.75 litres', '750 ml'],
    ['two hundred and fifty', '250'],
    ['twenty-five', '25'],
    ['a dozen', '12'],
    ['twice', 'two times'],
    ['3 business days', 'three working days'],
    ['2 GB', '2000 MB'],
    ['180 °C', '180 degrees Celsius'],
  ])('%s = %s', (a, b) => {
    expect(sameQuantity(only(a), only(b))).toBe(true);
    expect(sameQuantity(only(b), only(a))).toBe(true);
  });
});

describe('quantities that differ', () => {
  test.each([
    ['5 PM', '5 AM'],
    ['March 5', 'May 3'],
    ['March 5, 2024', 'March 5, 2025'],
    ['3 days', '3 working days'],
    ['3 days', '3 weeks'],
    ['$25', '€25'],
    ['5 ml', '5 g'],
    ['$5 million', '$5 billion'],
    ['a third of it', 'half of it'],
    ['37 °C', '37 °F'],
    ['Tuesday', 'Wednesday'],
    ['the 1st', 'the 15th'],
  ])('%s ≠ %s', (a, b) => {
    expect(sameQuantity(only(a), only(b))).toBe(false);
  });
});

describe('what is read', () => {
  test.each<[string, readonly string[]]>([
    ['It takes 3 to 5 business days.', ['3', '5 business days']],
    ['You may come in May.', ['May']],
    ['You may march on.', []],
    ['Version 1.2.3 is out.', []],
    ['Call 555-123-4567.', []],
    ['See https://a.example/30 for it.', []],
    ['The 24-hour service, ten-digit codes.', ['24-hour', 'ten']],
    ['Mon to Fri, 9-17:30', ['Mon', 'Fri', '9', '17:30']],
  ])('%s', (text, expected) => {
    expect(read(text).map((quantity) => quantity.text)).toEqual(expected);
  });

  test('a range shares its unit', () => {
    expect(read('between two and three weeks').map(({ value }) => value)).toEqual([1_209_600, 1_814_400]);
  });

  test.each([
    ['at least 2 photos', 'min'],
    ['up to 2 photos', 'max'],
    ['2 photos or more', null],
    ['more than 2 photos', 'over'],
    ['not weigh more than 2 kg', 'max'],
    ['fewer than 2 photos', 'under'],
  ])('%s is bounded: %s', (text, bound) => {
    expect(only(text).bound).toBe(bound);
  });
});
