import { expect, test } from '@jest/globals';
import { compareAnswers } from '../../../src/compare/semantic/compare-answers.ts';

test.each([
  ['Yes', 'No', 'negation', 'breaking'],
  ['Yes, you can.', "No, you can't.", 'negation', 'breaking'],
  ['true', 'false', 'negation', 'breaking'],
  ['You can do it', 'You cannot do it', 'negation', 'breaking'],
  ['It is.', 'It is not.', 'negation', 'breaking'],
  ['Allowed', 'Not allowed', 'negation', 'breaking'],
  ['spam', 'ham', 'substitution', 'breaking'],
  ['B', 'C', 'substitution', 'breaking'],
  ['Category: billing', 'Category: complaint', 'substitution', 'breaking'],
  ['Send form A and form B.', 'Send form A or form B.', 'substitution', 'review'],
  ['42', '43', 'number', 'breaking'],
  ['Within thirty days.', 'Within sixty days.', 'number', 'breaking'],
])('%s → %s: %s, %s, and the same the other way round', (a, b, kind, severity) => {
  for (const comparison of [compareAnswers(a, b), compareAnswers(b, a)]) {
    expect([comparison.severity, comparison.reasons.map((reason) => reason.kind)]).toEqual([
      severity,
      [kind],
    ]);
  }
});

test.each([
  ['Sure.', 'Certainly.'],
  ['Hello!', 'Hi!'],
  ['Thanks', 'Thank you'],
  ['Yes.', 'Yes, that is right.'],
  ['You can do this.', 'You can do it.'],
  ['Dogs may stay.', 'Dogs can stay.'],
])('%s → %s is only put otherwise', (a, b) => {
  expect(compareAnswers(a, b).severity).toBe('reworded');
});
