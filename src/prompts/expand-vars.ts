import { UserError } from '../model/errors.ts';
import { renderText, textVariables } from './render-prompt.ts';

type Vars = Readonly<Record<string, unknown>>;

const maxRounds = 5;

/** Lists of strings are several values of one variable; other lists are one value. */
const alternatives = (value: unknown): readonly unknown[] | null =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string') ? value : null;

/** How many cases the lists of strings in `vars` make. */
export const countCombinations = (vars: Vars): number =>
  Object.values(vars).reduce<number>((count, value) => count * (alternatives(value)?.length ?? 1), 1);

/** One set of variables for each combination of the lists of strings in them; the last list varies fastest. */
export const combinations = (vars: Vars): Vars[] => {
  let sets: [string, unknown][][] = [[]];
  for (const [name, value] of Object.entries(vars)) {
    const values = alternatives(value) ?? [value];
    sets = sets.flatMap((set) => values.map((one): [string, unknown][] => [...set, [name, one]]));
  }
  return sets.map((set) => Object.fromEntries(set));
};

/** A text that uses other variables of its case; null where it does not, or is no template of theirs. */
const filledIn = (name: string, text: string, vars: Vars): string | null => {
  if (!text.includes('{{')) return null;
  const used = [...textVariables(text, 'jinja')];
  if (used.length === 0 || !used.every((other) => other !== name && Object.hasOwn(vars, other))) return null;
  try {
    return renderText(text, vars, 'jinja');
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
};

/**
 * Variables whose text uses other variables of the same case, filled in, as promptfoo does it (at most five rounds).
 * Text that asks for anything else stays as it is: it is data, such as an attack on a template engine.
 */
export const resolveVars = (vars: Vars): Vars => {
  let current = vars;
  for (let round = 0; round < maxRounds; round++) {
    let changed = false;
    const entries = Object.entries(current).map(([name, value]): [string, unknown] => {
      const filled = typeof value === 'string' ? filledIn(name, value, current) : null;
      if (filled === null || filled === value) return [name, value];
      changed = true;
      return [name, filled];
    });
    if (!changed) return current;
    current = Object.fromEntries(entries);
  }
  return current;
};
