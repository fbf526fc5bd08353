import {
  type AlignedPair,
  compareAnswers,
  type SemanticComparison,
} from '../compare/semantic/compare-answers.ts';
import { type Finding, UserError, userError } from '../model/errors.ts';
import type { SemanticReason, SemanticSeverity } from '../model/run.ts';
import { type Colour, oneLine, type Painter, painter, withoutCommands } from '../reports/terminal-text.ts';

export type DiffOptions = {
  /** Files, or the texts themselves with `text`. */
  readonly a?: string;
  readonly b?: string;
  readonly text: boolean;
  /** A file of many pairs, one `{"id","a","b"}` a line. */
  readonly pairs?: string;
  readonly format: 'pretty' | 'json';
  readonly color: boolean;
  readText(path: string): Promise<string>;
  write(text: string): void;
};

const usage = 'Run `assay diff A B`, `assay diff --text "…" "…"` or `assay diff --pairs FILE.jsonl`';

const read = async (options: DiffOptions, path: string): Promise<string> => {
  try {
    return await options.readText(path);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    const finding: Finding = {
      severity: 'error',
      code: 'file-not-read',
      place: { file: path, line: 1, column: 1 },
      message: `the file "${path}" could not be read (${cause instanceof Error ? cause.message : String(cause)})`,
      expected: 'a readable text file',
      nextStep:
        options.pairs === undefined
          ? 'Correct the path, or add `--text` to compare the two arguments themselves'
          : 'Correct the path',
    };
    throw new UserError(finding, { cause });
  }
};

type PairLine = { readonly id: string | number; readonly a: string; readonly b: string };

const lineError = (file: string, line: number, message: string, column = 1): Finding => ({
  severity: 'error',
  code: 'bad-pair',
  place: { file, line, column },
  message,
  expected: 'one JSON object a line: {"id": "…", "a": "…", "b": "…"}',
  nextStep: 'Correct this line',
});

const brief = (value: unknown): string => {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
};

/** JSON.parse names the character it stumbled over; without it the line begins the search. */
const columnOf = (cause: unknown): number => {
  const position = cause instanceof Error ? /position (\d+)/.exec(cause.message)?.[1] : undefined;
  return position === undefined ? 1 : Number(position) + 1;
};

const readPair = (file: string, text: string, line: number): PairLine | Finding => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return lineError(file, line, `the line is not JSON: ${brief(text)}`, columnOf(cause));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return lineError(file, line, `the line is ${brief(value)}`);
  const { id, a, b } = value as Record<string, unknown>;
  if (typeof id !== 'string' && typeof id !== 'number') return lineError(file, line, `"id" is ${brief(id)}`);
  if (typeof a !== 'string') return lineError(file, line, `"a" is ${brief(a)}`);
  if (typeof b !== 'string') return lineError(file, line, `"b" is ${brief(b)}`);
  return { id, a, b };
};

const maxFindings = 20;

/** All lines are read before the first is compared, so that a bad one leaves no half output behind. */
const readPairs = (file: string, text: string): PairLine[] => {
  const pairs: PairLine[] = [];
  const findings: Finding[] = [];
  text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .forEach((line, index) => {
      if (line.trim() === '' || findings.length >= maxFindings) return;
      const pair = readPair(file, line, index + 1);
      if ('severity' in pair) findings.push(pair);
      else pairs.push(pair);
    });
  if (findings.length > 0) throw new UserError(findings);
  return pairs;
};

const signs = {
  breaking: { sign: '!', colour: 'red', word: 'meaning changed' },
  review: { sign: '?', colour: 'yellow', word: 'to review' },
  reworded: { sign: '≈', colour: 'blue', word: 'reworded, same meaning' },
  none: { sign: '=', colour: 'green', word: 'same' },
} as const satisfies Record<SemanticSeverity, { sign: string; colour: Colour; word: string }>;

const maxLength = 400;

const reasonLines = (reason: SemanticReason, paint: Painter): string[] => {
  const { sign, colour } = signs[reason.severity];
  const span = (mark: string, side: Colour, text: string | null): string[] =>
    text === null || reason.message.includes(text)
      ? []
      : [paint(side, `      ${mark} ${oneLine(text, maxLength)}`)];
  return [
    `  ${paint(colour, sign)} ${paint('bold', oneLine(reason.message, maxLength))}`,
    ...span('-', 'red', reason.baseline),
    ...span('+', 'green', reason.candidate),
  ];
};

const sentenceLines = ({ baseline, candidate, similarity }: AlignedPair, paint: Painter): string[] => {
  if (baseline === candidate && baseline !== null)
    return [paint('dim', `  = ${oneLine(baseline, maxLength)}`)];
  const score = baseline === null || candidate === null ? '' : paint('dim', `  (${similarity.toFixed(3)})`);
  return [
    ...(baseline === null ? [] : [paint('red', `  - ${oneLine(baseline, maxLength)}`)]),
    ...(candidate === null ? [] : [`${paint('green', `  + ${oneLine(candidate, maxLength)}`)}${score}`]),
  ];
};

const maxSentences = 40;

const pretty = (result: SemanticComparison, color: boolean): string => {
  const paint = painter(color);
  const { sign, colour, word } = signs[result.severity];
  const shown = result.alignment.slice(0, maxSentences);
  const rest = result.alignment.length - shown.length;
  const lines = [
    `${paint(colour, `${sign} ${result.severity}`)}: ${word} (similarity ${result.similarity.toFixed(3)}, shown only)`,
    ...result.reasons.flatMap((reason) => reasonLines(reason, paint)),
    ...(result.severity === 'none'
      ? []
      : ['', 'Sentence by sentence:', ...shown.flatMap((pair) => sentenceLines(pair, paint))]),
    ...(rest > 0 ? [`  … ${rest} more`] : []),
    '',
  ];
  return withoutCommands(lines.join('\n'));
};

const diffPairs = async (options: DiffOptions, file: string): Promise<void> => {
  for (const { id, a, b } of readPairs(file, await read(options, file))) {
    const { severity, similarity, reasons } = compareAnswers(a, b);
    options.write(`${JSON.stringify({ id, severity, similarity, reasons })}\n`);
  }
};

const diffTwo = async (options: DiffOptions, a: string, b: string): Promise<void> => {
  const [baseline, candidate] = options.text ? [a, b] : [await read(options, a), await read(options, b)];
  const result = compareAnswers(baseline, candidate);
  const { severity, similarity, reasons, alignment } = result;
  options.write(
    options.format === 'json'
      ? `${JSON.stringify({ severity, similarity, reasons, alignment })}\n`
      : pretty(result, options.color),
  );
};

/**
 * `assay diff`: what changed in meaning between two texts, or between the two of every line of a file. Writes one
 * JSON document, one JSON line a pair, or a page for people. Returns the exit code 0; throws a UserError (exit 3)
 * for missing arguments, an unreadable file or a bad line.
 */
export const runDiff = async (options: DiffOptions): Promise<number> => {
  const { a, b, pairs } = options;
  if (pairs !== undefined) {
    if (a !== undefined || b !== undefined)
      throw userError('bad-arguments', 'two texts and --pairs were both given', { nextStep: usage });
    await diffPairs(options, pairs);
    return 0;
  }
  if (a === undefined || b === undefined)
    throw userError('bad-arguments', `${a === undefined ? 'A and B are' : 'B is'} missing`, {
      expected: 'two files, or two texts with --text',
      nextStep: usage,
    });
  await diffTwo(options, a, b);
  return 0;
};
