import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../src/compare/semantic/refusal.ts';

describe('an assistant that declines', () => {
  test.each([
    "I'm sorry, but I can't help with that.",
    'I am unable to provide tax advice.',
    'As an AI, I cannot give financial advice.',
    "I won't be able to answer questions about dosage.",
    'I must decline to answer that.',
    "That's not something I can help with.",
    'Tax questions are outside my scope.',
    "I'm not a doctor, so I can't say.",
    'I do not have access to order information.',
    'For privacy reasons, I can’t disclose policy numbers.'.replace('’', "'"),
    "I'd rather not discuss politics.",
    'Unable to assist with this request.',
    "We're not able to help with legal questions.",
    "Unfortunately, I'm not in a position to advise on individual cases.",
    'It would go against my guidelines to continue.',
  ])('%s', (sentence) => {
    expect(isRefusal(sentence)).toBe(true);
  });
});

describe('a statement', () => {
  test.each([
    'We cannot issue a refund for digital downloads.',
    "We can't exchange items directly.",
    'You cannot cancel after shipping.',
    'This card does not help abroad.',
    'The warranty does not cover water damage.',
    'We do not offer discounts on sale items.',
    'I can help you with that.',
    'No refunds are given after 30 days.',
    'The agent cannot see your PIN.',
    "Don't hesitate to ask for help.",
  ])('%s', (sentence) => {
    expect(isRefusal(sentence)).toBe(false);
  });
});
