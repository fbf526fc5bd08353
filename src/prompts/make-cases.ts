import { UserError } from '../model/errors.ts';
import type { Case } from '../model/suite.ts';
import { caseIds } from './case-ids.ts';
import { combinations, countCombinations, resolveVars } from './expand-vars.ts';
import { mergeDefault } from './merge-default.ts';
import type { Reading } from './reading.ts';
import { renderText } from './render-prompt.ts';
import type { ParsedTest } from './test-shape.ts';

const maxCases = 20_000;

type Draft = {
  readonly test: ParsedTest;
  readonly vars: Readonly<Record<string, unknown>>;
  readonly source: number;
};

/** A description may use the case's variables; one that cannot be filled in stays as it is written. */
const describe = (description: string | null, vars: Readonly<Record<string, unknown>>): string | null => {
  if (description === null || !description.includes('{{')) return description;
  try {
    return renderText(description, vars, 'jinja');
  } catch (error) {
    if (error instanceof UserError) return description;
    throw error;
  }
};

const expand = (reading: Reading, tests: readonly ParsedTest[]): Draft[] => {
  const drafts: Draft[] = [];
  for (const [source, test] of tests.entries()) {
    const whole = test.options.keepLists === true;
    const count = whole ? 1 : countCombinations(test.vars);
    if (drafts.length + count > maxCases) {
      reading.error('too-many-cases', test.place, `the suite has more than ${maxCases} cases`, {
        nextStep: 'Split the suite, or shorten the lists in `vars`',
      });
      return drafts;
    }
    for (const vars of whole ? [test.vars] : combinations(test.vars))
      drafts.push({ test, vars: resolveVars(vars), source });
  }
  return drafts;
};

/**
 * The cases of a suite: `defaultTest` merged in, lists of strings taken apart, ids given. Tests that mean something
 * else without what is not supported are counted for their number and left out.
 */
export const makeCases = (
  reading: Reading,
  tests: readonly ParsedTest[],
  defaults: ParsedTest,
  literal: boolean,
): Case[] => {
  const merged = tests.map((test) => mergeDefault(test, defaults));
  const drafts = literal
    ? merged.map((test, source): Draft => ({ test, vars: test.vars, source }))
    : expand(reading, merged);
  const named = drafts.map(({ test, vars, source }) => ({
    id: test.id,
    idPlace: test.idPlace,
    description: literal ? test.description : describe(test.description, vars),
    source,
  }));
  const ids = caseIds(reading, named);
  return drafts.flatMap(({ test, vars }, index): Case[] => {
    const id = ids[index] ?? '';
    if (!test.complete) return [];
    return [
      {
        id,
        description: named[index]?.description ?? id,
        vars,
        assertions: test.assertions,
        threshold: test.threshold,
        tags: test.tags ?? [],
        owner: test.owner,
        critical: test.critical ?? false,
        severity: test.severity ?? 'block',
        repeat: test.repeat,
        expectFail: test.expectFail,
        prompts: test.prompts,
        providers: test.providers,
        place: test.place,
      },
    ];
  });
};
