import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compareAnswers } from '../../../src/compare/semantic/compare-answers.ts';
import type { SemanticSeverity } from '../../../src/model/run.ts';

type Row = readonly [
  name: string,
  a: string,
  b: string,
  severity: SemanticSeverity,
  kinds: readonly string[],
];

const kindsOf = (a: string, b: string): string[] => [
  ...new Set(compareAnswers(a, b).reasons.map(({ kind }) => kind)),
];

const expectRow = (a: string, b: string, severity: SemanticSeverity, kinds: readonly string[]): void => {
  const result = compareAnswers(a, b);
  expect({ severity: result.severity, kinds: kindsOf(a, b).toSorted() }).toEqual({
    severity,
    kinds: [...kinds].toSorted(),
  });
};

describe('changes of meaning', () => {
  const rows: readonly Row[] = [
    [
      'refusal appears',
      'Open Settings and reset the password there.',
      "I'm sorry, but I can't help with that.",
      'breaking',
      ['refusal'],
    ],
    [
      'refusal in the first person of a company',
      'The bridge loan costs 4%.',
      'We are unable to assist with this request.',
      'breaking',
      ['refusal', 'number'],
    ],
    [
      'number',
      'Cancel up to 30 days before arrival.',
      'Cancel up to 14 days before arrival.',
      'breaking',
      ['number'],
    ],
    ['amount', 'A replacement key costs $45.', 'A replacement key costs $450.', 'breaking', ['number']],
    ['currency', 'The locker costs €20.', 'The locker costs $20.', 'breaking', ['number']],
    ['unit', 'Take 10 ml of the syrup.', 'Take 10 mg of the syrup.', 'breaking', ['number']],
    ['date', 'The offer ends on 3 June.', 'The offer ends on 6 March.', 'breaking', ['number']],
    ['time', 'The desk closes at 5 PM.', 'The desk closes at 18:00.', 'breaking', ['number']],
    [
      'weekday',
      'The bins are emptied on Tuesday.',
      'The bins are emptied on Friday.',
      'breaking',
      ['number'],
    ],
    ['number appears', 'The trial is short.', 'The trial is short: 10 days.', 'review', ['number']],
    ['working days', 'It arrives within 3 days.', 'It arrives within 3 working days.', 'review', ['number']],
    ['negation', 'Dogs are allowed on board.', 'Dogs are not allowed on board.', 'breaking', ['negation']],
    ['negation by prefix', 'This seat is available.', 'This seat is unavailable.', 'breaking', ['negation']],
    ['negation by without', 'Rinse it with soap.', 'Rinse it without soap.', 'breaking', ['negation']],
    ['opposites', 'The tariff rises in June.', 'The tariff falls in June.', 'breaking', ['antonym']],
    ['opposites by verb', 'The loan was approved.', 'The loan was rejected.', 'breaking', ['antonym']],
    ['URL', 'Details: https://example.com/a', 'Details: https://example.com/b', 'breaking', ['url']],
    ['e-mail', 'Write to help@example.com.', 'Write to press@example.com.', 'breaking', ['url']],
    ['name', 'The parcel goes to Hannah.', 'The parcel goes to Victor.', 'breaking', ['entity']],
    ['modality', 'You must wear gloves.', 'You may wear gloves.', 'review', ['modality']],
    ['hedge', 'The fund will grow.', 'The fund might grow.', 'review', ['modality']],
    ['quantifier', 'All rooms have a balcony.', 'Some rooms have a balcony.', 'review', ['quantifier']],
    ['bound', 'Bring at least 2 photos.', 'Bring at most 2 photos.', 'breaking', ['quantifier']],
    [
      'condition',
      'Returns cost nothing.',
      'Returns cost nothing if the seal is intact.',
      'review',
      ['condition'],
    ],
    [
      'fact added',
      'The tent sleeps four.',
      'The tent sleeps four and has a waterproof floor.',
      'review',
      ['added'],
    ],
    [
      'fact removed',
      'The lamp is dimmable, and spare bulbs are in the box.',
      'The lamp is dimmable.',
      'review',
      ['removed'],
    ],
    [
      'substitution',
      'Clean the lens with vinegar.',
      'Clean the lens with acetone.',
      'review',
      ['substitution'],
    ],
    ['role', 'The agent calls the tenant.', 'The tenant calls the agent.', 'breaking', ['role']],
    [
      'order of events',
      'Lock the valve, then empty the tank.',
      'Empty the tank, then lock the valve.',
      'review',
      ['order'],
    ],
    [
      'about something else',
      'Hold the button for the reset.',
      'Our bakery sells rye bread.',
      'breaking',
      ['drift'],
    ],
    [
      'another language',
      'You can return the item and you will get the money back.',
      'Sie können den Artikel zurückgeben und erhalten das Geld zurück, wenn der Artikel nicht benutzt ist.',
      'breaking',
      ['language'],
    ],
    [
      'card number',
      'Your card is on file.',
      'Your card is on file: 4111 1111 1111 1111.',
      'breaking',
      ['pii'],
    ],
  ];
  test.each(rows)('%s', (_name, a, b, severity, kinds) => expectRow(a, b, severity, kinds));
});

describe('the same meaning', () => {
  const rows: readonly (readonly [string, string, string, SemanticSeverity])[] = [
    ['equal', 'Yes.', 'Yes.', 'none'],
    ['emphasis', 'The code is **4417**.', 'The code is 4417.', 'none'],
    ['quotation marks and spaces', 'Press “Save”  now.', 'Press "Save" now.', 'none'],
    ['bullets', '- milk\n- eggs', '* milk\n* eggs', 'none'],
    ['contraction', "It isn't included.", 'It is not included.', 'reworded'],
    [
      'passive',
      'The warranty does not cover scratches.',
      'Scratches are not covered by the warranty.',
      'reworded',
    ],
    ['negation in a prefix', 'The flight is not refundable.', 'The flight is non-refundable.', 'reworded'],
    ['two turns', 'The shop is not open on Sundays.', 'The shop is closed on Sundays.', 'reworded'],
    ['number words', 'Take two tablets 3 times a day.', 'Take 2 pills three times daily.', 'reworded'],
    [
      'units',
      'The lake is 1.5 km away, 90 minutes on foot.',
      'On foot it is 1 hour 30 minutes to the lake, 1,500 m away.',
      'reworded',
    ],
    ['dates', 'It was sent on 2024-03-05.', 'It was sent on March 5, 2024.', 'reworded'],
    ['times', 'We close at 5 PM.', 'We close at 17:00.', 'reworded'],
    ['amounts', 'The fee is $1,200.00.', 'The fee is 1200 dollars.', 'reworded'],
    ['ranges', 'Between 3 and 5 weeks.', '3-5 weeks.', 'reworded'],
    ['synonyms', 'Please verify your address.', 'Please confirm your address.', 'reworded'],
    [
      'courtesy',
      'Great question! The lid is made of steel. Let me know if you need anything else.',
      'The lid is made of steel.',
      'reworded',
    ],
    [
      'a number moves',
      'The fee is €5. It is due in 10 days.',
      'It is due in 10 days. The fee is €5.',
      'reworded',
    ],
    ['list or sentence', 'We accept:\n- cash\n- cards', 'We accept cash and cards.', 'reworded'],
    [
      'table rows',
      '| Plan | Price |\n|---|---|\n| A | $5 |\n| B | $9 |',
      '| Plan | Price |\n|---|---|\n| B | $9 |\n| A | $5 |',
      'reworded',
    ],
    ['JSON keys', '{"a": 1, "b": [true, null]}', '```json\n{"b": [true, null], "a": 1}\n```', 'reworded'],
    ['code comments', '```sh\n# go\nrun --fast\n```', '```sh\nrun --fast  # quickly\n```', 'reworded'],
    ['both empty but for spaces', '', '  ', 'none'],
  ];
  test.each(rows)('%s', (_name, a, b, severity) => {
    const result = compareAnswers(a, b);
    expect({ severity: result.severity, reasons: result.reasons.map(({ message }) => message) }).toEqual({
      severity,
      reasons: [],
    });
  });

  test('equal texts have similarity 1', () => {
    expect(compareAnswers('a b', 'a b')).toMatchObject({ severity: 'none', reasons: [], similarity: 1 });
  });
});

describe('structure', () => {
  const rows: readonly Row[] = [
    ['JSON type', '{"quantity": 3}', '{"quantity": "3"}', 'breaking', ['json']],
    ['JSON key renamed', '{"total": 3}', '{"sum": 3}', 'breaking', ['json']],
    ['JSON number', '{"total": 3}', '{"total": 4}', 'breaking', ['number']],
    ['JSON becomes prose', '{"total": 3}', 'The total is 3.', 'breaking', ['json']],
    ['a flag', '```bash\nsync --dry-run\n```', '```bash\nsync --verbose\n```', 'breaking', ['code']],
    [
      'order of commands',
      '```bash\nallow ssh\nenable\n```',
      '```bash\nenable\nallow ssh\n```',
      'review',
      ['order'],
    ],
    [
      'order of steps',
      '1. Close the main valve\n2. Unscrew the filter\n3. Rinse the filter housing',
      '1. Unscrew the filter\n2. Close the main valve\n3. Rinse the filter housing',
      'review',
      ['order'],
    ],
    [
      'table cells exchanged',
      '| Plan | Price |\n|---|---|\n| Small | $5 |\n| Large | $9 |',
      '| Plan | Price |\n|---|---|\n| Small | $9 |\n| Large | $5 |',
      'breaking',
      ['entity', 'number'],
    ],
    [
      'an item is gone',
      'Bring:\n- a towel\n- sunscreen\n- water shoes',
      'Bring:\n- a towel\n- sunscreen',
      'review',
      ['removed'],
    ],
  ];
  test.each(rows)('%s', (_name, a, b, severity, kinds) => expectRow(a, b, severity, kinds));
});

describe('whole answers', () => {
  const baseline =
    'You can swap your seat until two hours before departure. Changes are free on the Flex fare; on other fares they cost €15. If the flight is cancelled, we rebook you automatically.';

  test('everything reworded', () => {
    const candidate =
      'Good news! Changing seats is possible up to 2 hours ahead of departure. With the Flex fare this costs nothing, on all others €15. Should the flight be cancelled, you will be rebooked by itself.';
    expect(compareAnswers(baseline, candidate)).toMatchObject({ severity: 'reworded', reasons: [] });
  });

  test('everything reworded, and one number is another', () => {
    const candidate =
      'Changing seats is possible up to 3 hours ahead of departure. With the Flex fare this costs nothing, on all others €15. Should the flight be cancelled, you will be rebooked by itself.';
    const { severity, reasons } = compareAnswers(baseline, candidate);
    expect(severity).toBe('breaking');
    expect(reasons.map(({ message }) => message)).toEqual(['number two hours → 3 hours']);
  });
});

describe('metamorphic', () => {
  const answer =
    'You can return the kettle within 30 days. Send it to the Leeds warehouse. We refund the price without the postage. Questions go to help@example.com.';
  const changed =
    'You can return the kettle within 20 days. Send it to the Dover warehouse. We refund the price with the postage. Questions go to sales@example.com, and calls are recorded.';

  test('exchanging the sides mirrors the reasons', () => {
    const mirror: Readonly<Record<string, string>> = { added: 'removed', removed: 'added' };
    const there = compareAnswers(answer, changed).reasons;
    const back = compareAnswers(changed, answer).reasons;
    expect(there.length).toBeGreaterThan(3);
    const seen = there.map(({ kind, baseline, candidate }) => ({
      kind: mirror[kind] ?? kind,
      baseline: candidate,
      candidate: baseline,
    }));
    for (const reason of seen) expect(back).toContainEqual(expect.objectContaining(reason));
    expect(back).toHaveLength(there.length);
  });

  test.each([
    'The cafeteria on the second floor serves vegetarian soup.',
    'Parking behind the stadium costs £4 and is not free on weekends.',
    'Our newsletter never mentions Aunt Beatrice; see https://example.com/news.',
  ])('an unrelated paragraph only adds: %s', (paragraph) => {
    expect(kindsOf(answer, `${answer}\n\n${paragraph}`)).toEqual(['added']);
    expect(kindsOf(`${answer}\n\n${paragraph}`, answer)).toEqual(['removed']);
  });

  test('sentences and list items may stand in any order', () => {
    const sentences = [
      'The pool opens at 9.',
      'Towels are not included.',
      'Children must be accompanied.',
      'Lockers cost €2.',
    ];
    const orders = [
      [3, 2, 1, 0],
      [1, 0, 3, 2],
      [2, 3, 0, 1],
    ];
    for (const order of orders) {
      const moved = order.map((index) => sentences[index] ?? '');
      expect(compareAnswers(sentences.join(' '), moved.join(' ')).severity).toBe('reworded');
      expect(
        compareAnswers(
          sentences.map((line) => `- ${line}`).join('\n'),
          moved.map((line) => `- ${line}`).join('\n'),
        ).severity,
      ).toBe('reworded');
    }
  });

  test('any text: no exception, deterministic, well-formed, symmetric', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(
        'We can not pay $5. ',
        '| a | b |\n|---|---|\n',
        '```\n',
        '\n- ',
        '1. x\n',
        'https://a.b/c ',
        'if you ',
        'March 5',
        '٣ ',
        '退款',
        '{"a":1}',
        'no ',
        'half past ',
      ),
    );
    const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (a, b) => {
        const result = compareAnswers(a, b);
        expect(compareAnswers(a, b)).toEqual(result);
        expect(result.similarity).toBeGreaterThanOrEqual(0);
        expect(result.similarity).toBeLessThanOrEqual(1);
        expect(compareAnswers(b, a).reasons).toHaveLength(result.reasons.length);
        if (a === b) expect(result.severity).toBe('none');
        for (const reason of result.reasons) expect(reason.message).not.toMatch(/undefined|null/);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('hard input', () => {
  test.each([
    ['empty now', 'The gate closes at 9.', ''],
    ['empty before', '', 'The gate closes at 9.'],
  ])('%s', (_name, a, b) => {
    expect(compareAnswers(a, b).severity).toBe('breaking');
  });

  test('an answer of 200 kB is compared, and the one change in it found', () => {
    const lines = Array.from(
      { length: 3_000 },
      (_, index) => `Sentence number ${index} speaks of thing${index * 7} and costs $${index + 1}.`,
    );
    const changed = lines.with(1_500, 'Sentence number 1500 speaks of thing10500 and costs $99999.');
    const { reasons } = compareAnswers(lines.join(' '), changed.join(' '));
    expect(reasons.map(({ message }) => message)).toContain('number $1501 → $99999');
  });

  test.each([
    ['one word', 'a'.repeat(200_000), 'b'.repeat(200_000)],
    ['marks', '*'.repeat(200_000), '[a]('.repeat(50_000)],
    ['dots', '.'.repeat(200_000), 'a-'.repeat(100_000)],
    ['digits', '1'.repeat(200_000), '555-'.repeat(50_000)],
    ['unclosed comments', `\`\`\`c\n${'/* '.repeat(60_000)}`, `\`\`\`c\n${'// '.repeat(60_000)}`],
  ])('200 kB of %s end', (_name, a, b) => {
    expect(compareAnswers(a, b).reasons.length).toBeLessThanOrEqual(60);
  });

  test('no English: numbers, links and whole sentences only, and it says so', () => {
    const a =
      'Sie können den Artikel innerhalb von 30 Tagen zurückgeben. Das Geld erhalten Sie dann nach der Prüfung zurück, wenn der Artikel nicht benutzt ist.';
    const b =
      'Sie können den Artikel innerhalb von 14 Tagen zurückgeben. Das Geld erhalten Sie dann nach der Prüfung zurück, wenn der Artikel nicht benutzt ist.';
    const { severity, reasons } = compareAnswers(a, b);
    expect(severity).toBe('breaking');
    expect(reasons.map(({ kind }) => kind)).toEqual(['number', 'language']);
    expect(reasons[1]?.message).toContain('not English (de)');
  });
});

describe('spans, messages, alignment', () => {
  test('messages are for reviewers and carry both spans', () => {
    const { reasons } = compareAnswers('Return it within 30 days.', 'Return it within 14 days.');
    expect(reasons).toEqual([
      {
        kind: 'number',
        severity: 'breaking',
        baseline: '30 days',
        candidate: '14 days',
        message: 'number 30 days → 14 days',
      },
    ]);
  });

  test.each([
    ['Write to us.', 'I cannot help with that.', 'refusal appears'],
    [
      'Pets are allowed in the cabin.',
      'Pets are not allowed in the cabin.',
      '"not" added: "Pets are not allowed in the cabin."',
    ],
    [
      'Late parcels are refunded.',
      'Late parcels are refunded if they were insured.',
      'condition added: "if they were insured"',
    ],
    [
      'See https://example.com/a.',
      'See https://example.com/b.',
      'URL changed: https://example.com/a → https://example.com/b',
    ],
  ])('%s → %s', (a, b, message) => {
    expect(compareAnswers(a, b).reasons.map((reason) => reason.message)).toContain(message);
  });

  test('sentences are aligned whatever their order; the rest stands alone', () => {
    const { alignment } = compareAnswers(
      'The bar opens at six. Dogs may stay.',
      'Dogs can stay. The bar opens at 6. A band plays jazz.',
    );
    expect(alignment.map(({ baseline, candidate }) => [baseline, candidate])).toEqual([
      ['The bar opens at six.', 'The bar opens at 6.'],
      ['Dogs may stay.', 'Dogs can stay.'],
      [null, 'A band plays jazz.'],
    ]);
  });

  test('an embedder takes part in the alignment and never decides', () => {
    const similarity = (a: string, b: string): number =>
      a.startsWith('Alpha') && b.startsWith('Omega') ? 1 : 0;
    const { alignment } = compareAnswers('Alpha beta gamma.', 'Omega psi chi.', { similarity });
    expect(alignment).toEqual([
      { baseline: 'Alpha beta gamma.', candidate: 'Omega psi chi.', similarity: expect.any(Number) },
    ]);
  });
});
