import { Environment, Interpreter } from '@huggingface/jinja';
import { handle } from './handlers.ts';
import type { Node, RuntimeValue } from './nodes.ts';
import type { ParsedTemplate } from './parse-template.ts';
import { TemplateProblem } from './problem.ts';
import { type Evaluate, startRun } from './running.ts';
import { createMeasure, isList, isMap, isText, maxCharacters, toRuntime } from './runtime-values.ts';

/** Evaluations, with long texts and lists counted by length. About a second of work at most. */
const maxWork = 1_000_000;
const maxNesting = 400;
const maxRange = 10_000;

const range = (...args: unknown[]): number[] => {
  const [first, second, third] = args;
  if (args.some((value) => typeof value !== 'number' || !Number.isFinite(value)))
    throw new TemplateProblem('`range` takes numbers');
  const start = second === undefined ? 0 : Number(first);
  const stop = second === undefined ? Number(first) : Number(second);
  const step = third === undefined ? 1 : Number(third);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (step === 0 || count > maxRange)
    throw new TemplateProblem(`\`range\` makes at most ${maxRange} numbers`);
  return Array.from({ length: count }, (_, index) => start + index * step);
};

const globals: Readonly<Record<string, unknown>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
  range,
};

const environmentOf = (vars: Readonly<Record<string, unknown>>): Environment => {
  const environment = new Environment();
  for (const [name, value] of Object.entries(globals)) environment.set(name, value);
  for (const name of Object.keys(vars)) environment.setVariable(name, toRuntime(vars[name]) as never);
  return environment;
};

/** The package says what it misses in its own words; loops end with an exception that has none. */
const whyOf = (error: unknown): string => {
  if (error instanceof RangeError) return 'it is too large or nested too deep';
  if (error instanceof TypeError) return 'it uses a value as what it is not';
  return (error instanceof Error ? error.message : String(error)) || 'break or continue outside of a loop';
};

/** The interpreter's own entry, replaced below so that every step passes through here. */
type Open = { evaluate(node: Node | undefined, environment: Environment): RuntimeValue };

/**
 * Renders a parsed template. The package interprets; around each of its steps stand a budget of work, a limit of
 * nesting and of size, and our meaning of what does not exist: it prints nothing and is named in `missing`, unless
 * the template asks about it first. Throws a TemplateProblem; nothing of JavaScript can be reached or called.
 */
export const runTemplate = (
  template: ParsedTemplate,
  vars: Readonly<Record<string, unknown>>,
): { text: string; missing: string[] } => {
  if (template.program === null) return { text: template.text, missing: [] };
  const interpreter = new Interpreter(environmentOf(vars)) as unknown as Open & {
    run(program: Node): RuntimeValue;
  };
  const measure = createMeasure();
  const missing = new Set<string>();
  let work = 0;
  let nesting = 0;
  const spend = (amount: number): void => {
    work += amount;
    if (work > maxWork) throw new TemplateProblem('the template takes too many steps');
  };
  const check = (value: RuntimeValue): RuntimeValue => {
    if (isText(value)) {
      const { length } = value.value as string;
      if (length > maxCharacters)
        throw new TemplateProblem(`the template makes more than ${maxCharacters} characters`);
      spend(length / 256);
    } else if (isList(value) || isMap(value)) {
      measure(value);
      const { length, size } = value.value as { length?: number; size?: number };
      spend((length ?? size ?? 0) / 64);
    }
    return value;
  };
  const original = interpreter.evaluate.bind(interpreter);
  const evaluate: Evaluate = (node, scope) => interpreter.evaluate(node, scope);
  const step = handle(startRun({ original, evaluate, spend }, missing));
  interpreter.evaluate = (node, environment) => {
    if (node === undefined) return original(node, environment);
    spend(1);
    if (++nesting > maxNesting) throw new TemplateProblem('the template is nested too deep');
    try {
      return check(step(node, environment));
    } finally {
      nesting--;
    }
  };
  try {
    return { text: interpreter.run(template.program).value as string, missing: [...missing] };
  } catch (error) {
    if (error instanceof TemplateProblem) throw error;
    throw new TemplateProblem(`the template cannot be rendered: ${whyOf(error)}`, null, { cause: error });
  }
};
