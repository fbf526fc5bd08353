import { type Finding, UserError } from '../model/errors.ts';
import type { Prompt } from '../model/prompt.ts';
import type { Assertion, Case } from '../model/suite.ts';
import { placeInText } from './place-in-text.ts';
import { renderPrompt, textVariables, unusedVariables } from './render-prompt.ts';

const textsOf = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || depth > 16) return [];
  return Object.values(value).flatMap((entry) => textsOf(entry, depth + 1));
};

const mentioned = (prompt: Prompt, assertions: readonly Assertion[]): ReadonlySet<string> =>
  new Set(
    assertions
      .flatMap(({ value, rubricPrompt }) => textsOf([value, rubricPrompt]))
      .flatMap((text) => [...textVariables(text, prompt.syntax)]),
  );

/** `{{ input }}` where only `{{input}}` is a placeholder: it would be sent as it stands. */
const spaced = (prompt: Prompt, vars: Case['vars']): Finding[] =>
  prompt.syntax !== 'literal'
    ? []
    : prompt.messages.flatMap(({ content, place }) =>
        [...content.matchAll(/\{\{(\s*)([\w.-]+)(\s*)\}\}/g)]
          .filter(([, before, name = '', after]) => `${before}${after}` !== '' && Object.hasOwn(vars, name))
          .map(
            ({ 0: written, 2: name, index }): Finding => ({
              severity: 'warning',
              code: 'spaced-placeholder',
              place: placeInText(place, content, index),
              message: `"${written}" has spaces, so that it stays as it is`,
              nextStep: `Write {{${name}}}`,
            }),
          ),
      );

/**
 * Variables that the prompt needs and the case lacks (at their place in the prompt), and variables of the case that
 * neither the prompt nor an assertion mentions (at the case): warnings. A case that the prompt cannot be rendered
 * with at all is an error.
 */
export const variableFindings = (prompt: Prompt, testCase: Case): Finding[] => {
  try {
    const { missing } = renderPrompt(prompt, testCase.vars);
    const used = mentioned(prompt, testCase.assertions);
    const given = Object.keys(testCase.vars);
    return [
      ...spaced(prompt, testCase.vars),
      ...missing.map(
        ({ name, place }): Finding => ({
          severity: 'warning',
          code: 'missing-variable',
          place,
          message: `the prompt uses "${name}", which the case "${testCase.id}" lacks`,
          expected: given.length === 0 ? 'no variable at all' : `one of ${given.slice(0, 20).join(', ')}`,
          nextStep: `Add it to the case's \`vars\`, or correct its name`,
        }),
      ),
      ...unusedVariables(prompt, testCase.vars)
        .filter((name) => !used.has(name))
        .map(
          (name): Finding => ({
            severity: 'warning',
            code: 'unused-variable',
            place: testCase.place,
            message: `the case "${testCase.id}" gives "${name}", which the prompt ${prompt.label} never uses`,
            nextStep: 'Remove it, or use it in the prompt',
          }),
        ),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.findings.map((finding) => ({
      ...finding,
      message: `${finding.message} (case "${testCase.id}")`,
    }));
  }
};
