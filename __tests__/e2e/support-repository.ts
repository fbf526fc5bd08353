import type { Files } from './repository.ts';

/** A small repository of one prompt and one suite on the built-in responder: no key, no network. */
export const mainFiles: Files = {
  'README.md': '# Support\n',
  'assay.yml': 'suites: [suites/*.suite.yml]\nproviders: [builtin:extract]\ntrials: {min: 1, max: 1}\n',
  'prompts/support.txt':
    'You can get a refund within 30 days.\nParcels arrive within 3 working days.\n\n{{question}}\n',
  'suites/support.suite.yml': `description: Support
prompts: [../prompts/support.txt]
tests:
  - id: refund
    description: asks for a refund
    vars: {question: When can I get a refund?}
    assert:
      - {type: contains, value: 30 days}
  - id: parcel
    description: asks for a parcel
    vars: {question: When do parcels arrive?}
    assert:
      - {type: contains, value: 3 working days}
`,
};

/** The change that breaks one case: the deadline. */
export const breakingChange: Files = {
  'prompts/support.txt':
    'You can get a refund within 14 days.\nParcels arrive within 3 working days.\n\n{{question}}\n',
};

/** And the one that mends it again. */
export const repairedChange: Files = {
  'prompts/support.txt':
    'You can get a refund within 30 days.\nParcels arrive within 3 working days. Thank you.\n\n{{question}}\n',
};

export const unrelatedChange: Files = { 'README.md': '# Support, reworded\n' };

export const brokenSuite: Files = {
  'suites/support.suite.yml': `prompts: [../prompts/support.txt]
tests:
  - id: refund
    vars: {question: When can I get a refund?}
    assert:
      - {type: contian, value: 30 days}
`,
};
