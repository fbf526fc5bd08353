import type { Case } from '../../src/model/suite.ts';

const place = { file: 's.yml', line: 9, column: 3 };

/** A case with one `equals` assertion. */
export const aCase = ({
  id,
  vars,
  value = 'v',
}: {
  id: string;
  vars: Case['vars'];
  value?: unknown;
}): Case => ({
  id,
  description: id,
  vars,
  assertions: [
    {
      type: 'equals',
      negated: false,
      value,
      threshold: null,
      weight: 1,
      metric: null,
      severity: 'block',
      provider: null,
      rubricPrompt: null,
      config: {},
      place,
    },
  ],
  threshold: null,
  tags: [],
  owner: null,
  critical: false,
  severity: 'block',
  repeat: null,
  expectFail: null,
  prompts: null,
  providers: null,
  place,
});
