import { RE2JS } from 're2js';
import type { Problem } from './assertion-kind.ts';
import { AssertionError } from './assertion-error.ts';
import { quote } from './wording.ts';

/** A regular expression whose cost grows with the text's length only. Throws an AssertionError for a text that is too long for it. */
export type LinearPattern = { readonly source: string; test(text: string): boolean };

/** What one assertion looks at, at most. */
export const maxCharacters = 262_144;
/**
 * Instructions × characters: the engine's true cost. 256 kB of text with a pattern of 200 instructions took
 * 0.7 s when measured; ordinary patterns have about 20.
 */
const maxSteps = 50_000_000;
const maxInstructions = 5_000;

/** JavaScript's `\s` holds the no-break spaces that models like to write; RE2's own is ASCII. */
const space = String.raw`\t\n\v\f\r \x{a0}\x{feff}\p{Z}`;

type Translation = { readonly pattern: string } | { readonly construct: string; readonly at: number };

const lookarounds: readonly [string, string][] = [
  ['(?=', 'a lookahead `(?=`'],
  ['(?!', 'a negative lookahead `(?!`'],
  ['(?>', 'an atomic group `(?>`'],
];

/** Finds what a linear engine can't do, with its place, and widens `\s` to JavaScript's meaning. */
const translate = (source: string): Translation => {
  const named = source.includes('(?<') || source.includes('(?P<');
  let pattern = '';
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '\\') {
      const escaped = source.charAt(++at);
      if (!inClass && (/[1-9]/.test(escaped) || (escaped === 'k' && named)))
        return { construct: `a back-reference \`\\${escaped}\``, at: at - 1 };
      if (escaped === 's') pattern += inClass ? space : `[${space}]`;
      else if (escaped === 'S' && !inClass) pattern += `[^${space}]`;
      else pattern += `\\${escaped}`;
      continue;
    }
    if (inClass) inClass = character !== ']';
    else if (character === '[') inClass = true;
    else if (character === '(') {
      const found = lookarounds.find(([start]) => source.startsWith(start, at));
      if (found !== undefined) return { construct: found[1], at };
    }
    pattern += character;
  }
  return { pattern };
};

const badPattern = (source: string, error: unknown): Problem => {
  const { error: what, input } = error as { error?: string; input?: string | null };
  const at = input ? source.indexOf(input) : -1;
  return {
    code: 'bad-regex',
    message: `the regular expression ${quote(source)} does not parse: ${what ?? (error as Error).message}${at === -1 ? '' : ` at character ${at + 1} (${quote(source.slice(at), 20)})`}`,
    expected: 'RE2 syntax, which is JavaScript’s without lookahead and back-references',
    nextStep: 'Correct the pattern',
  };
};

type Compiled = LinearPattern | { readonly problem: Problem };

/** A suite repeats few patterns in many cases, and a pattern never changes its meaning. */
const compiledPatterns = new Map<string, Compiled>();
const maxPatterns = 1_000;

/**
 * JavaScript's syntax on RE2's engine: no pattern can hang the run, whatever text a model writes.
 * Lookahead, atomic groups and back-references don't exist in a linear engine.
 */
export const compilePattern = (source: string): Compiled => {
  const known = compiledPatterns.get(source);
  if (known !== undefined) return known;
  if (compiledPatterns.size >= maxPatterns) compiledPatterns.clear();
  const compiled = compile(source);
  compiledPatterns.set(source, compiled);
  return compiled;
};

const compile = (source: string): Compiled => {
  const translated = translate(source);
  if ('construct' in translated) {
    const { construct, at } = translated;
    return {
      problem: {
        code: 'unsupported-regex',
        message: `the regular expression ${quote(source)} has ${construct} at character ${at + 1}, which is unsupported by the linear engine`,
        nextStep: 'Write it without, e.g. as two assertions (`regex` and `not-regex`)',
      },
    };
  }
  try {
    const compiled = RE2JS.compile(RE2JS.translateRegExp(translated.pattern), RE2JS.LOOKBEHINDS);
    const instructions = compiled.programSize();
    if (instructions > maxInstructions) return { problem: tooLarge(source, instructions) };
    return { source, test: (text) => guarded(text, instructions, source) && compiled.test(text) };
  } catch (error) {
    return { problem: badPattern(source, error) };
  }
};

const tooLarge = (source: string, instructions: number): Problem => ({
  code: 'regex-too-large',
  message: `the regular expression ${quote(source)} compiles to ${instructions} steps`,
  expected: `at most ${maxInstructions}`,
  nextStep: 'Lower its counted repetitions',
});

const guarded = (text: string, instructions: number, source: string): true => {
  const most = Math.min(maxCharacters, Math.floor(maxSteps / instructions));
  if (text.length > most)
    throw new AssertionError(
      'not-measured',
      `the text has ${text.length} characters; the regular expression ${quote(source)} looks at ${most} at most`,
    );
  return true;
};
