import { type Finding, UserError } from '../model/errors.ts';
import { type Policy, policySchema } from '../model/policy.ts';
import type { Tree } from '../model/ports.ts';
import type { ProviderSpec } from '../model/provider.ts';
import { type LocatedDocument, readDocument } from '../prompts/document.ts';
import { findingsFromIssues } from '../prompts/schema-findings.ts';
import { allowedPolicyKeys } from './policy-keys.ts';

/** Where a policy may stand, first found wins. */
export const policyFiles = ['assay.yml', 'assay.yaml', '.github/assay.yml', '.github/assay.yaml'] as const;

export type LoadedPolicy = {
  readonly file: string;
  readonly policy: Policy;
  /** `providers`, with their places. */
  readonly providers: readonly ProviderSpec[];
  /** What the policy asks for and this version does not do. */
  readonly warnings: readonly Finding[];
};

/**
 * Reads the policy of a tree; null: the tree has none. `file` names another file than the usual ones.
 * Throws a UserError with every finding for a policy that does not parse or does not hold what it should.
 */
export const loadPolicy = async (tree: Tree, file: string | null): Promise<LoadedPolicy | null> => {
  for (const candidate of file === null ? policyFiles : [file]) {
    const text = await tree.read(candidate);
    if (text !== null) return parsePolicy(candidate, text);
  }
  return null;
};

/** Text of an assay.yml → policy. Pure. */
export const parsePolicy = (file: string, text: string): LoadedPolicy => {
  const document = readDocument(file, text);
  const value = document.value ?? {};
  const parsed = policySchema.safeParse(value);
  if (!parsed.success)
    throw new UserError(findingsFromIssues(parsed.error.issues, document, allowedPolicyKeys));
  const policy = parsed.data;
  const providers = providerSpecs(policy, document);
  const doubled = providers.filter(
    ({ label }, index) => providers.findIndex((other) => other.label === label) < index,
  );
  if (doubled.length > 0) throw new UserError(doubled.map(duplicateLabel));
  return {
    file,
    policy,
    providers,
    warnings: unsupported(value as object, document),
  };
};

const duplicateLabel = ({ label, place }: ProviderSpec): Finding => ({
  severity: 'error',
  code: 'duplicate-label',
  place,
  message: `two providers are called "${label}", and a label is a column of the matrix`,
  nextStep: 'Give one of them another label',
});

const providerSpecs = (policy: Policy, document: LocatedDocument): ProviderSpec[] =>
  policy.providers.map((entry, index) => {
    const place = document.placeOf(['providers', index]);
    if (typeof entry === 'string') return { id: entry, label: entry, config: {}, price: null, place };
    return {
      id: entry.id,
      label: entry.label ?? entry.id,
      config: entry.config ?? {},
      price: entry.price ?? null,
      place,
    };
  });

/** Keys of the contract whose feature is not built yet: accepted, said once, never silently dropped. */
const notYet: Readonly<Record<string, string>> = {
  nightly: 'nightly runs',
  drift: 'drift re-tests',
  notify: 'notifications',
  rollouts: 'roll-outs',
  mutation: 'mutation coverage',
  monitor: 'production monitoring',
  check: 'a check per owner',
  history: 'run history on the state branch',
  approvals: 'approvals by slash command',
  override: 'overrides by slash command',
};

const unsupported = (value: object, document: LocatedDocument): Finding[] =>
  Object.keys(value)
    .filter((key) => key in notYet)
    .map((key) => ({
      severity: 'warning',
      code: 'not-supported-yet',
      place: document.keyPlaceOf([key]),
      message: `${key}: ${notYet[key]} are not supported by this version; the key is accepted and has no effect`,
    }));
