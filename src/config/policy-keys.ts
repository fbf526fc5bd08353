import * as z from 'zod';
import { policySchema } from '../model/policy.ts';
import type { DocumentPath } from '../prompts/document.ts';

type JsonSchema = {
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
};

/** The JSON Schema that editors use for assay.yml; also the source of "did you mean". */
export const policyJsonSchema = (): JsonSchema => z.toJSONSchema(policySchema, { io: 'input' }) as JsonSchema;

const branches = (schema: JsonSchema): JsonSchema[] => schema.anyOf ?? [schema];

const step = (schemas: readonly JsonSchema[], key: string | number): JsonSchema[] =>
  schemas.flatMap((schema) => {
    const next = typeof key === 'number' ? schema.items : schema.properties?.[key];
    return next === undefined ? [] : branches(next);
  });

/** The keys that assay.yml allows in the object at `path`. */
export const allowedPolicyKeys = (path: DocumentPath): readonly string[] => {
  const start = branches(policyJsonSchema());
  const here = path.reduce<JsonSchema[]>((schemas, key) => step(schemas, key), start);
  return here.flatMap(({ properties }) => Object.keys(properties ?? {})).filter((key) => key !== '$schema');
};
