import { type LoadedPolicy, loadPolicy } from '../config/load-policy.ts';
import { type Finding, UserError } from '../model/errors.ts';
import { defaultPolicy } from '../model/policy.ts';
import type { Sides } from './sides.ts';

/** The policy that holds, and how it came to hold. */
export type ChosenPolicy = LoadedPolicy & {
  /** false: there is no assay.yml at all. */
  readonly exists: boolean;
  /** The policy is proposed by the very change that it judges. */
  readonly firstRun: boolean;
  /** The base's policy does not parse; the head's holds, and somebody has to approve. */
  readonly baseUnreadable: boolean;
};

const none: LoadedPolicy = { file: 'assay.yml', policy: defaultPolicy(), providers: [], warnings: [] };

/** What a first run may spend at most: nobody has agreed to its policy yet. */
const firstRunUsd = 2;

const restrained = ({ policy, ...rest }: LoadedPolicy): LoadedPolicy => ({
  ...rest,
  policy: {
    ...policy,
    trust: { ...policy.trust, code: false },
    gate: { ...policy.gate, weakened: 'report' },
    budget: {
      ...policy.budget,
      pullRequest: {
        ...policy.budget.pullRequest,
        usd: Math.min(policy.budget.pullRequest.usd ?? firstRunUsd, firstRunUsd),
      },
    },
  },
});

/** A file that can't be fetched says nothing about what is in it; only one that does not parse may be stood in for. */
const unreachable: ReadonlySet<string> = new Set(['base-unreachable', 'file-too-large']);

type Attempt = { readonly policy: LoadedPolicy | null } | { readonly error: UserError };

const attempt = async (work: Promise<LoadedPolicy | null>): Promise<Attempt> => {
  try {
    return { policy: await work };
  } catch (error) {
    if (error instanceof UserError && !error.findings.some(({ code }) => unreachable.has(code)))
      return { error };
    throw error;
  }
};

/**
 * Base ref is policy, head ref is data (contract.md §1). Without a base the head's own holds. A head policy
 * that does not parse is an error in any case: after the merge it would be the policy.
 */
export const choosePolicy = async (sides: Sides, file: string | null): Promise<ChosenPolicy> => {
  const head = await attempt(loadPolicy(sides.head.tree, file));
  if ('error' in head) throw head.error;
  const own = head.policy ?? none;
  if (file !== null && sides.base === null && head.policy === null) throw new UserError(missingConfig(file));
  const alone = { exists: head.policy !== null, firstRun: false, baseUnreadable: false };
  if (sides.base === null) return { ...own, ...alone };
  const base = await attempt(loadPolicy(sides.policy.tree, file));
  if ('error' in base) {
    if (head.policy === null) throw base.error;
    return { ...own, exists: true, firstRun: false, baseUnreadable: true };
  }
  if (base.policy !== null) return { ...base.policy, exists: true, firstRun: false, baseUnreadable: false };
  if (file !== null) {
    // Another file than the base's policy would be a way around it.
    const usual = await attempt(loadPolicy(sides.policy.tree, null));
    if (head.policy === null || 'error' in usual || usual.policy !== null)
      throw new UserError(missingConfig(file));
  }
  return head.policy === null
    ? { ...none, ...alone }
    : { ...restrained(head.policy), exists: true, firstRun: true, baseUnreadable: false };
};

const missingConfig = (file: string): Finding => ({
  severity: 'error',
  code: 'missing-config',
  place: null,
  message: `config is "${file}", which the base does not have`,
  expected: 'the path of an assay.yml, relative to the root of the repository',
  nextStep: 'Correct the path, or leave --config out',
});
