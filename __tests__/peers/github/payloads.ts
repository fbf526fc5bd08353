import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import ajvFormats from 'ajv-formats';

type Json = Record<string, unknown>;
type Examples = { name: string; examples: Json[] }[];

const require = createRequire(import.meta.url);
const readPackage = <Content>(name: string): Content =>
  JSON.parse(readFileSync(require.resolve(name), 'utf8')) as Content;

let examples: Examples | null = null;
let validators: ((definition: string) => ValidateFunction) | null = null;

const createValidators = (): ((definition: string) => ValidateFunction) => {
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  (ajvFormats as unknown as (ajv: Ajv) => void)(ajv);
  ajv.addSchema(readPackage<Json>('@octokit/webhooks-schemas'), 'webhooks');
  return (definition) => {
    const found = ajv.getSchema(`webhooks#/definitions/${definition.replace('$', '%24')}`);
    if (found === undefined) throw new Error(`@octokit/webhooks-schemas has no ${definition}`);
    return found as ValidateFunction;
  };
};

/** What the payload of an event breaks of GitHub's schema, such as `pull_request$opened`. */
export const payloadErrors = (definition: string, payload: Json): string[] => {
  validators ??= createValidators();
  const validate = validators(definition);
  return validate(payload)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
};

/**
 * A real payload of @octokit/webhooks-examples, free to be changed: the first that is valid by today's schema,
 * since some of the examples are older than it.
 */
export const examplePayload = (definition: string): Json => {
  examples ??= readPackage<Examples>('@octokit/webhooks-examples');
  const [event, action] = definition.split('$');
  const own = examples.find(({ name }) => name === event)?.examples ?? [];
  const found = own.find(
    (one) => (action === 'event' || one['action'] === action) && payloadErrors(definition, one).length === 0,
  );
  if (found === undefined) throw new Error(`@octokit/webhooks-examples has no valid ${definition}`);
  return structuredClone(found);
};

export type PullRequestPatch = {
  action?: 'opened' | 'synchronize';
  number?: number;
  owner: string;
  repo: string;
  baseSha: string;
  headSha: string;
  baseRef?: string;
  headRef?: string;
  /** `owner/name` of a fork that the head lies in. */
  fork?: string;
  title?: string;
};

const at = (value: Json, key: string): Json => value[key] as Json;

/** The payload of a pull request with real commits in it, valid by GitHub's own schema. */
export const pullRequestPayload = (patch: PullRequestPatch): Json => {
  const { action = 'opened', number = 7, owner, repo, fork, baseRef = 'main', headRef = 'change' } = patch;
  const payload = examplePayload(`pull_request$${action}`);
  const pull = at(payload, 'pull_request');
  const base = at(pull, 'base');
  const head = at(pull, 'head');
  payload['number'] = number;
  pull['number'] = number;
  if (patch.title !== undefined) pull['title'] = patch.title;
  for (const repository of [at(payload, 'repository'), at(base, 'repo'), at(head, 'repo')])
    renameRepository(repository, owner, repo);
  Object.assign(base, { sha: patch.baseSha, ref: baseRef, label: `${owner}:${baseRef}` });
  Object.assign(head, { sha: patch.headSha, ref: headRef, label: `${owner}:${headRef}` });
  if (action === 'synchronize') Object.assign(payload, { before: patch.baseSha, after: patch.headSha });
  if (fork !== undefined) {
    const [forkOwner = '', forkName = ''] = fork.split('/');
    renameRepository(at(head, 'repo'), forkOwner, forkName);
    Object.assign(at(head, 'repo'), { id: 99, fork: true });
    at(head, 'user')['login'] = forkOwner;
    head['label'] = `${forkOwner}:${headRef}`;
  }
  return checked(`pull_request$${action}`, payload);
};

/** The payload of the merge queue. */
export const mergeGroupPayload = (patch: {
  owner: string;
  repo: string;
  baseSha: string;
  headSha: string;
  number?: number;
}): Json => {
  const payload = examplePayload('merge_group$checks_requested');
  const number = patch.number ?? 7;
  renameRepository(at(payload, 'repository'), patch.owner, patch.repo);
  Object.assign(at(payload, 'merge_group'), {
    base_sha: patch.baseSha,
    head_sha: patch.headSha,
    head_ref: `refs/heads/gh-readonly-queue/main/pr-${number}-${patch.baseSha}`,
  });
  return checked('merge_group$checks_requested', payload);
};

const renameRepository = (repository: Json, owner: string, name: string): void => {
  Object.assign(repository, { name, full_name: `${owner}/${name}`, default_branch: 'main', private: false });
  at(repository, 'owner')['login'] = owner;
};

const checked = (definition: string, payload: Json): Json => {
  const errors = payloadErrors(definition, payload);
  if (errors.length > 0) throw new Error(`payload ${definition}: ${errors.join('; ')}`);
  return payload;
};
