import type { Finding, UserError } from '../model/errors.ts';
import { expectedOneOf } from '../model/nearest.ts';
import type { Provider, ProviderSpec } from '../model/provider.ts';
import { anthropic } from './anthropic.ts';
import { compatible } from './compatible.ts';
import { echo } from './echo.ts';
import { openai } from './openai.ts';
import { presets } from './presets.ts';
import { replay } from './replay.ts';
import { providerError, vendorOf } from './spec.ts';

/** What a provider may know of the world; the doors fill it in, the tests replace it. */
export type ProviderEnvironment = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly fetch: typeof globalThis.fetch;
  /** A file of the repository, for `replay:`; null: no such file. */
  readonly readText: (path: string) => Promise<string | null>;
  /** Whether a configuration may name `http://` on a loopback address. */
  readonly allowLoopbackHttp: boolean;
  /** Where given, it is told of a key that is missing, and the provider is built nevertheless: nobody will call it. */
  readonly onMissingKey?: (finding: Finding) => void;
};

/** Makes a provider of its specification without calling it. Throws a UserError for what the user has to mend. */
export type ProviderFactory = (
  spec: ProviderSpec,
  environment: ProviderEnvironment,
) => Provider | Promise<Provider>;

/** The responder is loaded on use: runs that ask real models never read its word lists. */
const builtin: ProviderFactory = async (spec, environment) => {
  if (spec.id !== 'builtin:extract') {
    throw providerError(spec, 'unknown-provider', `unknown built-in provider "${spec.id}"`, {
      expected: 'builtin:extract',
    });
  }
  const { extract } = await import('./extract.ts');
  return extract(spec, environment);
};

const factories = {
  openai,
  anthropic,
  compatible,
  ...presets,
  replay,
  echo,
  builtin,
} satisfies Record<string, ProviderFactory>;

/** Every vendor that an id can begin with. */
export const providerNames: readonly string[] = Object.keys(factories);

/**
 * Builds the provider that a specification names. No call is made and no SDK is loaded before the first
 * `complete`. Throws a UserError, located at the specification, for an unknown vendor, a missing key
 * (`missing-key-variable`), a base URL that is not allowed, or a value that cannot be right.
 */
export const buildProvider = async (
  spec: ProviderSpec,
  environment: ProviderEnvironment,
): Promise<Provider> => {
  const { vendor } = vendorOf(spec);
  if (!Object.hasOwn(factories, vendor)) throw unknownProvider(spec, vendor);
  return factories[vendor as keyof typeof factories](spec, environment);
};

const unknownProvider = (spec: ProviderSpec, vendor: string): UserError =>
  providerError(spec, 'unknown-provider', `unknown provider "${vendor}" in "${spec.id}"`, {
    expected: expectedOneOf(vendor, providerNames),
    nextStep: 'Write vendor:model, such as openai:gpt-5-mini, or compatible:MODEL with config.baseUrl',
  });
