import { findJson, gaveUp } from './find-json.ts';

export type ReadReply<Value> =
  | { readonly ok: true; readonly judgement: Value }
  | { readonly ok: false; readonly problem: string };

/** What a judge is to say, and how that is told from everything else it may say. */
export type ReplyShape<Value> = {
  /** Sent along with the question; vendors that know structured answers can give nothing else. */
  readonly format: unknown;
  /** Whether a value has the shape at all, sensible or not. */
  looksLike(value: unknown): boolean;
  check(value: unknown): ReadReply<Value>;
  /** Asks for the reply once more. */
  repair(problem: string): string;
};

const fence = /^```(?:json)?[ \t]*\n([\s\S]*?)\n?[ \t]*```$/i;

const parse = (text: string): { readonly value: unknown } | null => {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
};

const judgementsIn = (text: string, { looksLike }: Pick<ReplyShape<unknown>, 'looksLike'>): object[] => {
  const found: object[] = [];
  for (const value of findJson(text)) {
    if (value === gaveUp) return found;
    if (looksLike(value)) found.push(value);
  }
  return found;
};

/**
 * The judgement in a judge's reply: the whole reply, a code fence that is the whole reply, or the one judgement
 * at the end of some prose. Prose is not trusted where the judged text holds a judgement too: the judge may
 * only be quoting it. Anything else, also a score as text, is a problem and never a judgement.
 */
export const readReply = <Value>(
  shape: ReplyShape<Value>,
  reply: string,
  judged: string,
): ReadReply<Value> => {
  const trimmed = reply.trim();
  if (trimmed === '') return { ok: false, problem: 'it is empty' };
  const whole = parse(trimmed) ?? parse(fence.exec(trimmed)?.[1] ?? '');
  if (whole !== null) return shape.check(whole.value);
  const found = judgementsIn(trimmed, shape);
  const [only] = found;
  if (
    found.length === 1 &&
    only !== undefined &&
    /\}\s*(```)?$/.test(trimmed) &&
    judgementsIn(judged, shape).length === 0
  )
    return shape.check(only);
  return { ok: false, problem: 'it is not one JSON object and nothing else' };
};
