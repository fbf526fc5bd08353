import type { ProviderFactory } from './build.ts';
import { chatProvider } from './chat.ts';
import table from './presets.json' with { type: 'json' };
import { readSettings } from './settings.ts';
import { modelOf } from './spec.ts';

type Preset = { readonly baseUrl: string; readonly keyVariable: string | null };

/** A vendor that speaks OpenAI's Chat Completions under its own address; `chat:` before the model is allowed. */
const presetFactory =
  (vendor: string, preset: Preset): ProviderFactory =>
  (spec, environment) => {
    const { model } = modelOf(spec, ['chat']);
    return chatProvider(spec, readSettings(spec, environment, { vendor, model, ...preset }));
  };

/** The OpenAI-compatible vendors by name. Those without a key variable run on the user's own machine. */
export const presets: Readonly<Record<keyof typeof table, ProviderFactory>> = Object.fromEntries(
  Object.entries<Preset>(table).map(([vendor, preset]) => [vendor, presetFactory(vendor, preset)]),
) as Record<keyof typeof table, ProviderFactory>;
