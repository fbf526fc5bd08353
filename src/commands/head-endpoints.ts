import type { Finding } from '../model/errors.ts';
import type { ProviderSpec } from '../model/provider.ts';
import type { Suite } from '../model/suite.ts';
import { canonicalJson } from '../plan/canonical.ts';
import type { ChosenPolicy } from './choose-policy.ts';
import type { ReadSuites } from './read-suites.ts';

/** Where a call goes and what it carries besides the question. */
const endpointKeys = ['baseUrl', 'apiBaseUrl', 'apiKeyEnv', 'apiKeyEnvar', 'headers'] as const;

const refused = (spec: ProviderSpec, key: string): Finding => ({
  severity: 'error',
  code: 'endpoint-of-head',
  place: spec.place,
  message: `${key} of ${spec.id} is set by this pull request; where keys and prompts are sent is policy`,
  expected: `an entry with this ${key} under providers in the base's assay.yml`,
  nextStep: 'Add the entry to assay.yml and merge it first',
});

/**
 * A suite that only the head has is data: it may name models, but not say where keys and prompts are sent, unless
 * the base's policy has an entry that says the same (security.md row 14).
 */
export const headEndpointFindings = (
  { pairs, baseUnreadable }: ReadSuites,
  chosen: ChosenPolicy,
): Finding[] => {
  const fromHead = pairs
    .filter(({ base, path }) => base === null || baseUnreadable.includes(path))
    .map(({ head }) => head)
    .filter((suite): suite is Suite => suite !== null);
  return fromHead
    .flatMap(({ providers, judge }) => [...providers, ...(judge === null ? [] : [judge])])
    .flatMap((spec) => {
      const entry = chosen.providers.find(({ id, label }) => id === spec.id || label === spec.id);
      return endpointKeys
        .filter(
          (key) =>
            key in spec.config && canonicalJson(spec.config[key]) !== canonicalJson(entry?.config[key]),
        )
        .map((key) => refused(spec, key));
    });
};
