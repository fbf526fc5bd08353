import * as z from 'zod';
import { type Finding, UserError } from '../model/errors.ts';
import type { Price, ProviderSpec } from '../model/provider.ts';
import { findingsFromIssues } from '../prompts/schema-findings.ts';
import { baseUrlProblem, isLoopbackUrl } from './base-url.ts';
import type { ProviderEnvironment } from './build.ts';
import { type GuardedFetch, guardFetch } from './guarded-fetch.ts';
import { spellOurWay } from './parameters.ts';
import { priceOf } from './price.ts';
import { providerError, providerFinding } from './spec.ts';

/** What a vendor's file knows before the user's configuration is read. */
export type VendorDefaults = {
  readonly vendor: string;
  readonly model: string;
  /** null: the configuration must name one. `{NAME}` in it is a variable of the environment. */
  readonly baseUrl: string | null;
  /** null: no key is needed, unless the configuration names its variable. */
  readonly keyVariable: string | null;
};

/** Everything a call needs, checked. */
export type Settings = {
  readonly vendor: string;
  readonly model: string;
  readonly baseUrl: string;
  readonly apiKey: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The vendor's own parameters from the configuration. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly deadlineMs: number;
  readonly price: Price | null;
  readonly fetch: GuardedFetch;
};

/** Long enough for a reasoning model's long answer; an endpoint that hangs is given up after it. */
const defaultDeadlineMs = 180_000;

const tokens = z.number().int().positive().max(10_000_000).optional();
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'a header name');
const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'a header value of printable ASCII');
const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'the name of an environment variable');
/** Keys that we set ourselves: another value would change what an answer is. */
const ours = z.undefined(
  'a parameter other than model, messages, input, stream, n and background: Assay sets these itself',
);

const configSchema = z.looseObject({
  baseUrl: z.string().optional(),
  apiBaseUrl: z.string().optional(),
  apiKeyEnv: variableName.optional(),
  apiKeyEnvar: variableName.optional(),
  headers: z.record(headerName, headerValue).optional(),
  deadlineMs: z.number().int().min(1).max(3_600_000).optional(),
  price: z.strictObject({ input: z.number().min(0), output: z.number().min(0) }).optional(),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: tokens,
  max_completion_tokens: tokens,
  max_output_tokens: tokens,
  model: ours.optional(),
  messages: ours.optional(),
  input: ours.optional(),
  stream: z.literal(false, 'no streaming: Assay reads whole answers').optional(),
  n: z.literal(1, 'one answer a call: use trials for more').optional(),
  background: z.literal(false, 'no background mode: Assay waits for the answer').optional(),
});

/**
 * Reads and checks a provider's configuration. Throws a UserError with every finding, located at the
 * provider's entry: bad values, a base URL that may not be called, a key variable that is not set.
 */
export const readSettings = (
  spec: ProviderSpec,
  environment: ProviderEnvironment,
  defaults: VendorDefaults,
): Settings => {
  refuseInlineKey(spec);
  const parsed = configSchema.safeParse(spec.config);
  if (!parsed.success) throw new UserError(configFindings(spec, parsed.error.issues));
  const { baseUrl, apiBaseUrl, apiKeyEnv, apiKeyEnvar, ...rest } = parsed.data;
  const { headers = {}, deadlineMs = defaultDeadlineMs, price, stream: _stream, n: _n, ...parameters } = rest;
  const findings: Finding[] = [];
  const address = resolveBaseUrl(spec, environment, baseUrl ?? apiBaseUrl ?? defaults.baseUrl, findings);
  const apiKey = resolveKey(spec, environment, apiKeyEnv ?? apiKeyEnvar ?? null, defaults, findings);
  if (findings.length > 0) throw new UserError(findings);
  return {
    vendor: defaults.vendor,
    model: defaults.model,
    baseUrl: address.replace(/\/+$/, ''),
    apiKey,
    headers,
    parameters: spellOurWay(parameters),
    deadlineMs,
    price: spec.price ?? price ?? priceOf(defaults.vendor, defaults.model),
    fetch: guardFetch(environment.fetch, {
      deadlineMs,
      allowLoopbackHttp: environment.allowLoopbackHttp || isLoopbackUrl(defaults.baseUrl ?? ''),
    }),
  };
};

/** Zod's issues, each at the provider's entry: a specification knows no finer place. */
const configFindings = (spec: ProviderSpec, issues: readonly z.core.$ZodIssue[]): Finding[] => {
  const nowhere = () => ({ file: '', line: 1, column: 1 });
  const value = { config: spec.config };
  const document = { file: '', value, placeOf: nowhere, keyPlaceOf: nowhere, textPlaceOf: nowhere };
  return findingsFromIssues(issues, document, () => [], ['config']).map((finding) => ({
    ...finding,
    code: 'bad-provider-config',
    place: spec.place,
    message: `${finding.message} (provider ${spec.id})`,
  }));
};

/** A key in a file is in git for ever. Its value is not repeated. */
const refuseInlineKey = (spec: ProviderSpec): void => {
  if (spec.config['apiKey'] === undefined) return;
  const nextStep =
    'Remove it, revoke the key if it was committed, and name its environment variable with apiKeyEnv';
  throw providerError(spec, 'key-in-file', `config.apiKey of ${spec.id} is a key in a file`, { nextStep });
};

/** Fills in `{NAME}` and checks the result; the address is returned also where a finding was added. */
const resolveBaseUrl = (
  spec: ProviderSpec,
  environment: ProviderEnvironment,
  template: string | null,
  findings: Finding[],
): string => {
  if (template === null) {
    const message = `${spec.id} needs config.baseUrl`;
    const expected = 'the address of an OpenAI-compatible server, such as https://llm.example.com/v1';
    findings.push(providerFinding(spec, 'missing-base-url', message, { expected }));
    return '';
  }
  const address = template.replace(/\{([A-Z_][A-Z0-9_]*)\}/g, (_whole, name: string) => {
    const value = environment.env[name]?.trim() ?? '';
    if (/^[\w-]+$/.test(value)) return value;
    const message = `${spec.id} needs the environment variable ${name}, which is ${value === '' ? 'not set' : 'not a plain id'}`;
    findings.push(providerFinding(spec, 'missing-variable', message, { nextStep: `Set ${name}` }));
    return 'missing';
  });
  const problem = baseUrlProblem(address, environment.allowLoopbackHttp);
  // A preset's own loopback address is not the user's configuration: naming the preset is the permission.
  const preset = spec.config['baseUrl'] === undefined && spec.config['apiBaseUrl'] === undefined;
  if (problem !== null && !(preset && isLoopbackUrl(address)))
    findings.push(
      providerFinding(spec, 'bad-base-url', `config.baseUrl of ${spec.id}: ${problem.message}`, problem),
    );
  return address;
};

const resolveKey = (
  spec: ProviderSpec,
  environment: ProviderEnvironment,
  named: string | null,
  defaults: VendorDefaults,
  findings: Finding[],
): string | null => {
  const variable = named ?? defaults.keyVariable;
  if (variable === null) return null;
  // Secrets are often stored with the newline of the file they came from.
  const key = environment.env[variable]?.trim() ?? '';
  if (key === '') {
    const message = `${spec.id} needs an API key, and the environment variable ${variable} is not set`;
    const inWorkflow = `in a workflow: \`env: {${variable}: \${{ secrets.${variable} }}}\``;
    const nextStep = `Set ${variable} (${inWorkflow}), or name another variable with config.apiKeyEnv`;
    const finding = providerFinding(spec, 'missing-key-variable', message, { nextStep });
    if (environment.onMissingKey === undefined) findings.push(finding);
    else environment.onMissingKey(finding);
  } else if (!/^[\x21-\x7e]+$/.test(key)) {
    const message = `the value of ${variable} is no API key: it has spaces or characters that a header cannot carry`;
    findings.push(
      providerFinding(spec, 'bad-key', message, { nextStep: `Set ${variable} to the key alone` }),
    );
  }
  return key;
};
