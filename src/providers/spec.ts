import { type Finding, UserError } from '../model/errors.ts';
import type { ProviderSpec } from '../model/provider.ts';

/** `openai:chat:gpt-5` → vendor `openai`, rest `chat:gpt-5`; a name without a colon has an empty rest. */
export const vendorOf = ({ id }: ProviderSpec): { vendor: string; rest: string } => {
  const colon = id.indexOf(':');
  return colon < 0 ? { vendor: id, rest: '' } : { vendor: id.slice(0, colon), rest: id.slice(colon + 1) };
};

/** A finding about a provider's entry, placed where the entry stands. */
export const providerFinding = (
  spec: ProviderSpec,
  code: string,
  message: string,
  rest: Pick<Finding, 'expected' | 'nextStep'> = {},
): Finding => ({ severity: 'error', code, place: spec.place, message, ...rest });

export const providerError = (...parts: Parameters<typeof providerFinding>): UserError =>
  new UserError(providerFinding(...parts));

/**
 * The model behind an API word: with words `['chat']`, `chat:gpt-5` → api `chat`, model `gpt-5`.
 * Model names may have colons of their own (`ft:gpt-4.1:acme::id`). Throws a UserError where no model is named.
 */
export const modelOf = <Api extends string>(
  spec: ProviderSpec,
  apis: readonly Api[],
): { api: Api | null; model: string } => {
  const { vendor, rest } = vendorOf(spec);
  const api = apis.find((word) => rest === word || rest.startsWith(`${word}:`)) ?? null;
  const model = (api === null ? rest : rest.slice(api.length + 1)).trim();
  if (model === '') {
    throw providerError(spec, 'missing-model', `the provider "${spec.id}" names no model`, {
      expected: `${vendor}:MODEL`,
    });
  }
  return { api, model };
};
