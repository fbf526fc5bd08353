import { type Finding, UserError } from '../../model/errors.ts';
import type { ProviderSpec } from '../../model/provider.ts';

/** How talkative one configuration of the responder is. Two configurations are two columns of the matrix. */
export type Settings = {
  /** Facts in an answer at most. */
  readonly maxSentences: number;
  /** Definitions added to an answer at most, where the prompt asks to explain terms. */
  readonly maxDefinitions: number;
  /** A fact is told if its score reaches this share of the best one's. */
  readonly keepShare: number;
};

export const verbosities: Readonly<Record<'full' | 'brief', Settings>> = {
  full: { maxSentences: 4, maxDefinitions: 2, keepShare: 0.62 },
  brief: { maxSentences: 2, maxDefinitions: 1, keepShare: 0.7 },
};

const wrong = (spec: ProviderSpec, key: string, expected: string): UserError => {
  const finding: Finding = {
    severity: 'error',
    code: 'wrong-value',
    place: spec.place,
    message: `config.${key} of ${spec.label} is ${JSON.stringify(spec.config[key])}`,
    expected,
    nextStep: 'Correct the value or remove the key',
  };
  return new UserError(finding);
};

/** `verbosity: full | brief` and `maxSentences: 1…20` of a provider's config. Throws a UserError for other values. */
export const settingsOf = (spec: ProviderSpec): Settings => {
  const { verbosity = 'full', maxSentences } = spec.config;
  if (verbosity !== 'full' && verbosity !== 'brief') throw wrong(spec, 'verbosity', 'full or brief');
  const settings = verbosities[verbosity];
  if (maxSentences === undefined) return settings;
  if (!Number.isInteger(maxSentences) || Number(maxSentences) < 1 || Number(maxSentences) > 20) {
    throw wrong(spec, 'maxSentences', 'a whole number from 1 to 20');
  }
  return { ...settings, maxSentences: Number(maxSentences) };
};

/** `Be concise.`: half the facts, only the closest ones, and nothing that merely explains. */
export const concise = (settings: Settings): Settings => ({
  maxSentences: Math.ceil(settings.maxSentences / 2),
  maxDefinitions: 0,
  keepShare: Math.min(1, settings.keepShare + 0.15),
});
