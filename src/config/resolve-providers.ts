import type { ProviderSpec } from '../model/provider.ts';

/**
 * A provider that a suite names by id or label takes `config` and `price` from the policy's entry of that id
 * or label; what the suite itself says wins. The policy's origins and keys thus serve every suite.
 */
export const resolveProvider = (named: ProviderSpec, configured: readonly ProviderSpec[]): ProviderSpec => {
  const entry =
    configured.find(({ label }) => label === named.id) ?? configured.find(({ id }) => id === named.id);
  if (entry === undefined) return named;
  return {
    id: entry.id,
    label: named.label === named.id ? entry.label : named.label,
    config: { ...entry.config, ...named.config },
    price: named.price ?? entry.price,
    place: named.place ?? entry.place,
  };
};
