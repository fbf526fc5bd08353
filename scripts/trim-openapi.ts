/**
 * Trims GitHub's OpenAPI description (npm package @octokit/openapi, MIT, 385 MB: not a dependency) to the
 * operations that Assay uses, as JSON Schemas that ajv checks. Run by hand when an operation is added:
 *
 *     npm install --prefix <folder> @octokit/openapi@23.0.2
 *     node scripts/trim-openapi.ts <folder>/node_modules/@octokit/openapi/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = join(import.meta.dirname, '../__tests__/peers/github/openapi.json');

const operationIds = [
  'checks/create',
  'checks/list-annotations',
  'checks/list-for-ref',
  'checks/update',
  'git/get-blob',
  'git/get-tree',
  'issues/create-comment',
  'issues/delete-comment',
  'issues/list-comments',
  'issues/update-comment',
  'pulls/get',
  'repos/compare-commits-with-basehead',
  'users/get-authenticated',
] as const;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Node = { [key: string]: Json };

/** Prose and examples check nothing; a reader finds them in GitHub's documentation. */
const prose = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  'discriminator',
  'xml',
]);

const isObject = (value: Json | undefined): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A name under `properties` is the user's word, not a keyword: `description` there is a field of the answer. */
const namesOf = new Set(['properties', 'patternProperties']);

/** OpenAPI 3.0's schema → JSON Schema draft-07: without prose, `nullable` as a type, references to `#/definitions`. */
const toJsonSchema = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (!isObject(value)) return value;
  if (typeof value['$ref'] === 'string')
    return { $ref: value['$ref'].replace('#/components/schemas/', '#/definitions/') };
  const schema: Node = {};
  for (const [key, child] of Object.entries(value)) {
    if (prose.has(key) || key.startsWith('x-') || key === 'nullable') continue;
    if (key === 'title' || key === 'default') continue;
    if (namesOf.has(key) && isObject(child))
      schema[key] = Object.fromEntries(
        Object.entries(child).map(([name, property]) => [name, toJsonSchema(property)]),
      );
    else schema[key] = key === 'enum' ? child : toJsonSchema(child);
  }
  return value['nullable'] === true ? nullable(schema) : schema;
};

const nullable = (schema: Node): Node => {
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const type = [schema['type'], 'null'];
  return Array.isArray(schema['enum'])
    ? { ...schema, type, enum: [...schema['enum'].filter((word) => word !== null), null] }
    : { ...schema, type };
};

const at = (document: Node, reference: string): Node =>
  reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<Json>((node, key) => (isObject(node) ? (node[key] ?? null) : null), document) as Node;

const resolve = (document: Node, value: Json | undefined): Node => {
  if (!isObject(value)) return {};
  return typeof value['$ref'] === 'string' ? at(document, value['$ref']) : value;
};

const jsonContent = (document: Node, holder: Json | undefined): Json => {
  const content = resolve(document, holder)['content'];
  const media = isObject(content) ? content['application/json'] : undefined;
  return isObject(media) && media['schema'] !== undefined ? toJsonSchema(media['schema']) : null;
};

const parametersIn = (document: Node, parameters: Node[], place: string): Json => {
  const own = parameters.filter((parameter) => parameter['in'] === place);
  return {
    type: 'object',
    additionalProperties: false,
    required: own.filter(({ required }) => required === true).map(({ name }) => name as string),
    properties: Object.fromEntries(
      own.map(({ name, schema }) => [name as string, toJsonSchema(resolve(document, schema))]),
    ),
  };
};

const operationsOf = (document: Node): Node[] => {
  const found: Node[] = [];
  for (const [path, item] of Object.entries(document['paths'] as Node))
    for (const [method, operation] of Object.entries(item as Node)) {
      if (!isObject(operation) || !operationIds.includes(operation['operationId'] as never)) continue;
      const parameters = ((operation['parameters'] ?? []) as Json[]).map((one) => resolve(document, one));
      const responses = Object.entries(operation['responses'] as Node).filter(([status]) =>
        /^2/.test(status),
      );
      found.push({
        id: operation['operationId'] as string,
        method: method.toUpperCase(),
        path,
        pathParameters: parametersIn(document, parameters, 'path'),
        query: parametersIn(document, parameters, 'query'),
        body: jsonContent(document, operation['requestBody']),
        responses: Object.fromEntries(
          responses.map(([status, response]) => [status, jsonContent(document, response)]),
        ),
      });
    }
  return found.sort((a, b) => String(a['id']).localeCompare(String(b['id'])));
};

const referencesIn = (value: Json): string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value['$ref'] === 'string' ? [value['$ref']] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
};

/** The definitions that the operations need, and those that they need in turn. */
const definitionsFor = (document: Node, operations: Node[]): Node => {
  const definitions = new Map<string, Json>();
  const waiting = referencesIn(operations);
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    const name = reference.replace('#/definitions/', '');
    if (definitions.has(name)) continue;
    const schema = toJsonSchema(at(document, `#/components/schemas/${name}`));
    definitions.set(name, schema);
    waiting.push(...referencesIn(schema));
  }
  return Object.fromEntries([...definitions].sort(([a], [b]) => a.localeCompare(b)));
};

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error('usage: node scripts/trim-openapi.ts <api.github.com.json>');
const document = JSON.parse(readFileSync(source, 'utf8')) as Node;
const operations = operationsOf(document);
const missing = operationIds.filter((id) => !operations.some((operation) => operation['id'] === id));
if (missing.length > 0) throw new Error(`not in ${source}: ${missing.join(', ')}`);
const trimmed = {
  source: '@octokit/openapi (MIT), trimmed by scripts/trim-openapi.ts',
  version: (document['info'] as Node)['version'] as string,
  operations,
  definitions: definitionsFor(document, operations),
};
writeFileSync(target, `${JSON.stringify(trimmed, null, 1)}\n`);
console.log(
  `${target}: ${operations.length} operations, ${Object.keys(trimmed.definitions).length} definitions`,
);
