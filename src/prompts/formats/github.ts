import * as z from 'zod';
import { nearest } from '../../model/nearest.ts';
import type { DocumentPath, LocatedDocument } from '../document.ts';
import type { PromptDraft } from '../make-prompt.ts';
import type { Reading } from '../reading.ts';
import { findingsFromIssues } from '../schema-findings.ts';
import { readChat } from './chat.ts';

const choice = z.looseObject({ choice: z.union([z.string(), z.number()]), score: z.number() });

/** One check of a `.prompt.yml`: exactly one of `string`, `llm`, `uses`. */
export const githubEvaluatorSchema = z.looseObject({
  name: z.string().optional(),
  string: z
    .looseObject({
      equals: z.union([z.string(), z.number(), z.boolean()]).optional(),
      contains: z.union([z.string(), z.number(), z.boolean()]).optional(),
      startsWith: z.union([z.string(), z.number(), z.boolean()]).optional(),
      endsWith: z.union([z.string(), z.number(), z.boolean()]).optional(),
    })
    .optional(),
  llm: z
    .looseObject({
      modelId: z.string().optional(),
      systemPrompt: z.string().optional(),
      prompt: z.string(),
      choices: z.array(choice).min(1),
    })
    .optional(),
  uses: z.string().optional(),
});

/** GitHub's prompt file. Unknown keys are kept and warned of, unless they look like a slip of the pen. */
export const githubPromptSchema = z.looseObject({
  name: z.string().optional(),
  description: z.string().optional(),
  model: z.string().min(1).optional(),
  modelParameters: z.record(z.string(), z.unknown()).optional(),
  responseFormat: z.enum(['text', 'json_object', 'json_schema']).optional(),
  jsonSchema: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  messages: z.array(z.unknown()).min(1),
  testData: z.array(z.record(z.string(), z.unknown())).nullable().optional(),
  evaluators: z.array(githubEvaluatorSchema).nullable().optional(),
});

export type GithubPrompt = z.output<typeof githubPromptSchema>;

const keysAt: Readonly<Record<string, readonly string[]>> = {
  '': Object.keys(githubPromptSchema.shape),
  evaluators: Object.keys(githubEvaluatorSchema.shape),
};

/** GitHub's spelling → OpenAI's, which all OpenAI-compatible vendors take. */
const parameterNames: Readonly<Record<string, string>> = {
  maxTokens: 'max_tokens',
  maxCompletionTokens: 'max_completion_tokens',
  topP: 'top_p',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
  reasoningEffort: 'reasoning_effort',
};

/** `publisher/name`, as GitHub Models wrote it, is the provider `publisher:name`; its old bare names are OpenAI's. */
const providerId = (model: string): string => {
  if (model.includes(':')) return model;
  if (model.includes('/')) return model.replace('/', ':');
  return /^(gpt-|chatgpt-|o\d)/.test(model) ? `openai:${model}` : model;
};

const unknownKeys = (
  reading: Reading,
  document: LocatedDocument,
  path: DocumentPath,
  value: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): void => {
  for (const key of Object.keys(value).filter((name) => !allowed.includes(name))) {
    const near = nearest(key, allowed);
    const place = document.keyPlaceOf([...path, key]);
    if (near === null)
      reading.warn('unknown-key', place, `unknown key "${key}"`, { nextStep: 'It has no effect here' });
    else {
      reading.error('unknown-key', place, `unknown key "${key}"`, {
        expected: `one of ${allowed.join(', ')}`,
        nextStep: `Did you mean "${near}"?`,
      });
    }
  }
};

/** The file's value where it has GitHub's shape; null after reporting what is wrong. */
export const parseGithubPrompt = (reading: Reading, document: LocatedDocument): GithubPrompt | null => {
  const parsed = githubPromptSchema.safeParse(document.value);
  if (!parsed.success) {
    reading.add(
      findingsFromIssues(parsed.error.issues, document, (path) => keysAt[String(path[0] ?? '')] ?? []),
    );
    return null;
  }
  const before = reading.errorCount();
  unknownKeys(reading, document, [], parsed.data, keysAt[''] ?? []);
  for (const [index, evaluator] of (parsed.data.evaluators ?? []).entries())
    unknownKeys(reading, document, ['evaluators', index], evaluator, keysAt['evaluators'] ?? []);
  return reading.errorCount() > before ? null : parsed.data;
};

const schemaOf = (
  reading: Reading,
  document: LocatedDocument,
  written: GithubPrompt['jsonSchema'],
): unknown => {
  const place = document.placeOf(['jsonSchema']);
  let value: unknown = written;
  if (typeof written === 'string') {
    try {
      value = JSON.parse(written);
    } catch (error) {
      reading.error('wrong-value', place, `jsonSchema is no JSON: ${(error as Error).message}`, {
        expected: 'JSON text with "name" and "schema"',
      });
      return null;
    }
  }
  const named = typeof value === 'object' && value !== null && 'name' in value && 'schema' in value;
  if (named) return value;
  reading.error('wrong-value', place, 'jsonSchema lacks "name" or "schema"', {
    expected: '{"name": …, "schema": {…}, "strict": true}',
  });
  return null;
};

const responseFormatOf = (reading: Reading, document: LocatedDocument, prompt: GithubPrompt): unknown => {
  if (prompt.responseFormat === 'json_object') return { type: 'json_object' };
  if (prompt.responseFormat !== 'json_schema') return null;
  if (prompt.jsonSchema !== undefined)
    return { type: 'json_schema', json_schema: schemaOf(reading, document, prompt.jsonSchema) };
  reading.error(
    'missing-key',
    document.placeOf(['responseFormat']),
    'responseFormat is json_schema, but jsonSchema is missing',
    {
      nextStep: 'Add jsonSchema, or use json_object',
    },
  );
  return null;
};

/** The prompt of a `.prompt.yml`, without its test data. Null after reporting. */
export const githubDraft = async (
  reading: Reading,
  document: LocatedDocument,
  prompt: GithubPrompt,
): Promise<PromptDraft | null> => {
  const before = reading.errorCount();
  const chat = await readChat(reading, document, ['messages'], prompt.messages);
  const responseFormat = responseFormatOf(reading, document, prompt);
  if (chat.kind === 'wrong') reading.add(chat.findings);
  if (chat.kind === 'unsupported') reading.unsupported(chat.name, document.placeOf(chat.path), 'prompt');
  if (chat.kind !== 'messages' || reading.errorCount() > before) return null;
  const parameters = Object.entries(prompt.modelParameters ?? {}).map(([name, value]) => [
    Object.hasOwn(parameterNames, name) ? parameterNames[name] : name,
    value,
  ]);
  return {
    place: document.placeOf([]),
    syntax: 'literal',
    messages: chat.messages,
    parameters: Object.fromEntries(parameters) as Record<string, unknown>,
    model: prompt.model === undefined ? null : providerId(prompt.model),
    responseFormat,
    label: prompt.name ?? null,
    includes: chat.includes,
  };
};
