import type { Assertion } from '../../model/suite.ts';
import type { LocatedDocument } from '../document.ts';
import type { Reading } from '../reading.ts';
import type { GithubPrompt } from './github.ts';

type Evaluator = NonNullable<GithubPrompt['evaluators']>[number];

/**
 * GitHub's rules: of several keys the first in this order counts; `equals` looks at case, the others do not; the
 * answer is trimmed first.
 */
const stringChecks = [
  { key: 'equals', type: 'equals', config: { trim: true } },
  { key: 'contains', type: 'icontains', config: {} },
  { key: 'startsWith', type: 'starts-with', config: { caseInsensitive: true, trim: true } },
  { key: 'endsWith', type: 'ends-with', config: { caseInsensitive: true, trim: true } },
] as const;

type Check = Pick<Assertion, 'type' | 'value' | 'config'>;

const stringCheck = (written: NonNullable<Evaluator['string']>): Check | null => {
  for (const { key, type, config } of stringChecks) {
    const value = written[key];
    if (value !== undefined && value !== '') return { type, value: String(value), config };
  }
  return null;
};

const llmCheck = ({ systemPrompt, prompt, choices, modelId }: NonNullable<Evaluator['llm']>): Check => ({
  type: 'llm-choices',
  value: {
    systemPrompt: systemPrompt ?? null,
    prompt,
    choices: choices.map(({ choice, score }) => ({ choice: String(choice), score })),
    modelId: modelId ?? null,
  },
  config: {},
});

/**
 * GitHub's own judges (`uses: github/similarity`) keep their name as the type: it is recognised, cannot be checked,
 * and so leaves its cases undecided, never passed.
 */
const checkOf = ({ string, llm, uses }: Evaluator): Check | null => {
  if (string !== undefined) return stringCheck(string);
  if (llm !== undefined) return llmCheck(llm);
  if (uses === undefined || uses.trim() === '') return null;
  return { type: uses.startsWith('github/') ? uses : `github/${uses}`, value: undefined, config: {} };
};

/** The evaluators of a `.prompt.yml` as assertions; their texts are filled in with each row's variables later. */
export const readEvaluators = (
  reading: Reading,
  document: LocatedDocument,
  evaluators: readonly Evaluator[],
): readonly Assertion[] => {
  const assertions: Assertion[] = [];
  for (const [index, evaluator] of evaluators.entries()) {
    const place = document.placeOf(['evaluators', index]);
    const check = checkOf(evaluator);
    if (check === null) {
      reading.error('wrong-value', place, `the evaluator "${evaluator.name ?? index + 1}" checks nothing`, {
        expected: 'string with equals, contains, startsWith or endsWith; or llm; or uses',
        nextStep: 'Add a condition that is not empty',
      });
      continue;
    }
    assertions.push({
      ...check,
      negated: false,
      threshold: null,
      weight: 1,
      metric: evaluator.name ?? null,
      severity: 'block',
      provider: null,
      rubricPrompt: null,
      place,
    });
  }
  return assertions;
};
