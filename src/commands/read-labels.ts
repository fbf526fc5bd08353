import * as z from 'zod';
import { type Finding, UserError } from '../model/errors.ts';

/** An answer that a human has judged. */
export type Label = {
  /** A case's id, or `suite/case`. */
  readonly caseId: string;
  readonly output: string;
  readonly passes: boolean;
  /** From 1. */
  readonly line: number;
};

const words: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ['pass', true],
  ['true', true],
  ['1', true],
  [true, true],
  [1, true],
  ['fail', false],
  ['false', false],
  ['0', false],
  [false, false],
  [0, false],
]);

const shape = '{"case": "refund", "output": "the answer", "label": "pass"}';

const lineSchema = z.looseObject({
  case: z.string().min(1),
  output: z.string(),
  label: z.unknown().optional(),
});

const finding = (file: string, line: number, message: string, expected: string): Finding => ({
  severity: 'error',
  code: 'bad-label',
  place: { file, line, column: 1 },
  message,
  expected,
  nextStep: 'Correct the line: each is one JSON object',
});

const readLine = (file: string, line: number, text: string): Label | Finding => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return finding(file, line, `this line is not JSON: ${(error as Error).message}`, shape);
  }
  const read = lineSchema.safeParse(value);
  if (!read.success) {
    const key = String(read.error.issues[0]?.path[0] ?? '');
    const message = key === '' ? 'this line is no object' : `\`${key}\` is missing or no text`;
    return finding(file, line, message, shape);
  }
  const { label, output } = read.data;
  const passes = words.get(typeof label === 'string' ? label.trim().toLowerCase() : label);
  if (passes === undefined) {
    const shown = JSON.stringify(label)?.slice(0, 80) ?? 'missing';
    return finding(file, line, `\`label\` is ${shown}`, 'pass or fail (true or false, 1 or 0)');
  }
  return { caseId: read.data.case, output, passes, line };
};

/**
 * Reads human labels, one JSON object `{case, output, label}` a line; other keys are the author's own. Throws a
 * UserError that names every line that is none.
 */
export const readLabels = (file: string, text: string): readonly Label[] => {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const read = lines.flatMap((line, index) => (line.trim() === '' ? [] : [readLine(file, index + 1, line)]));
  const findings = read.filter((entry) => 'severity' in entry);
  if (findings.length > 0) throw new UserError(findings);
  const labels = read.filter((entry) => 'caseId' in entry);
  if (labels.length === 0) throw new UserError(finding(file, 1, 'the file holds no label', shape));
  return labels;
};
