import type { ProviderFactory } from './build.ts';
import { chatProvider } from './chat.ts';
import { readSettings } from './settings.ts';
import { modelOf } from './spec.ts';

/** `compatible:MODEL`: any server that speaks Chat Completions, at `config.baseUrl`; a key only where `config.apiKeyEnv` names one. */
export const compatible: ProviderFactory = (spec, environment) => {
  const { model } = modelOf(spec, ['chat']);
  const settings = { vendor: 'compatible', model, baseUrl: null, keyVariable: null };
  return chatProvider(spec, readSettings(spec, environment, settings));
};
