import { createHash } from 'node:crypto';
import * as z from 'zod';
import { type Finding, UserError } from '../model/errors.ts';
import type { Place } from '../model/place.ts';
import type { Message } from '../model/prompt.ts';
import type { Completion } from '../model/provider.ts';
import { type DocumentPath, type LocatedDocument, readDocument } from '../prompts/document.ts';
import { findingsFromIssues } from '../prompts/schema-findings.ts';

const messageSchema = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.string(),
});

const completionSchema = z.strictObject({
  text: z.string(),
  finish: z.enum(['stop', 'length', 'toolCalls', 'refusal', 'blocked']).default('stop'),
  toolCalls: z.array(z.strictObject({ id: z.string(), name: z.string(), arguments: z.string() })).default([]),
  usage: z
    .strictObject({ input: z.number().int().min(0), output: z.number().int().min(0) })
    .nullable()
    .default(null),
  latencyMs: z.number().min(0).nullable().default(null),
  model: z.string().nullable().default(null),
});

/**
 * One recorded answer: `{"request": {"messages": […]}, "trial": 0, "completion": {"text": "…"}}`.
 * `request: {"hash": "…", "ask": "…"}` names the messages by their hash instead, `ask` being for the reader.
 * Without `trial`, the answer stands for every trial that has none of its own.
 */
export const recordedAnswerSchema = z.strictObject({
  request: z.union(
    [
      z.strictObject({ messages: z.array(messageSchema).min(1) }),
      z.strictObject({ hash: z.string().regex(/^[0-9a-f]{64}$/), ask: z.string().optional() }),
    ],
    'messages, or the hash of messages',
  ),
  trial: z.number().int().min(0).optional(),
  completion: completionSchema,
});

export type RecordedAnswer = z.input<typeof recordedAnswerSchema>;

/** Finds the answer to messages, of this trial or of any; null: not recorded. */
export type Recording = (messages: readonly Message[], trial: number) => Completion | null;

/** SHA-256 (hex) of roles and texts, by which recorded answers are found. */
export const messagesHash = (messages: readonly Message[]): string =>
  createHash('sha256')
    .update(JSON.stringify(messages.map(({ role, content }) => [role, content])))
    .digest('hex');

/**
 * Reads recorded answers: JSON Lines (`.jsonl`), or a list in YAML or JSON. Throws a UserError that names file
 * and line of every entry that is not one; two answers to the same question are one too many.
 */
export const readRecording = (file: string, text: string): Recording => {
  const answers = new Map<string, Completion>();
  const findings: Finding[] = [];
  for (const { entry, line } of /\.jsonl$/i.test(file) ? readLines(file, text) : readList(file, text)) {
    const asked = 'hash' in entry.request ? entry.request.hash : messagesHash(entry.request.messages);
    const key = `${asked}:${entry.trial ?? 'any'}`;
    if (answers.has(key)) {
      const message = `this question${entry.trial === undefined ? '' : `, trial ${entry.trial},`} is already answered above`;
      const nextStep = 'Remove one of the two answers, or give each its trial';
      findings.push({
        severity: 'error',
        code: 'duplicate-recording',
        place: { file, line, column: 1 },
        message,
        nextStep,
      });
    }
    answers.set(key, completionOf(entry.completion));
  }
  if (findings.length > 0) throw new UserError(findings);
  return (messages, trial) => {
    const asked = messagesHash(messages);
    return answers.get(`${asked}:${trial}`) ?? answers.get(`${asked}:any`) ?? null;
  };
};

type Entry = { readonly entry: z.output<typeof recordedAnswerSchema>; readonly line: number };

const completionOf = (recorded: z.output<typeof completionSchema>): Completion => ({
  ...recorded,
  finish: { reason: recorded.finish, raw: recorded.finish },
  costUsd: 0,
  cached: false,
});

const readLines = (file: string, text: string): Entry[] =>
  text.split('\n').flatMap((source, index) => {
    if (source.trim() === '') return [];
    const place = { file, line: index + 1, column: 1 };
    const document = documentAt(place, parseLine(source, place));
    return [{ entry: checkEntry(document.value, document, []), line: place.line }];
  });

/** A value whose parts all stand at one place, because its line is all that is known. */
const documentAt = (place: Place, value: unknown): LocatedDocument => {
  const here = (): Place => place;
  return { file: place.file, value, placeOf: here, keyPlaceOf: here, textPlaceOf: here };
};

const parseLine = (source: string, place: Place): unknown => {
  try {
    return JSON.parse(source) as unknown;
  } catch (cause) {
    const message = `this line is not JSON: ${(cause as Error).message}`;
    const nextStep = 'Correct the line: each line of a .jsonl file is one JSON object';
    throw new UserError({ severity: 'error', code: 'not-json', place, message, nextStep }, { cause });
  }
};

const readList = (file: string, text: string): Entry[] => {
  const document = readDocument(file, text);
  const list: unknown = document.value ?? [];
  if (!Array.isArray(list)) {
    const message = 'the file is not a list of recorded answers';
    const place = document.placeOf([]);
    throw new UserError({ severity: 'error', code: 'wrong-value', place, message, expected: 'a list' });
  }
  return list.map((value: unknown, index) => ({
    entry: checkEntry(value, document, [index]),
    line: document.placeOf([index]).line,
  }));
};

const checkEntry = (value: unknown, document: LocatedDocument, path: DocumentPath): Entry['entry'] => {
  const parsed = recordedAnswerSchema.safeParse(value);
  if (!parsed.success) throw new UserError(findingsFromIssues(parsed.error.issues, document, () => [], path));
  return parsed.data;
};
