import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';

type Schema = Record<string, unknown>;
type Description = {
  operations: {
    id: string;
    method: string;
    path: string;
    pathParameters: Schema;
    query: Schema;
    body: Schema | null;
    responses: Record<string, Schema | null>;
  }[];
  definitions: Record<string, Schema>;
};

/** One operation of GitHub's API, with what its description says of requests and answers. */
export type Operation = {
  readonly id: string;
  readonly parameters: Record<string, string>;
  /** What GitHub would refuse in this request. */
  readonly requestErrors: (query: Record<string, string>, body: unknown) => string[];
  /** What no answer of GitHub's looks like. */
  readonly responseErrors: (status: number, body: unknown) => string[];
};

const { operations, definitions } = JSON.parse(
  readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8'),
) as Description;

const options = { strict: false, allErrors: true, logger: false, validateFormats: true } as const;
const addFormats = ajvFormats as unknown as (ajv: Ajv) => void;

const createCompiler = (coerceTypes: boolean): ((schema: Schema) => ValidateFunction) => {
  const ajv = new Ajv({ ...options, coerceTypes });
  addFormats(ajv);
  const cache = new Map<Schema, ValidateFunction>();
  return (schema) => {
    const known = cache.get(schema) ?? ajv.compile({ ...schema, definitions });
    cache.set(schema, known);
    return known;
  };
};

const strictly = createCompiler(false);
/** Paths and queries are text on the wire. */
const fromText = createCompiler(true);

const errorsOf = (validate: ValidateFunction, value: unknown, what: string): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${what}${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
      );

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replace(/\{(\w+)\}/g, (_match, name) => `(?<${name}>[^/]+)`)}$`);

const routes = operations.map((operation) => ({ operation, pattern: patternOf(operation.path) }));

/** The operation that a request asks for; null: GitHub's description, as far as it is used here, has none. */
export const findOperation = (method: string, pathname: string): Operation | null => {
  for (const { operation, pattern } of routes) {
    const match = operation.method === method ? pattern.exec(pathname) : null;
    if (match === null) continue;
    const parameters = Object.fromEntries(
      Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]),
    );
    return {
      id: operation.id,
      parameters,
      requestErrors: (query, body) => [
        ...errorsOf(fromText(operation.pathParameters), { ...parameters }, 'path'),
        ...errorsOf(fromText(operation.query), { ...query }, 'query'),
        ...(operation.body === null ? [] : errorsOf(strictly(operation.body), body, 'body')),
      ],
      responseErrors: (status, body) => {
        if (!(String(status) in operation.responses)) return [`status ${status} is not described`];
        const schema = operation.responses[String(status)];
        return schema ? errorsOf(strictly(schema), body, 'answer') : [];
      },
    };
  }
  return null;
};
